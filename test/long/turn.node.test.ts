import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until, untilConnected, untilWithin } from '../support/browser.ts';
import { TURN_SECRET } from '../support/coturn.ts';
import { assertRelayedOnly, describeTurn, refusalOf, restartIce, untilExpired } from '../support/turn-call.ts';

/** Three ICE restarts in vain, of which the first comes 2 s after the 5 to 7 s in which the silence is noticed. */
const REBUILT_MS = 40_000;
const HEALED_MS = 30_000;

describeTurn('a call that goes over a TURN server alone', (stage) => {
  it('heals over new connections when the server was gone, and lives on when its credentials have ended', async (context) => {
    const proxy = await stage.relay({ turn: { urls: [stage.url()], secret: TURN_SECRET, ttlS: 60 } });
    const pages = [await stage.enter(proxy), await stage.enter(proxy)] as const;
    for (const page of pages) await untilConnected(page, 1);
    const first = await pages[0].evaluate(() => probe.pcs[0]?.getConfiguration().iceServers ?? []);
    const ids = await pages[0].evaluate(() => room.snapshot.participants.map(({ id }) => id));

    const startCoturn = await stage.stopCoturn();
    await untilWithin(REBUILT_MS, pages[0], () => probe.pcs.length > 1);
    await startCoturn();
    const startedMs = performance.now();
    for (const page of pages) await untilWithin(HEALED_MS, page, () => room.snapshot.participants[0]?.state === 'connected' && livePc());
    context.diagnostic(`healed ${Math.round(performance.now() - startedMs)} ms after the server was back`);
    assert.deepEqual(await pages[0].evaluate(() => room.snapshot.participants.map(({ id }) => id)), ids);
    for (const page of pages) await assertRelayedOnly(page, proxy);

    await untilExpired(first);
    assert.equal(await refusalOf(pages[0], first), 401);
    for (const page of pages) await restartIce(page);
    for (const page of pages) {
      await until(page, (old) => livePc()?.getConfiguration().iceServers?.[0]?.username !== old, first[0]?.username);
      await assertRelayedOnly(page, proxy);
      assert.deepEqual(await page.evaluate(() => told.filter((line) => line.startsWith('turn-refused'))), []);
    }
  });
});
