import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { IN_FIREFOX, joinRoom, openEngine, skipInFirefox, until, untilConnected } from '../support/browser.ts';
import { installProbe } from '../support/probe.ts';
import { startRelay } from '../support/relay.ts';
import { NO_LIMITS, useStage } from '../support/stage.ts';
import type { TestPage } from '../support/browser.ts';
import type * as Debug from '../../src/debug/index.ts';

declare global {
  /** In a page of these tests: `/debug.js`. */
  var debug: typeof Debug;
  /** Every other state the room and the other participant were in, in order. */
  var states: string[];
  /** What it heard. */
  var heardHere: unknown[];
}

const NO_EVENTS_OF_A_PAGE = 'who listens to a track hears no event that a script makes';

type Options = Omit<Debug.SimulateOptions, 'signal'>;

/**
 * What `simulate` is for: each fault shows in the room as the real one does, and heals. All at once: most of it is waiting.
 * (Pages of one origin share a process of Firefox's, and would be frozen together.)
 */
describe('simulate', { concurrency: !IN_FIREFOX }, () => {
  const stage = useStage(NO_LIMITS);
  let rooms = 0;

  /** A page in a room, ended with the test. */
  async function open(context: TestContext, name: string, origin = stage.relay.origin): Promise<TestPage> {
    const page = await openEngine(stage.browser, origin, (fresh) => fresh.evaluateOnNewDocument(installProbe));
    context.after(() => page.browserContext().close());
    await page.evaluate("import('/debug.js').then((exported) => { globalThis.debug = exported; })");
    await joinRoom(page, { name });
    await page.evaluate(() => {
      globalThis.heardHere = [];
      room.on('n', (n) => { heardHere.push(n); });
    });
    return page;
  }

  /** Two who have met. */
  async function pair(context: TestContext): Promise<[TestPage, TestPage]> {
    const name = `simulate-${rooms++}`;
    const pages = [await open(context, name), await open(context, name)] as [TestPage, TestPage];
    for (const page of pages) {
      await untilConnected(page, 1);
      await page.evaluate(() => {
        globalThis.states = [];
        let last = 'joined connected ';
        room.subscribe(({ state, participants: [other] }) => {
          const now = `${state} ${other?.state ?? 'alone'} ${other?.reason ?? ''}`;
          if (now !== last) states.push((last = now));
        });
      });
    }
    return pages;
  }

  const simulate = (page: TestPage, fault: Debug.Fault, options: Options = {}) =>
    page.evaluate((what, how) => debug.simulate(room, what, how), fault, options);
  const isConnected = () => room.snapshot.participants[0]?.state === 'connected';

  it('relay-lost: the room reconnects, the call goes on', async (context) => {
    const [ada, bo] = await pair(context);
    await simulate(ada, 'relay-lost', { forMs: 1500 });
    await until(ada, () => states.length === 2);
    assert.deepEqual(await ada.evaluate(() => states), ['reconnecting connected ', 'joined connected ']);
    assert.deepEqual(await bo.evaluate(() => states), []);
  });

  it('relay-silent: the room reconnects once it has noticed, under the same id', async (context) => {
    const silent = await startRelay('--limits-ping-interval-ms', '2000', '--limits-ping-timeout-ms', '2000');
    context.after(() => silent.stop());
    const page = await open(context, 'silent', silent.origin);
    const id = await page.evaluate(() => room.snapshot.local.id);
    const over = simulate(page, 'relay-silent', { forMs: 5500 });
    await until(page, () => room.snapshot.state === 'reconnecting');
    await over;
    await until(page, () => room.snapshot.state === 'joined');
    assert.equal(await page.evaluate(() => room.snapshot.local.id), id);
  });

  it('peer-silent: a badge after 4 s, and then all that they said meanwhile', async (context) => {
    const [ada, bo] = await pair(context);
    const over = simulate(ada, 'peer-silent', { forMs: 5500 });
    await bo.evaluate(() => { for (let n = 0; n < 10; n++) room.emit('n', n); });
    await until(ada, () => room.snapshot.participants[0]?.reason === 'silent');
    assert.deepEqual(await ada.evaluate(() => heardHere), []);
    await over;
    await until(ada, () => heardHere.length === 10 && room.snapshot.participants[0]?.state === 'connected');
    assert.deepEqual(await ada.evaluate(() => heardHere), Array.from({ length: 10 }, (_, n) => n));
    assert.deepEqual(await bo.evaluate(() => states), []);
  });

  it('ice-failed: ICE is restarted at once, on the same connection', async (context) => {
    const [ada] = await pair(context);
    const name = () => ada.evaluate(() => probe.pcs.map(({ localDescription }) => /ice-ufrag:\S+/.exec(localDescription?.sdp ?? '')?.[0]).join());
    const before = await name();
    await simulate(ada, 'ice-failed', { forMs: 1000 });
    await until(ada, (old) => probe.pcs.every(({ localDescription }) => !localDescription?.sdp.includes(old)), before);
    await until(ada, () => probe.pcs.every(({ signalingState, connectionState }) => `${signalingState} ${connectionState}` === 'stable connected'));
    assert.equal(await ada.evaluate(() => probe.pcs.length), 1);
  });

  it('pc-lost: both ends make another connection, under the same ids', async (context) => {
    const [ada, bo] = await pair(context);
    const participant = await bo.evaluate(() => room.snapshot.local.id);
    await simulate(ada, 'pc-lost', { participant, forMs: 0 });
    for (const page of [ada, bo]) {
      await until(page, () => probe.pcs.some((pc, i) => i > 0 && pc.connectionState === 'connected'));
      await untilConnected(page, 1);
    }
    assert.deepEqual(await ada.evaluate(() => room.snapshot.participants.map(({ id }) => id)), [participant]);
  });

  it('device-lost: off, with the error of a device that was unplugged', { skip: skipInFirefox(NO_EVENTS_OF_A_PAGE) }, async (context) => {
    const page = await open(context, 'devices');
    await page.evaluate(() => room.enable('camera'));
    await simulate(page, 'device-lost', { forMs: 0 });
    assert.deepEqual(await page.evaluate(() => [room.snapshot.local.camera.state, room.snapshot.local.camera.error?.code]), ['off', 'device-missing']);
    await assert.rejects(simulate(page, 'device-lost'), /Nothing of that source is on/);
  });

  it('freeze: the others see a badge, and nobody is removed', async (context) => {
    const [ada, bo] = await pair(context);
    await simulate(ada, 'freeze', { forMs: 7000 });
    for (const page of [ada, bo]) await until(page, isConnected);
    assert.deepEqual(await bo.evaluate(() => states), ['joined interrupted silent', 'joined connected ']);
  });

  it('is refused where no room is joined', async (context) => {
    const page = await open(context, 'nobody');
    await page.evaluate(() => room.leave());
    await assert.rejects(simulate(page, 'pc-lost'), /not joined/);
  });
});
