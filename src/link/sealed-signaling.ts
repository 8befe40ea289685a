import { parseSignal } from '../protocol/parse-signal.ts';
import { cleanName, isPlainObject, isText, own } from '../protocol/primitives.ts';
import { MAX_NAME_CHARS, MAX_PRESENCE_CHARS, MAX_VOUCH_CHARS } from '../protocol/limits.ts';
import { fromBase64Url } from '../shared/bytes.ts';
import { Emitter } from '../shared/emitter.ts';
import { toRoomError } from '../shared/errors.ts';
import { toBase64Url } from '../shared/ids.ts';
import { openNote, sealNote } from './sealed-note.ts';
import { OpeningEnd, SealingEnd } from './sealed-pair.ts';
import type { Author } from './sealed-note.ts';
import type { Announcement, HostAction, IceConfiguration, Joined, JoinRequest, Signal } from '../protocol/wire.ts';
import type { Present, Signaling, SignalingEvents } from '../signaling/signaling.ts';
import type { LinkKeys } from './link-keys.ts';

const JOIN_BYTES = 16;
/** What the relay itself says. */
const UNSEALED = [
  'departed', 'peer-left', 'init-offer', 'lost', 'ended', 'waiting', 'knock', 'knock-ended', 'room', 'mute', 'relayed',
] as const;

/** The two directions between us and somebody who proved that they hold the link. */
interface Pair { readonly sealing: SealingEnd; readonly opening: OpeningEnd }

/** @param onStranger someone was announced who does not hold the link: for us they are not there */
export interface SealedSignalingOptions {
  keys: LinkKeys;
  /** As the relay knows it. */
  roomId: string;
  onStranger(id: string): void;
}

/**
 * Signaling of which the relay reads nothing but who speaks to whom: names, vouches, descriptions and candidates are sealed
 * under keys that follow from the secret in the link. Whoever cannot prove that they hold it is not announced.
 */
export class SealedSignaling implements Signaling {
  readonly events = new Emitter<SignalingEvents>();
  readonly #inner: Signaling;
  readonly #options: SealedSignalingOptions;
  readonly #join = crypto.getRandomValues(new Uint8Array(JOIN_BYTES));
  /** By their id: who holds the link. */
  readonly #holders = new Map<string, Pair>();
  /** By id and join, and never forgotten: a pair made anew would begin to count, and to take what came, from 0 again. */
  readonly #pairs = new Map<string, Pair>();
  readonly #strangers = new Set<string>();
  #noteKey: Promise<CryptoKey> | undefined;
  #id = '';
  /** Opening takes time, and what the relay says must be heard in its order. */
  #inbox: Promise<unknown> = Promise.resolve();
  #outbox: Promise<unknown> = Promise.resolve();

