import { parsePresence } from './presence.ts';
import { Exchange } from '../../channels/exchange.ts';
import { Conduct } from '../../peer/conduct.ts';
import { Peer } from '../../peer/peer.ts';
import { REQUEST } from '../../protocol/control.ts';
import { RoomError } from '../../shared/errors.ts';
import { after } from '../../shared/scope.ts';
import type { DialectFactory, PeerHandlers } from '../../peer/dialect.ts';
import type { EmitOptions, RequestOptions } from '../topology.ts';
import type { PeerOptions } from '../../peer/peer.ts';
import type { PeerLimits } from '../../protocol/peer-limits.ts';
import type { Proof } from '../../identity/proof.ts';
import type { Vouched } from '../../identity/vouch-options.ts';
import type { Item } from '../../channels/frame-queue.ts';
import type { Announcement, PeerSignal } from '../../protocol/wire.ts';

export type SharedPeerOptions = Omit<PeerOptions, 'dialect' | 'handlers' | 'heardMs' | 'exchange'>;

/** What a member needs of its mesh. */
export interface MemberHost {
  /** Everything of a peer that is the same for all, or follows from who it is; `undefined`: none may be made. */
  peerOptions(member: Member, offers: boolean): SharedPeerOptions | undefined;
  /** A pc of theirs is gone, for another one or for good. */
  peerClosed(member: Member, wasConnected: boolean): void;
  readonly limits: PeerLimits;
  /** Of what is kept for each until they have it. */
  readonly keptBytes: number;
  loadDialect(kind: 'engine' | 'rtcio'): Promise<DialectFactory>;
  handlers(member: Member): PeerHandlers;
  /** Counts something of theirs that is not taken up. */
  drop(member: Member, reason: string): void;
}

/** In it a rate that was exceeded allows one more rebuild, on both sides. */
const RATE_MS = 2000;

/** A participant in the mesh: it lasts as long as the participant does, over one pc after the other. */
export class Member {
  readonly id: string;
  readonly kind: 'engine' | 'rtcio';
  announcement: Announcement;
  /** The relay lists them. */
  listed = true;
  /** The room takes them for gone; they are about to be met again. */
  away = false;
  /** The relay said that their socket closed, and nobody has resumed. */
  socketClosed = false;
  /** What their vouch proves; absent where nobody has to care. */
  proof: Proof | undefined;
  /** What is said of them, and was found right when they were connected. */
  vouched: Vouched | undefined;
  /** Was heard and spoken to on the present pc. */
  connected = false;
  /** Nothing has come from them for a while. */
  silent = false;
  readonly conduct: Conduct;
  readonly #host: MemberHost;
  #scope = new AbortController();
  #peer: Peer | undefined;
  #heardMs = performance.now();
  #exchange: Exchange;
  #inbox: Promise<unknown>;
  #makeDialect!: DialectFactory;
  #cancelRebuild: (() => void) | undefined;

  constructor(announcement: Announcement, host: MemberHost) {
    this.id = announcement.id;
    this.kind = announcement.engine ? 'engine' : 'rtcio';
    this.announcement = announcement;
    this.#host = host;
    this.#exchange = this.#newExchange();
    this.conduct = new Conduct(host.limits, this.kind);
    this.#inbox = host.loadDialect(this.kind).then((dialect) => { this.#makeDialect = dialect; });
  }

  get peer(): Peer | undefined {
    return this.#peer;
  }

  /** Runs in the order of the wire, behind whatever is still being checked. */
  enqueue(task: () => unknown, onError: (error: unknown) => void): void {
    this.#inbox = this.#inbox.then(task).catch(onError);
  }

  /** Opens a pc from this side. */
  offer(): void {
    if (!this.#peer) this.#open(true);
  }

  /** An envelope of theirs. A description of another pc than before means that theirs was made anew, and so is ours. */
  receive(data: PeerSignal): void {
    if ('description' in data) {
      const offered = data.description.type === 'offer';
      const rebuilds = this.#peer?.isForeign(data) ?? false;
      if (!this.conduct.describes(rebuilds)) {
        this.#host.drop(this, 'description');
        this.#rebuildLater();
        return;
      }
      if (rebuilds) {
        if (!offered) { this.rebuild(); return; } // It answered what our old pc had offered.
        this.closePeer('rebuild');
      }
      if (offered && !this.#peer) this.#open(false);
    }
    this.#peer?.receive(data);
  }

  /** Another pc in place of the one that no longer heals. */
  rebuild(): void {
    this.closePeer('rebuild');
    this.#open(true);
  }

  /** What was not looked at may be what their pc waits for now: where none connects, another one is made at a better time. */
  #rebuildLater(): void {
    this.#cancelRebuild?.();
    this.#cancelRebuild = after(RATE_MS, this.scope, () => { if (!this.connected) this.rebuild(); });
  }

  closePeer(reason: string): void {
    const peer = this.#peer;
    if (!peer) return;
    this.#heardMs = peer.dialect.heardMs;
    this.#peer = undefined;
    const wasConnected = this.connected;
    this.connected = this.silent = false;
    peer.close(reason);
    this.#host.peerClosed(this, wasConnected);
  }

  /** The key they are connected with. */
  get connectedFp(): string | undefined {
    return this.connected ? this.#peer?.fp : undefined;
  }

  /**
   * Arrives over this pc or the next; what is volatile now or never.
   * @throws RoomError `queue-full`, `message-too-large`, `unserializable`.
   */
  emit(item: Item, { volatile = false, urgent = false }: EmitOptions): void {
    if (!volatile || (this.#exchange.isFlowing && !this.silent)) this.#exchange.push(item, urgent);
  }

  /** Is heard, and answered, over this pc or the next. */
  request(event: string, payload: unknown, options: RequestOptions): Promise<unknown> {
    if (this.kind === 'rtcio') throw new RoomError('no-handler', `An rtc.io client answers no requests ("${event}").`);
    const { eventBytes } = this.#host.limits;
    const send = (id: number) => this.#exchange.say(REQUEST, [id, event, payload], eventBytes);
    return this.#exchange.requests.ask(send, { ...options, name: event });
  }

  /** Until they are gone. */
  get scope(): AbortSignal {
    return this.#scope.signal;
  }

  /** They are gone; who comes back under this id begins anew. @returns how many messages may not have arrived. */
  end(reason: string): number {
    this.closePeer(reason);
    this.#scope.abort();
    this.#scope = new AbortController();
    const undelivered = this.#exchange.end();
    this.#exchange = this.#newExchange();
    return undelivered;
  }

  #newExchange(): Exchange {
    return new Exchange(this.kind === 'engine', this.#host.keptBytes);
  }

  #open(offers: boolean): void {
    const options = this.#host.peerOptions(this, offers);
    if (!options) return;
    const peer = new Peer({
      ...options,
      dialect: this.#makeDialect, exchange: this.#exchange, heardMs: this.#heardMs, handlers: this.#host.handlers(this),
    }, offers ? parsePresence(this.announcement.presence) : undefined);
    this.#peer = peer;
  }
}
