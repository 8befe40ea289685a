import { CHANNEL_LABEL_PREFIX, channelIdOf } from '../protocol/channel-id.ts';
import { RoomError } from '../shared/errors.ts';
import { after } from '../shared/scope.ts';
import type { ChannelPort } from '../channels/peer-channels.ts';
import type { PeerParts } from '../peer/dialect.ts';
import type { ChannelNotice } from '../protocol/channel-notice.ts';

/** An rtc.io client sends as much in one envelope, as far as its browser lets it: Chromium 256 KiB. */
export const MAX_TEXT_CHARS = 1_048_576;

/** A stream in use. */
interface Used {
  name: string;
  /** As our end last wished; `undefined`: it was closed here. */
  wish: number | undefined;
  dc: RTCDataChannel | undefined;
}

/**
 * Named channels towards rtc.io clients, who say nothing of theirs: each end creates one on the stream that follows from its
 * name. This says what the far end would say, at once: that it has created what our end wants. What is sent before the far
 * end really has is lost in the browser there, and cannot be noticed here.
 */
export class RtcioChannels implements ChannelPort {
  readonly allocates = false;
  readonly textChars = MAX_TEXT_CHARS;
  readonly pc: ChannelPort['pc'];
  readonly scope: AbortSignal;
  readonly drop: (reason: string) => void;
  readonly #parts: Pick<PeerParts, 'pc' | 'handlers'>;
  readonly #used = new Map<number, Used>();

  constructor(parts: Pick<PeerParts, 'pc' | 'handlers' | 'drop' | 'scope'>) {
    this.#parts = parts;
    this.scope = parts.scope;
    this.drop = parts.drop;
    this.pc = {
      get sctp() { return parts.pc.sctp; },
      createDataChannel: (label, init) => this.#create(label, init),
    };
  }

  heard(): void {
    // The state of the pc decides who is alive.
  }

  mustFit(name: string): void {
    const { name: other = name } = this.#used.get(channelIdOf(name)) ?? {};
    if (other !== name) throw collision(name, other);
  }

  notify({ name, open, wish, id }: ChannelNotice): void {
    if (id !== undefined) return; // That our end has created it: nobody there wants to know.
    const stream = channelIdOf(name);
    const used = this.#used.get(stream);
    if (!open) {
      if (used?.name === name) used.wish = undefined;
      if (!used?.dc) this.#used.delete(stream);
    } else if (used && used.name !== name) {
      this.#parts.handlers.onError(collision(name, used.name));
    } else if (used?.dc) {
      used.wish = wish; // It is open, or is closing and is opened again then.
    } else {
      this.#used.set(stream, { name, wish, dc: undefined });
      this.#grant(name, stream, wish);
    }
  }

  #grant(name: string, id: number, wish: number): void {
    this.#say({ name, open: true, wish, id });
  }

  #say(notice: ChannelNotice): void {
    this.#parts.handlers.onChannelNotice([notice]);
  }

  #create(label: string, init: RTCDataChannelInit = {}): RTCDataChannel {
    const dc = this.#parts.pc.createDataChannel(label, init);
    const used = this.#used.get(init.id ?? 0);
    if (used && label === CHANNEL_LABEL_PREFIX + used.name) {
      used.dc = dc;
      // In a task of its own: whoever owns it hears of its end first.
      dc.addEventListener('close', () => { after(0, this.scope, () => { this.#closed(used); }); }, { signal: this.scope });
    }
    return dc;
  }

  /** By either end. Ours stands ready again if it was not the one that closed, or was opened again meanwhile. */
  #closed(used: Used): void {
    const { name, wish } = used;
    const stream = channelIdOf(name);
    used.dc = undefined;
    if (wish === undefined) { this.#used.delete(stream); return; }
    this.#say({ name, open: false, wish: 0 });
    this.#grant(name, stream, wish);
  }
}

function collision(name: string, other: string): RoomError {
  return new RoomError('channel-collision',
    `Towards an rtc.io client "${name}" and "${other}" cannot be open at once: both belong on stream ${channelIdOf(name)}.`);
}
