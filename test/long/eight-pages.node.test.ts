import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openEngine, until, untilConnected } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { installProbe } from '../support/probe.ts';
import { useStage } from '../support/stage.ts';

const NAMES = ['Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Fay', 'Gil', 'Hal'];
/** Sixteen sockets: the relay takes 20 new ones of an address at once, then one a second. */
const ROUNDS = 2;

describe('eight pages', () => {
  const stage = useStage();

  it('that join in one moment are connected all with all, over exactly 28 connections, time after time', async (context) => {
    const pages: TestPage[] = [];
    for (const _ of NAMES) {
      pages.push(stage.own(await openEngine(stage.browser, stage.relay.origin, (page) => page.evaluateOnNewDocument(installProbe))));
    }
    for (let round = 0; round < ROUNDS; round++) {
      const startMs = performance.now();
      await Promise.all(pages.map((page, index) => page.evaluate(async (name, displayName) => {
        probe.pcs.length = 0;
        globalThis.room = rtc.createRoom({ server: location.origin, name, displayName });
        await room.join();
      }, `eight-${round}`, NAMES[index] ?? '')));
      await Promise.all(pages.map((page) => untilConnected(page, 7)));
      context.diagnostic(`round ${round}: connected after ${Math.round(performance.now() - startMs)} ms`);

      const ends = await Promise.all(pages.map((page) => page.evaluate(() => [
        probe.pcs.length, probe.pcs.filter(({ connectionState }) => connectionState === 'connected').length,
      ])));
      assert.deepEqual(ends, NAMES.map(() => [7, 7])); // 56 ends: 28 connections, and none was made in vain.
      await Promise.all(pages.map((page) => page.evaluate(() => room.leave())));
      for (const page of pages) await until(page, () => probe.pcs.every(({ connectionState }) => connectionState === 'closed'));
    }
    assert.deepEqual(pages.flatMap(({ problems }) => problems), []);
  });
});
