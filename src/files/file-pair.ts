import { TokenBucket } from '../protocol/token-bucket.ts';
import { IncomingFile } from './incoming-file.ts';
import { Line } from './line.ts';
import { isCount, isFileId, parseOffer, parsePart, parseReason } from './words.ts';
import type { Channel } from '../channels/channel.ts';
import type { ReceiveHost } from './incoming-file.ts';
import type { OutgoingFile } from './outgoing-file.ts';
import type { Offer } from './words.ts';

export interface PairHost extends ReceiveHost {
  /** Offers of one participant that may wait for an answer at the same time; the sender keeps to it too. */
  readonly offers: number;
  open(participant: string): Promise<Channel>;
  /** Something new came. @returns whether anyone takes offers here */
  offered(file: IncomingFile): boolean;
  /** A transfer of this id with someone who is not here any more: whoever knows its id is they, under another. */
  takeOutgoing(id: string): OutgoingFile | undefined;
  takeIncoming(id: string): IncomingFile | undefined;
  dropped(participant: string): void;
}

/** A sender's pace of offers, and more than that, which the receiver bears. */
const PACE = { perSecond: 40, burst: 80 } as const;
const BORNE = { perSecond: 80, burst: 160 } as const;
/** Transfers that are remembered after their end, so that an offer said again is answered as before. */
const MAX_REMEMBERED = 64;
const MAX_STRIKES = 100;

type Word = (args: readonly unknown[]) => boolean;

