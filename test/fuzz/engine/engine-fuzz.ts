/** Our engine in a real page, under fire over real connections; beside it an honest one that must notice nothing. */
import type { Browser } from 'puppeteer-core';
import { root } from '../../../scripts/lib/root.mjs';
import { createRelay } from '../../../server/index.ts';
import { launch, openBlank, until, untilConnected } from '../../support/browser.ts';
import { loadModule } from '../../support/interop.ts';
import { HostileRelay } from './hostile-relay.ts';
import type { TestPage } from '../../support/browser.ts';
import type { PeerLimits, RoomOptions } from '../../../src/index.ts';
import type * as RawPeer from './raw-peer.ts';
import type * as Victim from './victim.ts';

declare global {
  var raw: typeof RawPeer;
  var victim: typeof Victim;
}

export interface EngineFuzzOptions {
  seed: number;
  from?: number;
  /** Frames on each road. */
  control: number;
  channel: number;
  relayed: number;
  /** Frames under the default limits, which disconnect who sends them again and again. */
  strict: number;
}

export interface EngineFuzzReport {
  failures: string[];
  /** What came to whom, by round: dropped by reason, heard by event, told by the library. */
  rounds: Map<string, Record<string, unknown>>;
  heapBytes: readonly [before: number, after: number];
}

const ROOMY = { burst: 1e12, perSecond: 1e12 };
/** The handlers are what is under fire: no rate stands before them. */
const DEEP: Partial<PeerLimits> = {
  eventsPerSecond: 1e9, eventsBurst: 1e9, strikes: 1e12, chatLinesPerSecond: 1e9, chatLinesBurst: 1e9,
};
const CHANNELS = ['doc', 'bulk'];
const SLICE = 5000;
const MAX_GROWTH_BYTES = 24 * 2 ** 20;
/** What may be told of a stranger who says anything: who comes, who goes and why, lines of chat, and that a code differs. */
const MAY_BE_TOLD = new Set([
  'joined', 'left', 'state-changed', 'participant-joined', 'participant-left', 'message-received',
  'error peer-misbehaved', 'error undelivered', 'error queue-full', 'error verification-mismatch',
]);

