import { parsePresence } from './presence.ts';
import { Exchange } from '../../channels/exchange.ts';
import { Peer } from '../../peer/peer.ts';
import { RoomError } from '../../shared/errors.ts';
import type { Dialect, DialectFactory, PeerHandlers } from '../../peer/dialect.ts';
import type { PeerOptions } from '../../peer/peer.ts';
import type { Announcement, NegotiationSignal } from '../../protocol/wire.ts';

export type SharedPeerOptions = Omit<PeerOptions, 'dialect' | 'handlers' | 'heardMs' | 'exchange'>;

/** What a member needs of its mesh. */
export interface MemberHost {
  /** Everything of a peer that is the same for all, or follows from who it is. */
  peerOptions(member: Member, offers: boolean): SharedPeerOptions;
  /** A pc of theirs is gone, for another one or for good. */
  peerClosed(member: Member, wasConnected: boolean): void;
  loadDialect(kind: 'engine' | 'rtcio'): Promise<DialectFactory>;
  handlers(member: Member): PeerHandlers;
}

/** A participant in the mesh: it lasts as long as the participant does, over one pc after the other. */
export class Member {
  readonly id: string;
  readonly kind: 'engine' | 'rtcio';
  announcement: Announcement;
  /** The relay lists them. */
  listed = true;
  /** The relay said that their socket closed, and nobody has resumed. */
  socketClosed = false;
  /** Was heard and spoken to on the present pc. */
  connected = false;
  readonly #host: MemberHost;
  #peer: Peer | undefined;
  #heardMs = performance.now();
  #exchange = new Exchange();
  #inbox: Promise<unknown>;
  #makeDialect!: DialectFactory;

  constructor(announcement: Announcement, host: MemberHost) {
    this.id = announcement.id;
    this.kind = announcement.engine ? 'engine' : 'rtcio';
    this.announcement = announcement;
    this.#host = host;
    this.#inbox = host.loadDialect(this.kind).then((dialect) => { this.#makeDialect = dialect; });
  }

  get peer(): Peer | undefined {
    return this.#peer;
  }

  /** @throws RoomError `unknown-participant` while there is no pc. */
  get dialect(): Dialect {
    if (!this.#peer) throw new RoomError('unknown-participant', `${this.id} is not connected.`);
    return this.#peer.dialect;
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
  receive(data: NegotiationSignal): void {
    if ('description' in data) {
      const offered = data.description.type === 'offer';
      if (this.#peer?.isForeign(data)) {
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

  closePeer(reason: string): void {
    const peer = this.#peer;
    if (!peer) return;
    this.#heardMs = peer.dialect.heardMs;
    this.#peer = undefined;
    const wasConnected = this.connected;
    this.connected = false;
    peer.close(reason);
    this.#host.peerClosed(this, wasConnected);
  }

  /** The key they are connected with. */
  get connectedFp(): string | undefined {
    return this.connected ? this.#peer?.fp : undefined;
  }

  /** Arrives over this pc or the next. @throws RoomError `queue-full`, `message-too-large`. */
  emit(frame: string): void {
    this.#exchange.push(frame);
  }

  /** They are gone; who comes back under this id begins anew. @returns how many messages may not have arrived. */
  end(reason: string): number {
    this.closePeer(reason);
    const undelivered = this.#exchange.end();
    this.#exchange = new Exchange();
    return undelivered;
  }

  #open(offers: boolean): void {
    const peer = new Peer({
      ...this.#host.peerOptions(this, offers),
      dialect: this.#makeDialect, exchange: this.#exchange, heardMs: this.#heardMs, handlers: this.#host.handlers(this),
    }, offers ? parsePresence(this.announcement.presence) : undefined);
    this.#peer = peer;
  }
}
