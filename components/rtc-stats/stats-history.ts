import type { StatsSample } from '../../src/index.ts';

/** How far back it goes. */
export const SPAN_MS = 120_000;

/** What is drawn of a sample. */
export interface StatsPoint {
  /** Of `performance.now()`. */
  readonly atMs: number;
  readonly roundTripMs: number | undefined;
  readonly lossFraction: number;
  readonly receivedBitsPerSecond: number;
  readonly sentBitsPerSecond: number;
  /** Of the fastest picture that is received. */
  readonly framesPerSecond: number | undefined;
}

export interface ParticipantStats { readonly points: readonly StatsPoint[]; readonly last: StatsSample }

/** The last two minutes of everyone's samples. */
export class StatsHistory {
  readonly #byParticipant = new Map<string, ParticipantStats>();

  add(sample: StatsSample, atMs: number): void {
    const points = this.#byParticipant.get(sample.participant)?.points ?? [];
    this.#byParticipant.set(sample.participant, {
      last: sample, points: [...points.filter((point) => point.atMs > atMs - SPAN_MS), pointOf(sample, atMs)],
    });
  }

  of(participant: string): ParticipantStats | undefined {
    return this.#byParticipant.get(participant);
  }

  keep(participants: ReadonlySet<string>): void {
    for (const id of this.#byParticipant.keys()) if (!participants.has(id)) this.#byParticipant.delete(id);
  }

  /** For who looks at it elsewhere: times count back from now. Nobody's name, and no address, which no sample has. */
  toJson(nowMs: number): string {
    const all = [...this.#byParticipant].map(([participant, { last, points }]) => ({
      participant, last, points: points.map(({ atMs, ...point }) => ({ agoMs: Math.round(nowMs - atMs), ...point })),
    }));
    return JSON.stringify(all, undefined, 2);
  }
}

function pointOf(sample: StatsSample, atMs: number): StatsPoint {
  const { roundTripMs, lossFraction, receivedBitsPerSecond, sentBitsPerSecond, streams } = sample;
  const rates = streams.flatMap(({ direction, framesPerSecond }) => (direction === 'received' ? framesPerSecond ?? [] : []));
  return {
    atMs, roundTripMs, lossFraction, receivedBitsPerSecond, sentBitsPerSecond,
    framesPerSecond: rates.length > 0 ? Math.max(...rates) : undefined,
  };
}
