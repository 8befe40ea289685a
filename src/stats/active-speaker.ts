/** How loud somebody is, smoothed, and from when to when they were heard without a pause. */
interface Voice { level: number; sinceMs: number; heardMs: number }

/** Below it is breath and room noise (-46 dBov; RFC 6464 levels are linear here, 0 to 1). */
const THRESHOLD = 0.005;
/** A cough is not a speech. */
const TAKE_MS = 400;
/** Between two words. */
const GAP_MS = 300;
/** Whoever speaks keeps the floor over a breath. */
const HOLD_MS = 1000;
/** To take the floor from somebody who speaks. */
const LOUDER = 1.5;
/** Of what is new in the smoothed level, at each look. */
const WEIGHT = 0.5;

/**
 * Decides whose picture is shown large. It stays with whoever spoke last, changes only to somebody who has spoken for a
 * while, and while both speak only to the louder one. No clock and no timer of its own.
 */
export class ActiveSpeaker {
  readonly #voices = new Map<string, Voice>();
  #speaker: string | undefined;

  /**
   * @param levels of everyone here, 0 to 1; who is missing is gone
   * @returns who speaks, or spoke last; `undefined` where that was nobody, or they are gone
   */
  hear(levels: ReadonlyMap<string, number>, nowMs: number): string | undefined {
    for (const id of this.#voices.keys()) if (!levels.has(id)) this.#voices.delete(id);
    for (const [id, heard] of levels) {
      const voice = this.#voices.get(id) ?? { level: heard, sinceMs: Infinity, heardMs: -Infinity };
      voice.level += (heard - voice.level) * WEIGHT;
      if (heard >= THRESHOLD) {
        if (nowMs - voice.heardMs > GAP_MS) voice.sinceMs = nowMs;
        voice.heardMs = nowMs;
      }
      this.#voices.set(id, voice);
    }
    if (this.#speaker !== undefined && !levels.has(this.#speaker)) this.#speaker = undefined;
    const speaker = this.#voices.get(this.#speaker ?? '');
    const isHeard = ({ heardMs }: Voice) => nowMs - heardMs <= GAP_MS;

    const [id, rival] = [...this.#voices]
      .filter(([other, voice]) => other !== this.#speaker && isHeard(voice) && voice.heardMs - voice.sinceMs >= TAKE_MS)
      .sort(([, one], [, other]) => other.level - one.level)[0] ?? [];
    if (!rival) return this.#speaker;
    const yields = !speaker || (isHeard(speaker) ? rival.level >= speaker.level * LOUDER : nowMs - speaker.heardMs >= HOLD_MS);
    return yields ? (this.#speaker = id) : this.#speaker;
  }
}
