export type Side = 'bare' | 'ours';

/** The order alternates, so that neither side always finds the machine as the other left it. */
export async function measurePairs<T>(
  pairs: number, warmUps: number, measure: (side: Side) => Promise<T>,
): Promise<Record<Side, T[]>> {
  const results: Record<Side, T[]> = { bare: [], ours: [] };
  for (let i = -warmUps; i < pairs; i++) {
    for (const side of i % 2 === 0 ? ['bare', 'ours'] as const : ['ours', 'bare'] as const) {
      const result = await measure(side);
      if (i >= 0) results[side].push(result);
    }
  }
  return results;
}