export async function fuzzEngine(options: EngineFuzzOptions): Promise<EngineFuzzReport> {
  const { seed, from = 0 } = options;
  const relay = createRelay({
    port: 0, host: '127.0.0.1', capacity: 50, secret: 'fuzz'.repeat(10),
    limits: {
      socketsPerAddress: 1e6, connects: ROOMY, messages: ROOMY, bytes: ROOMY, joins: ROOMY, rooms: ROOMY, addressJoins: ROOMY,
      addressMessages: ROOMY, addressBytes: ROOMY, roomMessages: ROOMY, roomBytes: ROOMY,
    },
  });
  const { port } = await relay.ready;
  const origin = `http://127.0.0.1:${port}`;
  const browser = await launch();
  const hostile = new HostileRelay();
  const report: EngineFuzzReport = { failures: [], rounds: new Map(), heapBytes: [0, 0] };
  try {
    const [target, honest, attacker] = await Promise.all([
      enginePage(browser, origin), enginePage(browser, origin), openBlank(browser, origin),
    ]);
    await loadModule(target, 'victim', "export * from './victim.ts';", `${root}/test/fuzz/engine`);
    await loadModule(attacker, 'raw', "export * from './raw-peer.ts';", `${root}/test/fuzz/engine`);

    const underFire = async (what: string, limits: Partial<PeerLimits>, frames: number, channel?: string) => {
      const name = `fuzz-${report.rounds.size}`;
      const id = await target.evaluate((given, names) => victim.beUnderFire({ server: location.origin, ...given }, names),
        { name, limits } satisfies RoomOptions, CHANNELS);
      await honest.evaluate((given) => {
        globalThis.room = rtc.createRoom({ server: location.origin, name: given });
        return room.join();
      }, name);
      await untilConnected(honest, 1);
      let meetings = 0;
      let said = 0;
      for (let at = from; at < from + frames; at += SLICE) {
        const round = { seed, from: at, count: Math.min(SLICE, from + frames - at), ...(channel && { channel }) };
        meetings += await attacker.evaluate((...args) => raw.fire(...args), origin, name, id, round);
        await honest.evaluate((n) => { room.emit('honest', n); }, said);
        said++;
        await until(target, (n) => noted.honest.length === n, said);
        if (at === from && report.heapBytes[0] === 0) report.heapBytes = [await heapOf(target), 0];
      }
      await attacker.evaluate(() => { raw.part(); });
      await until(target, () => room.snapshot.participants.length === 1);
      const { mishaps, told, heard, dropped, honest: order, touched } = await target.evaluate(() => victim.reportOf());
      report.rounds.set(what, { frames, meetings, heard, dropped, told });
      const fail = (problem: string) => report.failures.push(`${what}: ${problem}`);
      for (const mishap of [...mishaps, ...target.problems.splice(0)]) fail(mishap);
      if (touched) fail('a prototype was touched');
      if (order.some((n, i) => n !== i)) fail(`the honest one was heard as ${order.join()}`);
      for (const event of Object.keys(told)) if (!MAY_BE_TOLD.has(event)) fail(`the library told ${event}`);
      if ((told['participant-joined'] ?? 0) > meetings + 1) fail(`${told['participant-joined']} came in ${meetings} meetings`);
      await untilConnected(honest, 1);
      for (const page of [honest, target]) await page.evaluate(() => { room.close(); });
      return { meetings, told };
    };

    await underFire('control channel', DEEP, options.control);
    for (const channel of CHANNELS) await underFire(`channel "${channel}"`, DEEP, Math.ceil(options.channel / CHANNELS.length), channel);
    const { meetings, told } = await underFire('default limits', {}, options.strict);
    const struck = told['error peer-misbehaved'] ?? 0;
    if (struck === 0 || struck < meetings - 2) report.failures.push(`default limits: struck out ${struck} times in ${meetings} meetings`);

    const hostileOrigin = await hostile.listen();
    await target.evaluate((server) => victim.beUnderFire({ server, name: 'hostile' }, []), hostileOrigin);
    for (let at = from; at < from + options.relayed; at += 500) {
      hostile.tell(seed, at, Math.min(500, from + options.relayed - at));
      hostile.announce(`honest-${at}`);
      await until(target, (id) => room.snapshot.participants.some((one) => one.id === id), `honest-${at}`);
    }
    const after = await target.evaluate(() => victim.reportOf());
    const relayed = Object.fromEntries(hostile.told);
    report.rounds.set('a relay gone bad', { events: options.relayed, told: after.told, relayed });
    for (const mishap of [...after.mishaps, ...target.problems.splice(0)]) report.failures.push(`a relay gone bad: ${mishap}`);
    if (after.touched) report.failures.push('a relay gone bad: a prototype was touched');
    await target.evaluate(() => { room.close(); });

    report.heapBytes = [report.heapBytes[0], await heapOf(target)];
    const grownBytes = report.heapBytes[1] - report.heapBytes[0];
    if (grownBytes > MAX_GROWTH_BYTES) report.failures.push(`the heap grew by ${grownBytes} bytes`);
  } catch (error) {
    report.failures.push(error instanceof Error ? error.stack ?? error.message : String(error));
  } finally {
    await browser.close();
    await Promise.all([relay.close(), hostile.close()]);
  }
  return report;
}

async function enginePage(browser: Browser, origin: string): Promise<TestPage> {
  const page = await openBlank(browser, origin);
  await loadModule(page, 'rtc', "export * from './src/index.ts';", root);
  return page;
}

/** After a collection. */
async function heapOf(page: TestPage): Promise<number> {
  const cdp = await page.createCDPSession();
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize;
}
