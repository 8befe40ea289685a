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

/**
 * How long attempt `attempt` (from 0) to come back may take. TCP asks again after 1, 3 and 7 s (RFC 6298), so that one which
 * began in a black hole may hang for 4 s after it; of attempts that end after 5 s none does for more than 2 s. Who has been
 * away for a minute may have a slow network.
 */
export function attemptMs(attempt: number): number {
  return attempt < 12 ? 5000 : 10_000;
}
