import { measurePairs } from './pairs.ts';
import { WireCounter } from './wire-counts.ts';
import type { Bench } from './setup.ts';

export interface IdentityCost { ms: number; hops: number }

const LEVELS = {
  'with a link secret': () => ({ linkSecret: 'A'.repeat(22) }),
  'vouched for by the relay': (relay: string) => ({ vouchKeys: `${relay}/.well-known/rtc-vouch-jwks.json`, requireVouch: true }),
};
export const IDENTITY_LEVELS = Object.keys(LEVELS) as (keyof typeof LEVELS)[];

/** Join to the first message both ways. Here `bare` is our engine too, where nobody asks who anybody is. */
export async function measureIdentity(
  { page, session, servers: { ours } }: Bench, level: keyof typeof LEVELS, pairs: number, warmUps: number,
): Promise<Record<'bare' | 'ours', IdentityCost[]>> {
  const counter = new WireCounter();
  await counter.watch(session);
  const costs = await measurePairs(pairs, warmUps, async (side) => {
    await session.send('HeapProfiler.collectGarbage');
    counter.take();
    const ms = await page.evaluate((...args) => identity(...args), ours, side === 'ours' ? LEVELS[level](ours) : {});
    return { ms, hops: counter.take().hops };
  });
  await session.send('Network.disable');
  return costs;
}
