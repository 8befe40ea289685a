import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { assertUntouched, describeFaults, startCounting, timed } from '../support/fault-stage.ts';
import { untilWithin } from '../support/browser.ts';
import { untilTiles } from '../support/call.ts';
import { signalRenderers } from '../support/renderer.ts';

declare global {
  /** Ids of those who were removed, in a page that {@link followDepartures}. */
  var departed: string[];
}

const FROZEN_MS = 30_000;
/** Silence is looked for twice a second. */
const LOOKS_MS = 500;

const followDepartures = (page: Page) => page.evaluate(() => {
  globalThis.departed = [];
  room.lifecycle.on('participant-left', ({ participant }) => { departed.push(participant.id); });
});
const interrupted = () => room.snapshot.participants[0]?.state === 'interrupted';
const alone = () => room.snapshot.participants.length === 0;

describeFaults('a tab', (stage) => {
  it('closed: the others know it in 0.5 s', async (context) => {
    const [ada, bo] = [await stage.join('Ada'), await stage.join('Bo')];
    await startCounting(ada, bo);
    const closedMs = performance.now();
    await bo.page.close();
    await timed(context, 'removed', 500, closedMs, ada.page, alone);
    await untilTiles(ada.page, 1);
  });

  for (const { relay, goneMs } of [{ relay: true, goneMs: 6000 }, { relay: false, goneMs: 35_000 }]) {
    it(`crashed, ${relay ? 'with' : 'without'} a relay: a badge after 4 s, removed in ${goneMs / 1000} s`, async (context) => {
      const [ada, bo] = [await stage.join('Ada'), await stage.join('Bo')];
      await startCounting(ada, bo);
      if (!relay) await stage.relay.kill();
      const crashedMs = performance.now();
      await signalRenderers(bo.browser, 'SIGKILL');
      await timed(context, 'badge', 4000 + LOOKS_MS, crashedMs, ada.page, interrupted);
      await timed(context, 'removed', goneMs, crashedMs, ada.page, alone);
      await untilTiles(ada.page, 1);
    });
  }

  it('frozen for 30 s: a badge after 6 s, not removed, back 3 s after it wakes, nothing lost', async (context) => {
    const [ada, bo] = [await stage.join('Ada'), await stage.join('Bo')];
    await startCounting(ada, bo);
    await followDepartures(ada.page);
    await followDepartures(bo.page);
    const frozenMs = performance.now();
    await signalRenderers(bo.browser, 'SIGSTOP');
    try {
      await timed(context, 'badge', 6000, frozenMs, ada.page, interrupted);
      await delay(Math.max(0, frozenMs + FROZEN_MS - performance.now())); // The fault itself: so long it lasts.
    } finally {
      await signalRenderers(bo.browser, 'SIGCONT');
    }
    const awakeMs = performance.now();
    for (const { page, name } of [ada, bo]) {
      const frames = await page.evaluate(() => presented.count);
      await timed(context, `${name} healed`, 3000, awakeMs, page, (count) =>
        room.snapshot.participants[0]?.state === 'connected' && presented.count > count + 3, frames);
    }
    for (const { page } of [ada, bo]) await untilWithin(10_000, page, () => room.snapshot.state === 'joined');
    await assertUntouched(ada, bo);
    for (const { page } of [ada, bo]) assert.deepEqual(await page.evaluate(() => departed), []);
  });
});
