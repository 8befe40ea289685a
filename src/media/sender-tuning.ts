/** What one far end is sent, fitted to the publisher's settings and to how large it is shown there. Loaded when either asks. */
import { audioGoal, videoGoal } from './encoding-goal.ts';
import { ShownSizes } from './shown-sizes.ts';
import type { ShownSize, ShownSource } from '../protocol/shown.ts';
import type { Slot } from './slot.ts';

export class SenderTuning {
  readonly #slots: () => readonly Slot[];
  readonly #scope: AbortSignal;
  readonly #onError: (error: unknown) => void;
  readonly #sizes: ShownSizes;
  /** One change at a time for each sender: a second one under way would be refused (webrtc 5.2, `setParameters`). */
  readonly #changing = new Set<RTCRtpSender>();
  /** What each was made last. Not every browser gives back all that it was given. */
  readonly #made = new WeakMap<RTCRtpSender, string>();

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
    } catch (error) {
      if (!this.#scope.aborted) this.#onError(error);
    } finally {
      this.#changing.delete(sender);
    }
  }

  /** @returns whether there was anything to change */
  async #approach({ publication, kind, transceiver: { sender } }: Slot): Promise<boolean> {
    const { audio, video } = publication.encodings;
    const goal = kind === 'audio' ? audioGoal(audio) : videoGoal(video, sizeOf(sender.track), this.#sizes.of(publication.source));
    const degradationPreference = kind === 'video' ? video.degradationPreference : undefined;
    const made = JSON.stringify([goal, degradationPreference]);
    const parameters = sender.getParameters();
    const [encoding] = parameters.encodings;
    // Without an encoding nothing was negotiated yet: it is tried again once something is.
    if (!encoding || this.#made.get(sender) === made) return false;
    assign(encoding, goal);
    assign(parameters, { degradationPreference });
    await sender.setParameters(parameters);
    this.#made.set(sender, made);
    return true;
  }
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