  constructor(inner: Signaling, options: SealedSignalingOptions) {
    this.#inner = inner;
    this.#options = options;
    for (const name of UNSEALED) {
      inner.events.on(name, (payload) => { this.#queue(() => { this.events.emit(name, payload); }); });
    }
    inner.events.on('announced', (announcement) => {
      this.#queue(async () => {
        const opened = await this.#open(announcement);
        if (opened) this.events.emit('announced', opened);
      });
    });
    inner.events.on('returned', (joined) => {
      this.#queue(async () => { this.events.emit('returned', await this.#openAll(joined)); });
    });
    inner.events.on('envelope', ({ source, data }) => {
      this.#queue(async () => {
        const plain = 'sealed' in data && parseSignal(await this.#holders.get(source)?.opening.open(data.sealed));
        if (plain) this.events.emit('envelope', { source, data: plain });
      });
    });
  }

  connect(): void {
    this.#inner.connect();
  }

  async join({ name, vouch, presence, ...request }: JoinRequest, present?: Present): Promise<Joined> {
    const joined = await this.#inner.join(request, async (id) => {
      this.#id = id;
      const open = { name, vouch, presence, ...(await present?.(id)) };
      return this.#seal(id, { ...open, name: open.name && cleanName(open.name) });
    });
    return new Promise((resolve, reject) => {
      this.#queue(() => this.#openAll(joined).then(resolve, reject));
    });
  }

  send(target: string, data: Signal): void {
    const holder = this.#holders.get(target);
    if (!holder) return;
    // Sealed at once, so that the counts go in the order of the calls; sent in that order too.
    const sealing = holder.sealing.seal(data);
    this.#outbox = this.#outbox.then(async () => { this.#inner.send(target, { sealed: await sealing }); });
  }

  async emit(event: string, body: unknown): Promise<unknown> {
    const vouch = event === '#rtcio:vouch' && isPlainObject(body) ? own(body, 'vouch') : undefined;
    return this.#inner.emit(event, isText(vouch, MAX_VOUCH_CHARS) ? { vouch: await this.#sealVouch(this.#id, vouch) } : body);
  }

  iceServers(): Promise<IceConfiguration> {
    return this.#inner.iceServers();
  }

  moderate(action: HostAction): Promise<void> {
    return this.#inner.moderate(action);
  }

  renew(token: string): Promise<number | undefined> {
    return this.#inner.renew(token);
  }

  leave(): void {
    this.#inner.leave();
  }

  async #seal(id: string, { vouch, ...note }: Record<'name' | 'vouch' | 'presence', string | undefined>): ReturnType<Present> {
    const sealed = await sealNote(await this.#key(), this.#author(id), note);
    return {
      presence: `${toBase64Url(this.#join)}.${sealed}`,
      ...(vouch !== undefined && { vouch: await this.#sealVouch(id, vouch) }),
    };
  }

  /** An empty one asks the relay to be the issuer: then there is nothing to hide from it. */
  async #sealVouch(id: string, vouch: string): Promise<string> {
    return vouch && sealNote(await this.#key(), this.#author(id), vouch);
  }

  #author(id: string, join: Uint8Array = this.#join): Author {
    return { room: this.#options.roomId, id, join };
  }

  async #openAll(joined: Joined): Promise<Joined> {
    this.#id = joined.id;
    const opened = await Promise.all(joined.participants.map((announcement) => this.#open(announcement)));
    return { ...joined, participants: opened.filter((announcement) => announcement !== undefined) };
  }

  /** @returns `undefined` for who does not hold the link. */
  async #open({ name: _, vouch, presence, ...announcement }: Announcement): Promise<Announcement | undefined> {
    const { id } = announcement;
    const [join = '', sealed = ''] = (presence ?? '').split('.');
    const theirs = fromBase64Url(join);
    const author = theirs?.length === JOIN_BYTES && this.#author(id, theirs);
    const key = await this.#key();
    const note = announcement.engine && author && await openNote(key, author, sealed);
    if (!author || !isPlainObject(note)) {
      if (!this.#strangers.has(id)) this.#options.onStranger(id);
      this.#strangers.add(id);
      return undefined;
    }
    this.#meet(author);
    // One that the relay itself issued goes unsealed; it is checked all the same.
    const opened = vouch?.includes('.') ? vouch : await openNote(key, author, vouch ?? '');
    const [name, inner] = ['name', 'presence'].map((field) => own(note, field));
    return {
      ...announcement,
      ...(isText(name, 4 * MAX_NAME_CHARS) && { name: cleanName(name) }),
      ...(isText(inner, MAX_PRESENCE_CHARS) && { presence: inner }),
      ...(isText(opened, MAX_VOUCH_CHARS) && { vouch: opened }),
    };
  }

  /** Who comes again in the same join goes on where they were. */
  #meet({ id, join }: Author): void {
    const { keys, roomId } = this.#options;
    const [mine, theirs] = [this.#author(this.#id), { id, join }];
    const key = (from: typeof theirs, to: typeof theirs) =>
      keys.signalKey(roomId, { from: from.id, to: to.id, joinFrom: from.join, joinTo: to.join });
    const known = `${id} ${toBase64Url(join)}`;
    const pair = this.#pairs.get(known)
      ?? { sealing: new SealingEnd(key(mine, theirs)), opening: new OpeningEnd(key(theirs, mine)) };
    this.#pairs.set(known, pair);
    this.#holders.set(id, pair);
  }

  #key(): Promise<CryptoKey> {
    return (this.#noteKey ??= this.#options.keys.presenceKey());
  }

  #queue(task: () => unknown): void {
    this.#inbox = this.#inbox.then(task).catch((error: unknown) => { this.events.emit('ended', { error: toRoomError(error) }); });
  }
}
