const FIRST_MS = 250;
/** Who is back after less than three seconds looks, to a person, as if nothing had happened. */
const MAX_MS = 2000;

/**
 * How long to wait before attempt `attempt` (from 0): 250 ms doubling to 2 s, of which a random half is taken off, so that
 * a room whose relay restarts does not come back in one instant.
 * @param random in [0, 1)
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt, 16)) * (1 - random / 2);
}
