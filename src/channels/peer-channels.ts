import { CHANNEL_LABEL_PREFIX, MAX_CHANNEL_ID, channelIdOf } from '../protocol/channel-id.ts';
import { FlowGate } from './flow-gate.ts';
import { childScope } from '../shared/scope.ts';
import type { ChannelNotice } from '../protocol/channel-notice.ts';
import type { ChannelOptions } from './channel.ts';

/** Names the far end may ask for without our having opened them. */
const MAX_WANTED = MAX_CHANNEL_ID;
export const DEFAULTS = { highWaterBytes: 256 * 1024, lowWaterBytes: 64 * 1024, queueBytes: 4 * 1024 * 1024 } as const;

export interface PeerChannelHandlers {
  onOpen(): void;
  onClose(): void;
  onFrame(data: unknown): void;
  onDrain(): void;
}

/** One end of a named channel towards one peer: its gate lasts, its data channels come and go. */
export interface PeerChannel {
  readonly gate: FlowGate;
  /** Both ends have created it. */
  readonly isOpen: boolean;
  /** The largest message the far end takes, in bytes. */
  readonly maxMessageBytes: number;
  close(): void;
}

/** What a peer gives for named channels to be spoken with it. */
export interface ChannelPort {
  readonly pc: RTCPeerConnection;
  /** This side gives out the streams. */
  readonly allocates: boolean;
  notify(notice: ChannelNotice): void;
  /** Anything came over one of them. */
  heard(): void;
  /** Counts something that is not taken up. */
  drop(reason: string): void;
  readonly scope: AbortSignal;
}

interface Entry {
  name: string;
  options: ChannelOptions;
  handlers: PeerChannelHandlers;
  gate: FlowGate;
  dc?: RTCDataChannel;
  isOpen: boolean;
  /** Which wish it is: an answer to an earlier one, closed meanwhile, is not for it. */
  wish: number;
}

/**
 * The named channels of one peer. A negotiated channel loses what comes before the far end has created it, so both say
 * what they want; then one side, the allocator, creates the channel and says on which stream, and the other creates it
 * there and says so. Each flushes its queue once it knows that the other has created it. Because one side alone gives out
 * the streams, two names can never meet on one.
 */
export class PeerChannels {
  readonly port: ChannelPort;
  readonly #entries = new Map<string, Entry>();
  /** What the far end wants, by the number of its wish. */
  readonly #wanted = new Map<string, number>();
  #wishes = 0;
  /** Streams in use, and those used before, oldest first: a stream is used again only when none is left unused. */
  readonly #streams = new Map<number, 'used' | 'free'>();

  constructor(port: ChannelPort) {
    this.port = port;
  }

  open(name: string, options: ChannelOptions, handlers: PeerChannelHandlers): PeerChannel {
    const gate = new FlowGate({
      highWaterBytes: options.highWaterBytes ?? DEFAULTS.highWaterBytes,
      lowWaterBytes: options.lowWaterBytes ?? DEFAULTS.lowWaterBytes,
      queueBytes: options.queueBytes ?? DEFAULTS.queueBytes,
      onDrain: handlers.onDrain, scope: this.port.scope,
    });
    const entry: Entry = { name, options, handlers, gate, isOpen: false, wish: ++this.#wishes };
    this.#entries.set(name, entry);
    this.port.notify({ name, open: true, wish: entry.wish });
    if (this.port.allocates && this.#wanted.has(name)) this.#create(entry, this.#freeStream(name));
    const { pc } = this.port;
    return {
      gate,
      get isOpen() { return entry.isOpen; },
      get maxMessageBytes() { return pc.sctp?.maxMessageSize ?? 65_536; },
      close: () => { this.#close(entry); },
    };
  }

  receive({ name, open, wish, id }: ChannelNotice): void {
    const entry = this.#entries.get(name);
    if (!open) {
      this.#wanted.delete(name);
      if (entry) this.#drop(entry);
    } else if (id === undefined) {
      if (this.#wanted.size < MAX_WANTED) this.#wanted.set(name, wish);
      if (this.port.allocates && entry && !entry.dc && this.#wanted.has(name)) this.#create(entry, this.#freeStream(name));
    } else if (this.port.allocates) {
      if (entry?.dc?.id === id) this.#opened(entry); // Created there too.
    } else if (entry?.wish === wish && !entry.dc && this.#streams.get(id) !== 'used') {
      this.#create(entry, id);
    }
  }

  #create(entry: Entry, id: number | undefined): void {
    if (id === undefined) return;
    const { ordered = true, maxRetransmits, maxPacketLifeTime } = entry.options;
    let dc: RTCDataChannel;
    try {
      dc = this.port.pc.createDataChannel(CHANNEL_LABEL_PREFIX + entry.name, {
        negotiated: true, id, ordered,
        ...(maxRetransmits !== undefined && { maxRetransmits }), ...(maxPacketLifeTime !== undefined && { maxPacketLifeTime }),
      });
    } catch {
      this.port.drop('channel'); // On a stream that is still closing, or that the far end may not give out.
      return;
    }
    dc.binaryType = 'arraybuffer';
    entry.dc = dc;
    this.#streams.set(id, 'used');
    const end = childScope(this.port.scope);
    const { signal } = end;
    dc.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.port.heard();
      entry.handlers.onFrame(data);
    }, { signal });
    dc.addEventListener('close', () => {
      this.#streams.delete(id);
      this.#streams.set(id, 'free');
      if (entry.dc === dc) this.#drop(entry);
      end.abort();
    }, { signal });
    // SCTP is up, or the notice could not have come: what is negotiated now opens in a task of its own.
    const created = () => {
      this.port.notify({ name: entry.name, open: true, id, wish: this.#wanted.get(entry.name) ?? 0 });
      if (!this.port.allocates) this.#opened(entry);
    };
    if (dc.readyState === 'open') created(); else dc.addEventListener('open', created, { once: true, signal });
  }

  #opened(entry: Entry): void {
    if (!entry.dc || entry.isOpen) return;
    entry.isOpen = true;
    entry.gate.attach(entry.dc);
    entry.handlers.onOpen();
  }

  /** The data channel is gone, the named one waits for another. */
  #drop(entry: Entry): void {
    const { dc, isOpen } = entry;
    delete entry.dc;
    entry.isOpen = false;
    entry.gate.detach();
    dc?.close();
    if (!isOpen) return; // What waits for the first life waits on.
    entry.gate.discard();
    entry.handlers.onClose();
  }

  #close(entry: Entry): void {
    if (this.#entries.get(entry.name) !== entry) return;
    this.#entries.delete(entry.name);
    this.port.notify({ name: entry.name, open: false, wish: entry.wish });
    this.#drop(entry);
  }

  /** @returns `undefined` when all are taken. */
  #freeStream(name: string): number | undefined {
    const first = channelIdOf(name) - 1;
    for (let i = 0; i < MAX_CHANNEL_ID; i++) {
      const id = ((first + i) % MAX_CHANNEL_ID) + 1;
      if (!this.#streams.has(id)) return id;
    }
    for (const [id, state] of this.#streams) if (state === 'free') return id;
    return undefined;
  }
}
