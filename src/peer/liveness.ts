import { every } from '../shared/scope.ts';

/** What the relay says about a participant's socket: a hint, never a proof. */
export interface RelayWord {
  /** The socket closed (`transport close`), and nobody has resumed. */
  readonly socketClosed: boolean;
  /**
   * The relay lists the participant. A relay that fell silent has taken nothing back: maybe we are the one that is cut off. One
   * whose socket closed has, because it may never return.
   */
  readonly placeHeld: boolean;
}

export const HEARTBEAT_MS = 2000;
const CHECK_MS = 500;
/** A page that did nothing for so long was frozen or asleep. */
const PAUSE_MS = 2000;
/** Silence is the time since anything came over a data channel. */
const BADGE_MS = 4000;

/** How long a peer may be silent before it is removed. A hint about a peer that is not silent changes nothing. Pure. */
export function silenceLimitMs({ socketClosed, placeHeld }: RelayWord): number {
  if (socketClosed) return 5000;
  return placeHeld ? 60_000 : 30_000;
}

export interface LivenessOptions {
  /** The relay's word of the moment. */
  word(): RelayWord;
  onSilent(silent: boolean): void;
  onGone(): void;
  /** When something was last heard, on an earlier pc too (`performance.now()`). */
  heardMs: number;
  scope: AbortSignal;
}

/** Decides whether a peer is silent, and when it is gone. */
export class Liveness {
  #heardMs: number;
  #checkedMs = performance.now();
  #silent = false;
  readonly #onSilent: (silent: boolean) => void;

  constructor({ word, onSilent, onGone, heardMs, scope }: LivenessOptions) {
    this.#heardMs = heardMs;
    this.#onSilent = onSilent;
    every(CHECK_MS, scope, () => {
      const nowMs = performance.now();
      const pausedMs = nowMs - this.#checkedMs - CHECK_MS;
      this.#checkedMs = nowMs;
      // It could hear nobody, so nobody was silent.
      if (pausedMs > PAUSE_MS) this.#heardMs += pausedMs;
      const silenceMs = nowMs - this.#heardMs;
      if (silenceMs >= silenceLimitMs(word())) { onGone(); return; }
      if (this.#silent === silenceMs >= BADGE_MS) return;
      this.#silent = !this.#silent;
      onSilent(this.#silent);
    });
  }

  get heardMs(): number {
    return this.#heardMs;
  }

  get silent(): boolean {
    return this.#silent;
  }

  /** Anything came. */
  heard(): void {
    this.#heardMs = performance.now();
    if (!this.#silent) return;
    this.#silent = false;
    this.#onSilent(false);
  }
}
