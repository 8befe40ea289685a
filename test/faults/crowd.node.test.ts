import assert from 'node:assert/strict';
import { it } from 'node:test';
import { joinRoom, openEngine } from '../support/browser.ts';
import { describeFaults, timed } from '../support/fault-stage.ts';
import { installProbe } from '../support/probe.ts';
import type { TestPage } from '../support/browser.ts';
import type { FaultStage } from '../support/fault-stage.ts';

const STORM_MS = 8000;

/** Pages of the engine, each on a machine of its own; they have not joined. */
async function openPages(stage: FaultStage, count: number): Promise<TestPage[]> {
  const pages: TestPage[] = [];
  for (let i = 0; i < count; i++) {
    const { browser } = await stage.machine();
    pages.push(await openEngine(browser, stage.origin, (page) => page.evaluateOnNewDocument(installProbe)));
  }
  return pages;
}

const connected = (others: number) => room.snapshot.participants.filter(({ state }) => state === 'connected').length === others;
const pcCounts = (page: TestPage) => page.evaluate(() => [
  probe.pcs.length, probe.pcs.filter(({ connectionState }) => connectionState === 'connected').length,
]);

describeFaults('a crowd', (stage) => {
  it('of eight that join at once is connected in 6 s, over exactly 28 connections', async (context) => {
    const pages = await openPages(stage, 8);
    const startMs = performance.now();
    await Promise.all(pages.map((page, i) => joinRoom(page, { name: stage.room, displayName: `P${i}` })));
    for (const [i, page] of pages.entries()) await timed(context, `P${i}`, 6000, startMs, page, connected, 7);
    assert.deepEqual(await Promise.all(pages.map(pcCounts)), pages.map(() => [7, 7])); // 56 ends, and none made in vain.
  });

  it('of three that join in one moment meets once, ten times in a row', async (context) => {
    const pages = await openPages(stage, 3);
    for (let round = 0; round < 10; round++) {
      const name = `${stage.room}-${round}`;
      await Promise.all(pages.map((page) => page.evaluate(() => { probe.pcs.length = 0; })));
      const startMs = performance.now();
      await Promise.all(pages.map((page) => joinRoom(page, { name, displayName: 'x' })));
      for (const page of pages) await timed(context, `round ${round}`, 6000, startMs, page, connected, 2);
      assert.deepEqual(await Promise.all(pages.map(pcCounts)), pages.map(() => [2, 2]));
      await Promise.all(pages.map((page) => page.evaluate(() => room.leave())));
    }
  });

  it('of two that renegotiate at random is stable in 3 s, each has what the other shows, and m-lines are used again', async (context) => {
    const pages = await openPages(stage, 2);
    await Promise.all(pages.map((page) => joinRoom(page, { name: stage.room, displayName: 'x' })));
    for (const page of pages) await timed(context, 'connected', 6000, performance.now(), page, connected, 1);
    const most = await Promise.all(pages.map((page) => page.evaluate(async (stormMs) => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d');
      const endMs = performance.now() + stormMs;
      const open: ReturnType<typeof room.publish>[] = [];
      let [turns, highest] = [0, 0];
      while (performance.now() < endMs) {
        const oldest = open[0];
        if (oldest && (open.length === 4 || Math.random() < 0.5)) {
          room.unpublish(oldest);
          open.shift();
        } else {
          open.push(room.publish({ source: `s${turns}`, stream: canvas.captureStream(0) }));
        }
        turns++;
        highest = Math.max(highest, open.length);
        await new Promise((resolve) => { setTimeout(resolve, Math.random() * 200); });
      }
      return { turns, highest };
    }, STORM_MS)));
    const calmMs = performance.now();
    const shown = await Promise.all(pages.map((page) => page.evaluate(() => room.snapshot.local.tracks.map(({ source }) => source))));
    for (const [i, page] of pages.entries()) {
      await timed(context, `stable after ${most[i]?.turns} changes`, 3000, calmMs, page, (wanted) =>
        probe.pcs.every(({ signalingState }) => signalingState === 'stable')
        && (room.snapshot.participants[0]?.tracks.filter(({ track }) => track).map(({ source }) => source) ?? []).sort().join() === wanted,
      (shown[1 - i] ?? []).sort().join());
    }
    const bound = (most[0]?.highest ?? 0) + (most[1]?.highest ?? 0);
    for (const page of pages) {
      const [pcs, transceivers] = await page.evaluate(() => [probe.pcs.length, probe.pcs[0]?.getTransceivers().length ?? 0]);
      assert.equal(pcs, 1, 'the connection was never made anew');
      assert.ok((transceivers ?? 0) <= bound, `${transceivers} transceivers for at most ${bound} streams at a time`);
    }
  });
});
