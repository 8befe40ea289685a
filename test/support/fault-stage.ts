/** A call over a network that breaks: everyone's Chromium on a machine of its own, the relay on the hub between them. */
import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe } from 'node:test';
import type { TestContext } from 'node:test';
import { launch as launchPuppeteer } from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { CHROMIUM_ARGS } from '../../scripts/lib/chromium.mjs';
import { assertMet, enter, openRoom, tileOf, untilTiles } from './call.ts';
import { untilWithin } from './browser.ts';
import { followFrames, untilFrames } from './media.ts';
import { HUB, startNetwork } from './netns.ts';
import { startRelay } from './relay.ts';
import type { Person } from './stage.ts';
import type { Machine, Network } from './netns.ts';
import type { RelayProcess } from './relay.ts';

declare global {
  /** In a page of {@link FaultStage}: number -> how often it came, of the one other who counts. */
  var numbers: number[];
  /** How many were sent from here. */
  var sent: number;
}

export interface Place { readonly machine: Machine; readonly browser: Browser }
export interface Caller extends Person, Place { readonly name: string }

/** What stands beside the relay. */
export interface Neighbour {
  /** @returns flags for the relay */
  start(): Promise<string[]>;
  stop(): Promise<void> | undefined;
}

export interface FaultStage {
  readonly network: Network;
  readonly relay: RelayProcess;
  /** What the pages are opened from. */
  readonly origin: string;
  readonly room: string;
  /** A new machine, a new browser, and {@link FaultStage.enter}. */
  join(name: string, how?: 'join' | 'join-without'): Promise<Caller>;
  /** A machine and a browser there, with no page yet. */
  machine(): Promise<Place>;
  /** The demo's page there, in the test's room. */
  enter(place: Place, name: string, how?: 'join' | 'join-without'): Promise<Caller>;
}

/** A `describe` in which each test has a network, a relay and browsers of its own. */
export function describeFaults(name: string, tests: (stage: FaultStage) => void, neighbour?: Neighbour): void {
  describe(name, () => {
    let [network, relay]: [Network?, RelayProcess?] = [];
    let rooms = 0;
    const browsers: Browser[] = [];
    const stage: FaultStage = {
      get network() { assert.ok(network); return network; },
      get relay() { assert.ok(relay); return relay; },
      get origin() { return `http://${HUB}:${stage.relay.port}`; },
      get room() { return `fault-${rooms}`; },
      async machine() {
        const machine = await stage.network.addMachine();
        const browser = await launchPuppeteer({
          executablePath: machine.chromium, pipe: true, protocolTimeout: 90_000,
          // Devices are for secure contexts only, and no certificate is at hand.
          args: [...CHROMIUM_ARGS, `--unsafely-treat-insecure-origin-as-secure=${stage.origin}`],
        });
        browsers.push(browser);
        return { machine, browser };
      },
      async enter(place, called, how) {
        const page = await openRoom(place.browser, `${stage.origin}/?room=${stage.room}`);
        return { ...place, page, name: called, id: await enter(page, called, how) };
      },
      join: async (called, how) => stage.enter(await stage.machine(), called, how),
    };
    before(() => { network = startNetwork(); });
    beforeEach(async () => {
      rooms++;
      relay = await startRelay('--host', '0.0.0.0', ...await neighbour?.start() ?? []);
    });
    afterEach(async () => {
      network?.heal();
      await Promise.all(browsers.splice(0).map((browser) => browser.close()));
      await Promise.all([relay?.stop(), neighbour?.stop(), network?.close()]);
    });
    tests(stage);
  });
}

/**
 * A call under way: two who see and hear each other, each of whom counts aloud ten times a second.
 * Before, Chromium knows neither a sender's clock (from few pictures it guesses one 9 s later wrong by up to 3 s)
 * nor how long a round trip takes (SCTP then waits for seconds before it tries again).
 */
export async function startCounting(...people: [Person, Person]): Promise<void> {
  const [ada, bo] = people;
  for (const [one, other] of [[ada, bo], [bo, ada]] as const) {
    await assertMet(one.page, other.id);
    await followFrames(await tileOf(one.page, other.id));
    await one.page.evaluate(() => {
      globalThis.numbers = [];
      globalThis.sent = 0;
      room.on('number', (number) => { numbers.push(Number(number)); });
    });
  }
  for (const { page } of people) await page.evaluate(() => { setInterval(() => { room.emit('number', sent++); }, 100); });
  for (const { page } of people) await untilWithin(40_000, page, () => numbers.length > 20 && presented.count > 200);
}

/** Both have heard all the numbers, once and in order; each sees the same other as before, once, and their picture moves. */
export async function assertUntouched(...people: [Person, Person]): Promise<void> {
  const [ada, bo] = people;
  for (const [one, other] of [[ada, bo], [bo, ada]] as const) {
    const sentByOther = await other.page.evaluate(() => sent);
    await untilWithin(10_000, one.page, (count) => numbers.length >= count, sentByOther);
    const { heard, ids, own } = await one.page.evaluate(() => ({
      heard: numbers, ids: room.snapshot.participants.map(({ id }) => id), own: room.snapshot.local.id,
    }));
    assert.deepEqual(heard, heard.map((_, index) => index), 'every number came once and in order');
    assert.deepEqual({ ids, own }, { ids: [other.id], own: one.id });
    await untilTiles(one.page, 2);
    await untilFrames(one.page, 10);
  }
}

/** A frame every 50 ms is normal; a rebuilt connection or element costs seconds. */
export async function assertNoGap(context: TestContext, ...people: Caller[]): Promise<void> {
  for (const { page, name } of people) {
    const gapMs = await page.evaluate(() => Math.round(presented.longestGapMs));
    context.diagnostic(`${name}'s longest time without a frame: ${gapMs} ms`);
    assert.ok(gapMs < 2000, `${gapMs} ms without a frame`);
  }
}

/** Measures how long something takes, written into the test's report. @throws Error when it takes longer than the table says. */
export async function timed<A extends unknown[]>(
  context: TestContext, what: string, boundMs: number, sinceMs: number, page: Page, condition: (...args: A) => unknown, ...args: A
): Promise<number> {
  const leftMs = sinceMs + boundMs - performance.now();
  await untilWithin(Math.max(0, leftMs), page, condition, ...args);
  const tookMs = Math.round(performance.now() - sinceMs);
  context.diagnostic(`${what}: ${tookMs} ms (${boundMs} ms)`);
  return tookMs;
}
