import { setTimeout as delay } from 'node:timers/promises';
import { launch as launchPuppeteer } from 'puppeteer-core';
import type { Browser, LaunchOptions, Page } from 'puppeteer-core';
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/lib/chromium.mjs';
import type * as Engine from '../../src/index.ts';

declare global {
  /** In a page of {@link openEngine}: everything `/engine.js` exports. */
  var rtc: typeof Engine;
  /** In a page that joined with {@link joinRoom}. */
  var room: Engine.Room;
}

/** A page that keeps what went wrong in it. */
export interface TestPage extends Page {
  /** Uncaught errors, and what was written with `console.error`. */
  readonly problems: string[];
}

export const WAIT_MS = 15_000;
const POLL_MS = 50;

/** A Chromium with fake devices, ended with `browser.close()`. */
export function launch(options: LaunchOptions = {}): Promise<Browser> {
  return launchPuppeteer({ executablePath: ensureChromium(), args: CHROMIUM_ARGS, protocolTimeout: 60_000, ...options });
}

/** Nobody clicks "allow" by themselves: for {@link launch}. */
export const PROMPTING: LaunchOptions = { args: CHROMIUM_ARGS.filter((arg) => arg !== '--use-fake-ui-for-media-stream') };

/**
 * A page of its own context: nothing is shared with another but the machine.
 * @param prepare runs before the page's own scripts do
 */
export async function openPage(
  browser: Browser, url: string, prepare?: (page: Page) => Promise<unknown>,
): Promise<TestPage> {
  const context = await browser.createBrowserContext();
  const problems: string[] = [];
  const page = Object.assign(await context.newPage(), { problems });
  page.setDefaultTimeout(WAIT_MS);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    const { url = '' } = message.location();
    // Chromium asks every origin for an icon.
    if (message.type() === 'error' && !url.endsWith('/favicon.ico')) problems.push(`${message.text()} ${url}`.trim());
  });
  // Functions given to `evaluate` were compiled by esbuild, which marks names by a helper that pages do not have.
  await page.evaluateOnNewDocument('globalThis.__name = (target) => target');
  await prepare?.(page);
  await page.goto(url);
  return page;
}

/** A page of the relay's origin with nothing on it. */
export function openBlank(browser: Browser, origin: string, prepare?: (page: Page) => Promise<unknown>): Promise<TestPage> {
  return openPage(browser, `${origin}/health`, async (fresh) => {
    await fresh.setBypassCSP(true); // Nothing may run on the page that is borrowed here.
    await prepare?.(fresh);
  });
}

/** A bare page of the relay's origin with the engine as `rtc`. */
export async function openEngine(
  browser: Browser, origin: string, prepare?: (page: Page) => Promise<unknown>,
): Promise<TestPage> {
  const page = await openBlank(browser, origin, prepare);
  await page.evaluate("import('/engine.js').then((engine) => { globalThis.rtc = engine; })");
  return page;
}

/** Joins with the engine of {@link openEngine}; the page then has `room`. @returns the participant id */
export function joinRoom(page: Page, options: Omit<Engine.CreateRoomOptions, 'server'>): Promise<string> {
  return page.evaluate(async (given) => {
    globalThis.room = rtc.createRoom({ server: location.origin, ...given });
    await room.join();
    return room.snapshot.local.id;
  }, options);
}

/** Waits until a condition holds in the page, at most {@link WAIT_MS}. @throws Error with the condition that did not come true */
export function until<A extends unknown[]>(page: Page, condition: (...args: A) => unknown, ...args: A): Promise<void> {
  return untilWithin(WAIT_MS, page, condition, ...args);
}

/**
 * As {@link until}, with a limit of its own. Asked from here, because puppeteer's `waitForFunction` compiles code inside the
 * page, which a strict Content-Security-Policy forbids.
 */
export async function untilWithin<A extends unknown[]>(
  limitMs: number, page: Page, condition: (...args: A) => unknown, ...args: A
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!await page.evaluate(condition as (...args: unknown[]) => unknown, ...args)) {
    if (performance.now() > deadline) {
      throw new Error(`Not true within ${limitMs} ms: ${condition.toString()} ${JSON.stringify(args)}`);
    }
    await delay(POLL_MS);
  }
}

/** Waits until the page's `room` is connected with that many others. */
export function untilConnected(page: Page, others: number): Promise<void> {
  return until(page, (count) => room.snapshot.participants.filter(({ state }) => state === 'connected').length === count, others);
}
