/** How loud somebody is heard, and has been. */
interface Voice { level: number; loudSinceMs: number | undefined }

/** Below it is breath and room noise (-46 dBov; RFC 6464 levels are linear here, 0 to 1). */
const THRESHOLD = 0.005;
/** A cough is not a speech. */
const TAKE_MS = 400;
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
  #spokeMs = -Infinity;

  /**
   * @param levels of everyone here, 0 to 1; who is missing is gone
   * @returns who speaks, or spoke last; `undefined` where that was nobody, or they are gone
   */
  hear(levels: ReadonlyMap<string, number>, nowMs: number): string | undefined {
    for (const id of this.#voices.keys()) if (!levels.has(id)) this.#voices.delete(id);
    for (const [id, heard] of levels) {
      const { level: before = heard, loudSinceMs } = this.#voices.get(id) ?? {};
      const level = before + (heard - before) * WEIGHT;
      this.#voices.set(id, { level, loudSinceMs: level >= THRESHOLD ? loudSinceMs ?? nowMs : undefined });
    }
    if (this.#speaker !== undefined && !levels.has(this.#speaker)) this.#speaker = undefined;
    const speaker = this.#voices.get(this.#speaker ?? '');
    const speaks = speaker?.loudSinceMs !== undefined;
    if (speaks) this.#spokeMs = nowMs;

    const [id, rival] = [...this.#voices]
      .filter(([other, { loudSinceMs = Infinity }]) => other !== this.#speaker && nowMs - loudSinceMs >= TAKE_MS)
      .sort(([, one], [, other]) => other.level - one.level)[0] ?? [];
    if (!rival) return this.#speaker;
    const yields = speaks ? rival.level >= speaker.level * LOUDER : !speaker || nowMs - this.#spokeMs >= HOLD_MS;
    if (!yields) return this.#speaker;
    this.#spokeMs = nowMs;
    return (this.#speaker = id);
  }
}
