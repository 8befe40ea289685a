/** What a person would call it, and why. */
export interface LinkQuality {
  readonly level: 'good' | 'fair' | 'poor';
  /** What is worst; absent where it is good. `cpu`: this machine cannot encode what it would like to send. */
  readonly reason?: 'interrupted' | 'loss' | 'round-trip' | 'jitter' | 'freezes' | 'bandwidth' | 'cpu';
}

export interface LinkFacts {
  readonly interrupted: boolean;
  readonly roundTripMs?: number;
  /** 0 to 1; received, and sent as the far end says. */
  readonly lossFraction: number;
  readonly sentLossFraction: number;
  readonly jitterMs?: number;
  /** Pictures that stood still meanwhile. */
  readonly freezes: number;
  /** Of what is sent. */
  readonly limitations: readonly ('bandwidth' | 'cpu' | 'other')[];
}

type Reason = NonNullable<LinkQuality['reason']>;

/**
 * From when on it is fair, and poor. A round trip of 300 ms is where people begin to talk over each other (ITU-T G.114: 150 ms
 * one way, 400 ms at most); Opus conceals 2 % of loss unheard, and beyond 8 % words go missing.
 */
const LIMITS: readonly (readonly [reason: Reason, of: (facts: LinkFacts) => number | undefined, fair: number, poor: number])[] = [
  ['loss', ({ lossFraction, sentLossFraction }) => Math.max(lossFraction, sentLossFraction), 0.02, 0.08],
  ['round-trip', ({ roundTripMs }) => roundTripMs, 300, 800],
  ['jitter', ({ jitterMs }) => jitterMs, 40, 120],
  ['freezes', ({ freezes }) => freezes, 1, 3],
  ['bandwidth', ({ limitations }) => Number(limitations.includes('bandwidth')), 1, Infinity],
  ['cpu', ({ limitations }) => Number(limitations.includes('cpu')), 1, Infinity],
];

const GOOD: LinkQuality = Object.freeze({ level: 'good' });

/** Facts of one period -> three steps. Pure; of several reasons of the worst step the first in the table is told. */
export function judgeLink(facts: LinkFacts): LinkQuality {
  if (facts.interrupted) return Object.freeze({ level: 'poor', reason: 'interrupted' });
  for (const [level, limit] of [['poor', 3], ['fair', 2]] as const) {
    const worst = LIMITS.find((row) => (row[1](facts) ?? 0) >= row[limit]);
    if (worst) return Object.freeze({ level, reason: worst[0] });
  }
  return GOOD;
}
