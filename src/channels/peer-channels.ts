import { CHANNEL_LABEL_PREFIX, MAX_CHANNEL_ID, channelIdOf } from '../protocol/channel-id.ts';
import { after, childScope, every, onEnd } from '../shared/scope.ts';
import { ChannelEnd } from './channel-end.ts';
import { FrameReader } from './frame-reader.ts';
import { Intake } from './intake.ts';
import { sizeOf } from './frame-queue.ts';
import { Traffic } from './traffic.ts';
import type { ChannelNotice } from '../protocol/channel-notice.ts';
import type { ChannelOptions } from './channel.ts';
import type { PeerChannelHandlers } from './channel-end.ts';
import type { FlowGate } from './flow-gate.ts';

/** Packed, these go into one frame. */
const UNSURE_BYTES = 12_000;
const ACKNOWLEDGE_MS = 2000;
/** A channel that the far end has not wished on a new pc, or that closed though its pc lives, is over then. */
const LOST_MS = 5000;

/** One end of a named channel towards one peer: its gate lasts, its data channels come and go. */
export interface PeerChannel {
  readonly gate: FlowGate;
  /** Both ends have created it; one that counts stays open while its pc is made anew. */
  readonly isOpen: boolean;
  /** The largest message the far end takes, in bytes. */
  readonly maxMessageBytes: number;
  /** The largest packed message the far end takes here; `undefined`: none. */
  readonly packedBytes: number | undefined;
  /** It is open, what is sent here arrives in order, and they know streams. */
  readonly takesStreams: boolean;
  close(): void;
}

/** What a peer gives for named channels to be spoken with it. */
export interface ChannelPort {
  readonly pc: Pick<RTCPeerConnection, 'createDataChannel' | 'sctp'>;
  /** This side gives out the streams. */
  readonly allocates: boolean;
  /** Bytes of one message that is packed, here and there; absent where the far end reads nothing that is joined or packed. */
  packing?: { readonly here: number; readonly there: number };
  /** Of one text that comes. @default as our engines send */
  readonly textChars?: number;
  /** Where streams follow from names. @throws RoomError `channel-collision`. */
  mustFit?(name: string): void;
  notify(notice: ChannelNotice): void;
  /** Anything came over one of them. */
  heard(): void;
  /** Names the far end may ask for without our having opened them. @default as many as there are streams */
  readonly maxWanted?: number;
  /** Counts something that is not taken up. */
  drop(reason: string, cost?: number): void;
  readonly scope: AbortSignal;
}

/**
 * The named channels of one participant, over one pc after the other. A negotiated channel loses what comes before the far end
 * has created it, so both say what they want; then one side, the allocator, creates the channel and says on which stream, and
 * the other creates it there and says so. Each flushes its queue once it knows that the other has created it. Because one side
 * alone gives out the streams, two names can never meet on one.
 */
export class PeerChannels {
  readonly #nextWish: () => number;
  readonly #ends = new Map<string, ChannelEnd>();
  /** What the far end wants on this pc. */
  readonly #wanted = new Map<string, ChannelNotice>();
  /** Streams in use, and those used before, oldest first: a stream is used again only when none is left unused. */
  readonly #streams = new Map<number, 'used' | 'free'>();
  readonly #traffic = new Traffic();
  #port: ChannelPort | undefined;
  /** As they said it last. */
  #farBytes: number | undefined;

  /** @param nextWish numbers that were never given before in this join */
  constructor(nextWish: () => number) {
    this.#nextWish = nextWish;
  }

