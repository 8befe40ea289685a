import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { describeRedis } from '../../server/redis/redis.testing.ts';
import { launch, openEngine, until, untilConnected, untilWithin } from '../support/browser.ts';
import { assertMet, enter, openRoom, tileOf, untilTiles } from '../support/call.ts';
import { followFrames, untilFrames } from '../support/media.ts';
import { installProbe } from '../support/probe.ts';
import { startRelayOf } from '../support/relay.ts';
import type { RelayProcess } from '../support/relay.ts';

const SECRET = 'one secret for both relays of the test';
/** A frame every 50 ms is normal; a rebuilt connection or element costs seconds. */
const GAP_MS = 2000;
/** Each round takes two sockets of the twenty that a relay grants an address at once, and one a second after that. */
const ROUNDS = 8;

describeRedis('pages on two relays with one Redis', (stage) => {
  let browser: Browser;
  let relays: [RelayProcess, RelayProcess];
  before(async () => {
    const url = stage.freshUrl();
    [browser, ...relays] = await Promise.all([launch(), startRelayOf(SECRET, '--redis', url), startRelayOf(SECRET, '--redis', url)]);
  });
  after(async () => {
    await browser.close();
    await Promise.all(relays.map((relay) => relay.stop()));
  });

  const join = async ({ origin }: RelayProcess, name: string) => {
    const page = await openRoom(browser, `${origin}/?room=call`);
    return { page, id: await enter(page, name) };
  };

  it('that join in one moment are connected over exactly one connection, time after time', async () => {
    const pages = await Promise.all(relays.map(({ origin }) =>
      openEngine(browser, origin, (page) => page.evaluateOnNewDocument(installProbe))));
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(pages.map((page) => page.evaluate(async (name) => {
        probe.pcs.length = 0;
        globalThis.room = rtc.createRoom({ server: location.origin, name });
        await room.join();
      }, `at-once-${round}`)));
      for (const page of pages) await untilConnected(page, 1);
      const facts = await Promise.all(pages.map((page) => page.evaluate(() => [probe.pcs.length, room.snapshot.participants.length])));
      assert.deepEqual(facts, [[1, 1], [1, 1]]);
      await Promise.all(pages.map((page) => page.evaluate(() => room.leave())));
    }
    await Promise.all(pages.map((page) => page.browserContext().close()));
  });

  it('see and hear each other on, whatever becomes of Redis and of a relay', async () => {
    const [one, two] = relays;
    const [ada, bo] = [await join(one, 'Ada'), await join(two, 'Bo')];
    const pair = [[ada, bo], [bo, ada]] as const;
    await Promise.all(pair.map(([{ page }, other]) => assertMet(page, other.id)));
    for (const [{ page }, other] of pair) await followFrames(await tileOf(page, other.id));

    await stage.redis.kill();
    for (const { page } of [ada, bo]) await untilFrames(page, 40);
    await stage.redis.start();
    await one.kill();
    await until(ada.page, () => room.snapshot.state === 'reconnecting');
    await one.start();
    await untilWithin(5000, ada.page, () => room.snapshot.state === 'joined');
    for (const { page } of [ada, bo]) await untilFrames(page, 20);

    const cy = await join(two, 'Cy');
    await Promise.all([ada, bo].flatMap(({ page, id }) => [assertMet(page, cy.id), assertMet(cy.page, id)]));
    for (const [{ page, id }, other] of pair) {
      await untilConnected(page, 2);
      await untilTiles(page, 3);
      const facts = await page.evaluate(() => ({
        own: room.snapshot.local.id, others: room.snapshot.participants.map((each) => each.id), pcs: probe.pcs.length,
        gapMs: presented.longestGapMs,
      }));
      assert.ok(facts.gapMs < GAP_MS, `${facts.gapMs} ms without a frame`);
      assert.deepEqual({ ...facts, gapMs: 0 }, { own: id, others: [other.id, cy.id], pcs: 2, gapMs: 0 });
    }
  });
});
