/** What one far end is sent, fitted to the publisher's settings and to how large it is shown there. Loaded when either asks. */
import { audioGoal, videoGoal } from './encoding-goal.ts';
import { mimeTypes } from './encodings.ts';
import { ShownSizes } from './shown-sizes.ts';
import type { EncodingGoal } from './encoding-goal.ts';
import type { ShownSize, ShownSource } from '../protocol/shown.ts';
import type { MediaKind } from './publication.ts';
import type { Slot } from './slot.ts';

const UNSEEN: ShownSize = { width: 0, height: 0 };
/** As a sender is before anyone asks anything of it: then it is left alone. */
const UNTOUCHED = {
  audio: made(audioGoal({})), video: made(videoGoal({}, undefined, { width: Infinity, height: Infinity })),
} as const;

export class SenderTuning {
  readonly #slots: () => readonly Slot[];
  readonly #scope: AbortSignal;
  readonly #onError: (error: unknown) => void;
  readonly #sizes: ShownSizes;
  /** One change at a time for each sender: a second one under way would be refused (webrtc 5.2, `setParameters`). */
  readonly #changing = new Set<RTCRtpSender>();
  /** What each was made last. Not every browser gives back all that it was given. */
  readonly #made = new WeakMap<RTCRtpSender, string>();
  /** Those that refused once. */
  readonly #refused = new WeakSet<RTCRtpSender>();
  #paused = false;

  constructor(slots: () => readonly Slot[], scope: AbortSignal, onError: (error: unknown) => void) {
    this.#slots = slots;
    this.#scope = scope;
    this.#onError = onError;
    this.#sizes = new ShownSizes(scope, () => { this.tune(); });
  }

  /** What the far end says. */
  fit(shown: readonly ShownSource[]): void {
    this.#sizes.hear(shown);
  }

  /**
   * No picture is sent into the void: the first one after it is whole, and comes alone. (Else a decoder waits for up to 3 s until
   * it asks for a whole one, and what is sent again of the last seconds upsets when it shows the next ones.)
   */
  pause(paused: boolean): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    this.tune();
  }

  /** Makes every sender what it should be. */
  tune(): void {
    for (const slot of this.#slots()) void this.#change(slot);
  }

  async #change(slot: Slot): Promise<void> {
    const { sender } = slot.transceiver;
    if (this.#changing.has(sender)) return;
    this.#changing.add(sender);
    try {
      // What it should be may change while it becomes something else.
      while (await this.#approach(slot)) if (this.#scope.aborted) break;
      this.#refused.delete(sender);
    } catch (error) {
      // A description that is being set meanwhile changes the parameters as well; once it is, all are tuned again.
      const crossed = error instanceof DOMException && error.name === 'InvalidModificationError' && !this.#refused.has(sender);
      this.#refused.add(sender);
      if (!crossed && !this.#scope.aborted) this.#onError(error);
    } finally {
      this.#changing.delete(sender);
    }
  }

  /** @returns whether there was anything to change */
  async #approach({ publication, kind, transceiver: { sender } }: Slot): Promise<boolean> {
    const { audio, video } = publication.encodings;
    const shown = this.#paused ? UNSEEN : this.#sizes.of(publication.source);
    const goal = kind === 'audio' ? audioGoal(audio) : videoGoal(video, sizeOf(sender.track), shown);
    const degradationPreference = kind === 'video' ? video.degradationPreference : undefined;
    const parameters = sender.getParameters();
    const [encoding]: (RTCRtpEncodingParameters & CodecChoice)[] = parameters.encodings;
    const codec = choose(kind, publication.encodings[kind].codecs, parameters.codecs);
    const wanted = made(goal, degradationPreference, codec);
    // Without an encoding nothing was negotiated yet: it is tried again once something is.
    if (!encoding || (this.#made.get(sender) ?? UNTOUCHED[kind]) === wanted) return false;
    assign(encoding, { ...goal, codec });
    assign(parameters, { degradationPreference });
    await sender.setParameters(parameters);
    this.#made.set(sender, wanted);
    return true;
  }
}

function made(goal: EncodingGoal, degradationPreference?: RTCDegradationPreference, codec?: RTCRtpCodec): string {
  return JSON.stringify([goal, degradationPreference, codec]);
}

/** Browsers that cannot change it during a call (webrtc-extensions, `codec`) take no notice. */
interface CodecChoice { codec?: RTCRtpCodec }

function choose(kind: MediaKind, names: readonly string[] = [], negotiated: readonly RTCRtpCodec[]): RTCRtpCodec | undefined {
  return mimeTypes(kind, names).flatMap((name) => negotiated.find(({ mimeType }) => mimeType.toLowerCase() === name) ?? [])[0];
}

/** What is `undefined` goes: for a browser a limit that is there and undefined is a limit. */
function assign<T extends object>(target: T, values: { [K in keyof T]?: T[K] | undefined }): void {
  for (const key of Object.keys(values) as (keyof T)[]) {
    if (values[key] === undefined) Reflect.deleteProperty(target, key); else target[key] = values[key];
  }
}

function sizeOf(track: MediaStreamTrack | null): ShownSize | undefined {
  const { width, height } = track?.getSettings() ?? {};
  return width && height ? { width, height } : undefined;
}