  readonly drop = (reason: string): void => { this.#port?.drop(reason); };

  /** From here to the end of its scope this is how one speaks with them. */
  attach(port: ChannelPort): void {
    const { scope } = port;
    if (this.#port === port || scope.aborted) return;
    this.#port = port;
    this.#farBytes = port.packing?.there;
    onEnd(scope, () => { this.#detach(); });
    for (const end of this.#ends.values()) this.#say(end);
    every(ACKNOWLEDGE_MS, scope, () => { for (const end of this.#ends.values()) if (end.hasNews) this.#say(end); });
    after(LOST_MS, scope, () => { for (const end of this.#ends.values()) this.#giveUp(end); });
  }

  /** This end wants it. */
  has(name: string): boolean {
    return this.#ends.has(name);
  }

  /** @throws RoomError `channel-collision`, where it cannot be opened. */
  mustFit(name: string): void {
    this.#port?.mustFit?.(name);
  }

  open(name: string, options: ChannelOptions, handlers: PeerChannelHandlers): PeerChannel {
    const end = new ChannelEnd(name, options, handlers, this.#nextWish(), this.#traffic);
    this.#ends.set(name, end);
    this.#say(end);
    this.#allocate(end);
    // Two of Firefox would take a gigabyte at once: no more than Chromium does.
    const maxMessageBytes = () => Math.min(this.#port?.pc.sctp?.maxMessageSize ?? 65_536, 262_144);
    const packedBytes = () => this.#packedBytes(end);
    return {
      gate: end.gate,
      get isOpen() { return end.isOpen; },
      get maxMessageBytes() { return maxMessageBytes(); },
      get packedBytes() { return packedBytes(); },
      get takesStreams() { return end.isOpen && end.counts && packedBytes() !== undefined; },
      close: () => { this.#close(end); },
    };
  }

  receive(notice: ChannelNotice): void {
    const { name, open, wish, id } = notice;
    const end = this.#ends.get(name);
    if (!open) {
      this.#wanted.delete(name);
      end?.drop();
    } else if (id === undefined) {
      const { maxWanted = MAX_CHANNEL_ID } = this.#port ?? {};
      if (!end && this.#wanted.size >= maxWanted && !this.#wanted.has(name)) { this.drop('channel'); return; }
      this.#wanted.set(name, notice);
      if (!end) return;
      if (end.dc && wish !== end.far) end.drop(); // They have begun anew.
      if (!end.dc) this.#allocate(end); else if (!end.acknowledged(notice)) this.drop('malformed');
    } else if (this.#port?.allocates) {
      if (end?.dc?.id === id) this.#ready(end); // Created there too.
    } else if (end?.wish === wish && !end.dc && this.#streams.get(id) !== 'used') {
      this.#create(end, id);
    }
  }

  #packedBytes({ counts }: ChannelEnd): number | undefined {
    // What goes in parts is worth nothing where one of them may be lost, or come before another.
    return counts || this.#farBytes === undefined ? this.#farBytes : UNSURE_BYTES;
  }

  #say(end: ChannelEnd): void {
    this.#port?.notify(end.notice());
  }

  #allocate(end: ChannelEnd): void {
    if (this.#port?.allocates && this.#wanted.has(end.name)) this.#create(end, this.#freeStream(end.name));
  }

  #create(end: ChannelEnd, id: number | undefined): void {
    const port = this.#port;
    if (id === undefined || !port) return;
    const { ordered = true, maxRetransmits, maxPacketLifeTime } = end.options;
    let dc: RTCDataChannel;
    try {
      dc = port.pc.createDataChannel(CHANNEL_LABEL_PREFIX + end.name, {
        negotiated: true, id, ordered,
        ...(maxRetransmits !== undefined && { maxRetransmits }), ...(maxPacketLifeTime !== undefined && { maxPacketLifeTime }),
      });
    } catch {
      port.drop('channel'); // On a stream that is still closing, or that the far end may not give out.
      return;
    }
    dc.binaryType = 'arraybuffer';
    const { wish = 0 } = this.#wanted.get(end.name) ?? {};
    end.plug(dc, wish);
    this.#streams.set(id, 'used');
    const life = childScope(port.scope);
    const { signal } = life;
    const { rate } = end.options;
    const intake = rate && new Intake(rate, signal);
    const reader = new FrameReader({
      maxBytes: port.packing?.here, textChars: port.textChars, scope: signal,
      takes: (cost) => {
        const isTaken = intake?.takes(cost) ?? true;
        // Who does not know of packed frames does not know of rates either: nothing tells it from an honest one.
        if (!isTaken) port.drop(port.packing ? 'rate' : 'channel', cost);
        return isTaken;
      },
      onUnread: () => { port.drop('unread'); },
      onMessages: (messages, frame, isTaken) => {
        if (end.dc === dc) end.came(sizeOf(frame));
        for (const message of messages) if (end.dc === dc) end.take(message, isTaken);
        if (end.owes && end.dc === dc) this.#say(end);
      },
    });
    dc.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      port.heard();
      reader.take(data);
    }, { signal });
    dc.addEventListener('close', () => {
      this.#streams.delete(id);
      this.#streams.set(id, 'free');
      if (end.dc === dc) {
        // By a far end that closed its pc, which another will follow; else it is lost.
        end.unplug();
        after(LOST_MS, port.scope, () => { this.#giveUp(end); });
      }
      life.abort();
    }, { signal });
    // SCTP is up, or the notice could not have come: what is negotiated now opens in a task of its own.
    const created = () => {
      port.notify({ name: end.name, open: true, id, wish });
      if (!port.allocates) this.#ready(end);
    };
    if (dc.readyState === 'open') created(); else dc.addEventListener('open', created, { once: true, signal });
  }

  #ready(end: ChannelEnd): void {
    if (this.#port) end.ready(this.#port.scope, this.#wanted.get(end.name) ?? {}, this.#packedBytes(end));
  }

  /** It was open and nobody has taken it up: it begins anew, with a wish of its own. */
  #giveUp(end: ChannelEnd): void {
    if (!end.isOpen || end.dc || this.#ends.get(end.name) !== end) return;
    end.drop();
    end.wish = this.#nextWish();
    this.#say(end);
    this.#allocate(end);
  }

  /** The pc is gone. */
  #detach(): void {
    this.#port = undefined;
    this.#wanted.clear();
    this.#streams.clear();
    for (const end of this.#ends.values()) end.unplug();
  }

  #close(end: ChannelEnd): void {
    if (this.#ends.get(end.name) !== end) return;
    this.#ends.delete(end.name);
    this.#port?.notify({ name: end.name, open: false, wish: end.wish });
    end.drop();
    this.#traffic.remove(end.gate);
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