/** All transfers between this page and one participant, over one file channel after the other. */
export class FilePair {
  readonly participant: string;
  readonly #host: PairHost;
  #outgoing: OutgoingFile[] = [];
  readonly #incoming = new Map<string, IncomingFile>();
  #channel: Channel | undefined;
  #opening = false;
  #line: Line | undefined;
  #told = false;
  /** What was offered over this line, by its number there. */
  readonly #ours = new Map<number, OutgoingFile>();
  readonly #theirs = new Map<number, IncomingFile>();
  #lastOurs = 0;
  #lastTheirs = 0;
  readonly #pace = new TokenBucket(PACE);
  readonly #borne = new TokenBucket(BORNE);
  #strikes = 0;
  readonly #words: Readonly<Record<string, Word>> = {
    // The sender's.
    offer: ([number, value]) => this.#heardOffer(number, parseOffer(value)),
    hashes: ([number, first, list]) => this.#ofTheirs(number, (file) => file.hashes(first, list)),
    block: ([number, index, hash]) => this.#ofTheirs(number, (file) => file.block(index, hash)),
    root: ([number, root]) => this.#ofTheirs(number, (file) => file.root(root)),
    hold: ([number, held]) => this.#ofTheirs(number, (file) => (file.held(held === true), true)),
    withdraw: ([number, code]) =>
      this.#ofTheirs(number, (file) => (file.fail(parseReason(code), 'The sender took it back.'), true)),
    gone: ([id]) =>
      isFileId(id) && (this.#incoming.get(id)?.fail('file-cancelled', 'The sender knows nothing of it any more.'), true),
    // The receiver's.
    accept: ([number]) => this.#ofOurs(number, (file) => (file.accepted(), this.#offer(), true)),
    want: ([number, index]) => this.#ofOurs(number, (file) => file.want(index)),
    pause: ([number, held]) => this.#ofOurs(number, (file) => (file.held(held === true), true)),
    refuse: ([number, code, reason]) => this.#ofOurs(number, (file) => {
      file.fail(parseReason(code), typeof reason === 'string' ? reason.slice(0, 200) : '');
      return true;
    }),
    done: ([number]) => this.#ofOurs(number, (file) => file.taken()),
    resume: ([id]) => this.#heardResume(id),
  };

  constructor(participant: string, host: PairHost) {
    this.participant = participant;
    this.#host = host;
  }

  /** There is something to go on with. */
  get isBusy(): boolean {
    return this.#outgoing.some(({ isOver }) => !isOver) || [...this.#incoming.values()].some(({ isOver }) => !isOver);
  }

  get isOpen(): boolean {
    return this.#line?.isOpen === true;
  }

  add(file: OutgoingFile): void {
    this.#outgoing = [...this.#outgoing.filter(({ isOver }) => !isOver), file];
    this.#offer();
  }

  /** They are here: the channel is opened from this side, if it is not. */
  async open(): Promise<void> {
    if (this.#channel || this.#opening || this.#strikes > MAX_STRIKES) return;
    this.#opening = true;
    try {
      const channel = (this.#channel = await this.#host.open(this.participant));
      channel.lifecycle.on('open', () => { this.#opened(channel, true); });
      channel.lifecycle.on('close', () => { this.#closed(); });
      channel.lifecycle.on('data', ({ data }) => { this.#hear(channel, () => this.#heardPart(data)); });
      for (const [word, hear] of Object.entries(this.#words)) {
        channel.on(word, (_, { args }) => { this.#hear(channel, () => hear(args)); });
      }
    } catch {
      this.#channel = undefined; // They are gone: what waits, waits for their return.
    } finally {
      this.#opening = false;
    }
  }

  /** They are gone, or we are. */
  close(): void {
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.close();
    this.#closed();
  }

  /** The connection is interrupted, or works again. */
  reach(reachable: boolean): void {
    for (const file of [...this.#ours.values(), ...this.#theirs.values()]) file.reach(reachable);
  }

  takeOutgoing(id: string): OutgoingFile | undefined {
    const file = this.#outgoing.find((one) => one.id === id && !one.isOver);
    this.#outgoing = this.#outgoing.filter((one) => one !== file);
    return file;
  }

  takeIncoming(id: string): IncomingFile | undefined {
    const file = this.#incoming.get(id);
    this.#incoming.delete(id);
    return file;
  }

  /** @param told by the library; else by a word of theirs, which may come before they say that they have opened it */
  #opened(channel: Channel, told: boolean): void {
    const isKnown = this.#line && told && !this.#told;
    this.#told = told;
    if (isKnown) return;
    this.#closed();
    this.#lastTheirs = 0;
    const line = (this.#line = new Line(this.participant, channel, () => { this.#offer(); }));
    for (const { id, isOver } of this.#incoming.values()) if (!isOver) line.tell('resume', id);
    this.#offer();
  }

  #closed(): void {
    this.#line?.close();
    this.#line = undefined;
    const files = [...this.#ours.values(), ...this.#theirs.values()];
    this.#ours.clear();
    this.#theirs.clear();
    for (const file of files) file.connect(undefined);
  }

  /** What was not offered over this line, as far as they take offers. */
  #offer(): void {
    const line = this.#line;
    if (!line) return;
    forgetOver(this.#ours);
    const offered = new Set(this.#ours.values());
    let unanswered = [...offered].filter(({ isAgreed, isOver }) => !isAgreed && !isOver).length;
    for (const file of this.#outgoing) {
      if (file.isOver || offered.has(file) || (!file.isAgreed && unanswered >= this.#host.offers)) continue;
      const waitMs = this.#pace.waitMs();
      if (waitMs > 0) { line.later(waitMs, () => { this.#offer(); }); return; }
      this.#pace.charge(1);
      if (!file.isAgreed) unanswered++;
      this.#ours.set(++this.#lastOurs, file);
      file.connect(line, this.#lastOurs);
    }
  }

  #heardOffer(number: unknown, offer: Offer | undefined): boolean {
    if (!isCount(number) || number <= this.#lastTheirs || number > 0xffffffff || !this.#line) return false;
    this.#lastTheirs = number;
    if (!offer || !this.#borne.take()) return false;
    let file = this.#incoming.get(offer.id) ?? this.#host.takeIncoming(offer.id);
    if (file && file.snapshot.size !== offer.size) return false;
    const isNew = !file;
    if (!file) {
      const open = [...this.#incoming.values()].filter(({ isAgreed, isOver }) => !isAgreed && !isOver);
      if (open.length >= this.#host.offers) return false;
      file = new IncomingFile(this.#host, this.participant, offer);
    }
    this.#remember(file);
    forgetOver(this.#theirs);
    this.#theirs.set(number, file);
    if (file.isOver) this.#line.tell(...file.lastWord(number));
    else file.connect(this.#line, number);
    if (isNew && !this.#host.offered(file)) file.reject('Nobody takes files there.');
    return true;
  }

  #heardResume(id: unknown): boolean {
    if (!isFileId(id)) return false;
    if (this.#outgoing.some((file) => file.id === id && !file.isOver)) return true;
    const file = this.#host.takeOutgoing(id);
    if (file) this.add(file); else this.#line?.tell('gone', id);
    return true;
  }

  #heardPart(data: ArrayBuffer): boolean {
    const part = parsePart(data);
    return part !== undefined && this.#ofTheirs(part.number, (file) => file.take(part));
  }

  /** Of one that is over something may still be on its way. One that was lied about is over. */
  #ofTheirs(number: unknown, tell: (file: IncomingFile) => boolean): boolean {
    const file = this.#theirs.get(number as number);
    if (!file) return isCount(number) && number <= this.#lastTheirs;
    if (file.isOver || tell(file)) return true;
    file.give('file-corrupt', 'The sender does not keep to what it offered.');
    return false;
  }

  #ofOurs(number: unknown, tell: (file: OutgoingFile) => boolean): boolean {
    const file = this.#ours.get(number as number);
    if (!file) return isCount(number) && number <= this.#lastOurs;
    return file.isOver || tell(file);
  }

  #remember(file: IncomingFile): void {
    this.#incoming.delete(file.id);
    this.#incoming.set(file.id, file);
    for (const [id, { isOver }] of this.#incoming) {
      if (this.#incoming.size <= MAX_REMEMBERED) return;
      if (isOver) this.#incoming.delete(id);
    }
  }

  #hear(channel: Channel, hear: () => boolean): void {
    if (channel !== this.#channel) return; // Given up: what it still brings is nothing any more.
    if (!this.#line) this.#opened(channel, false);
    if (hear()) return;
    this.#host.dropped(this.participant);
    if (++this.#strikes > MAX_STRIKES) this.close();
  }
}

/** What is still said of these is answered as for any number that was. */
function forgetOver(files: Map<number, OutgoingFile | IncomingFile>): void {
  for (const [number, { isOver }] of files) if (isOver) files.delete(number);
}
