import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch, until, untilConnected, untilWithin } from '../support/browser.ts';
import { assertMet, enter, openRoom, tileOf, untilTiles } from '../support/call.ts';
import { findHaproxy, startHaproxy } from '../support/haproxy.ts';
import type { Haproxy } from '../support/haproxy.ts';
import { followFrames, untilFrames } from '../support/media.ts';
import { startRelayOf } from '../support/relay.ts';
import type { RelayProcess } from '../support/relay.ts';

declare global {
  /** What the room told of participants since the call stood. */
  var told: string[];
}

const FLAGS = ['--affinity', '--trusted-hops', '1'];
const SECRET = 'one secret for both relays of the test';
/** A frame every 50 ms is normal; a rebuilt connection or element costs seconds. */
const GAP_MS = 2000;
const haproxy = findHaproxy();

describe('a call whose relay is one of two behind haproxy', { skip: 'missing' in haproxy && haproxy.missing }, () => {
  const endings: (() => unknown)[] = [];
  let browser: Browser;
  let relays: [RelayProcess, RelayProcess];
  let proxy: Haproxy;
  before(async () => {
    if ('missing' in haproxy) return;
    browser = await launch();
    endings.push(() => browser.close());
    relays = await Promise.all([startRelayOf(SECRET, ...FLAGS), startRelayOf(SECRET, ...FLAGS)]);
    endings.push(...relays.map((relay) => () => relay.stop()));
    proxy = await startHaproxy(haproxy.path, [relays[0].port, relays[1].port]);
    endings.push(() => proxy.stop());
  });
  after(async () => { await Promise.all(endings.map((end) => end())); });

  const join = async (name: string) => {
    const page = await openRoom(browser, `${proxy.origin}/?room=call`);
    return { page, id: await enter(page, name) };
  };

  it('goes on when it is killed: signaled by the other within 5 s, the same people, no picture stopped, and newcomers find them', async (context) => {
    const [ada, bo] = [await join('Ada'), await join('Bo')];
    const pair = [[ada, bo], [bo, ada]] as const;
    await Promise.all(pair.map(([{ page }, other]) => assertMet(page, other.id)));
    for (const [{ page }, other] of pair) {
      await followFrames(await tileOf(page, other.id));
      await page.evaluate(() => {
        globalThis.told = [];
        for (const event of ['participant-left', 'participant-joined', 'left'] as const) room.lifecycle.on(event, () => { told.push(event); });
      });
    }

    const home = (await proxy.rooms()).get('call');
    assert.ok(home === 1 || home === 2, `the room is on relay ${home}`);
    const startMs = performance.now();
    await Promise.all([relays[home - 1]?.kill(), ...pair.map(([{ page }]) => until(page, () => room.snapshot.state === 'reconnecting'))]);
    for (const { page } of [ada, bo]) await untilWithin(5000 - (performance.now() - startMs), page, () => room.snapshot.state === 'joined');
    context.diagnostic(`signaled by the other after ${Math.round(performance.now() - startMs)} ms`);
    for (const { page } of [ada, bo]) await untilFrames(page, 20);

    const cy = await join('Cy');
    await Promise.all([ada, bo].flatMap(({ page, id }) => [assertMet(page, cy.id), assertMet(cy.page, id)]));
    assert.equal((await proxy.rooms()).get('call'), 3 - home);
    for (const [{ page, id }, other] of pair) {
      await untilConnected(page, 2);
      await untilTiles(page, 3);
      const facts = await page.evaluate(() => ({
        own: room.snapshot.local.id, others: room.snapshot.participants.map((one) => one.id), told, pcs: probe.pcs.length,
        gapMs: presented.longestGapMs,
      }));
      assert.ok(facts.gapMs < GAP_MS, `${facts.gapMs} ms without a frame`);
      assert.deepEqual({ ...facts, gapMs: 0 }, { own: id, others: [other.id, cy.id], told: ['participant-joined'], pcs: 2, gapMs: 0 });
    }
  });
});
