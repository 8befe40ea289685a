import type { Room } from '../../src/index.ts';

/** A stage that changes more often is one that nobody can look at. */
const HOLD_MS = 2000;

/** Who of the others speaks, and whom a stage shows: the same, but for no shorter than a while. */
export class SpeakerWatch {
  readonly #onChange: () => void;
  readonly #holdMs: number;
  #room: Room | undefined;
  #end: AbortController | undefined;
  #speaker: string | undefined;
  #staged: string | undefined;
  #heldUntilMs = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: () => void, holdMs = HOLD_MS) {
    this.#onChange = onChange;
    this.#holdMs = holdMs;
  }

  /** Who speaks, or spoke last. */
  get speaker(): string | undefined {
    return this.#speaker;
  }

  get staged(): string | undefined {
    return this.#staged;
  }

  /** @param room - None where nobody looks, or there is nobody to tell apart. */
  follow(room: Room | undefined): void {
    if (room === this.#room) return;
    this.#room = room;
    this.#end?.abort();
    clearTimeout(this.#waiting);
    this.#speaker = this.#staged = undefined;
    this.#heldUntilMs = 0;
    if (!room) return;
    const { signal } = (this.#end = new AbortController());
    room.stats.watchSpeaker((participant) => {
      this.#speaker = participant;
      this.#stage();
      this.#onChange();
    }, { signal });
  }

  /** @returns whether somebody came on */
  #stage(): boolean {
    clearTimeout(this.#waiting);
    if (this.#speaker === undefined || this.#speaker === this.#staged) return false;
    const remainingMs = this.#heldUntilMs - performance.now();
    if (remainingMs > 0) {
      this.#waiting = setTimeout(() => { if (this.#stage()) this.#onChange(); }, remainingMs);
      return false;
    }
    this.#staged = this.#speaker;
    this.#heldUntilMs = performance.now() + this.#holdMs;
    return true;
  }
}
