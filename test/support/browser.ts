import { setTimeout as delay } from 'node:timers/promises';
import { launch as launchPuppeteer } from 'puppeteer-core';
import type { Browser, HTTPRequest, LaunchOptions, Page } from 'puppeteer-core';
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/lib/chromium.mjs';
import { FIREFOX_PREFS, findFirefox, noFirefox } from '../../scripts/lib/firefox.mjs';
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

/** `npm run test:firefox` runs the same tests there. */
const DEFAULT_BROWSER = process.env['RTC_BROWSER'] === 'firefox' ? 'firefox' : 'chrome';
export const IN_FIREFOX = DEFAULT_BROWSER === 'firefox';

/** A browser with fake devices, ended with `browser.close()`: Chromium, or what `RTC_BROWSER` or the options say. */
export async function launch({ browser = DEFAULT_BROWSER, ...options }: LaunchOptions = {}): Promise<Browser> {
  if (browser === 'chrome') {
    return launchPuppeteer({ executablePath: ensureChromium(), args: CHROMIUM_ARGS, protocolTimeout: 60_000, ...options });
  }
  const { args: _, extraPrefsFirefox, ...rest } = options; // The arguments are Chromium's.
  const executablePath = findFirefox();
  if (!executablePath) throw new Error(noFirefox());
  const launched = await launchPuppeteer({
    browser, executablePath, protocolTimeout: 60_000, extraPrefsFirefox: { ...FIREFOX_PREFS, ...extraPrefsFirefox }, ...rest,
  });
  firefoxes.add(launched);
  return launched;
}

const firefoxes = new WeakSet<Browser>();
const isFirefox = (browser: Browser): boolean => firefoxes.has(browser);

/** For `skip`. @returns in Firefox the reason, said loudly; elsewhere false */
export function skipInFirefox(why: string): string | false {
  if (IN_FIREFOX) console.error(`SKIPPED in Firefox: ${why}`);
  return IN_FIREFOX && why;
}

/** Nobody clicks "allow" by themselves, in Chromium: for {@link launch}. */
export const PROMPTING: LaunchOptions = { args: CHROMIUM_ARGS.filter((arg) => arg !== '--use-fake-ui-for-media-stream') };

/**
 * What a person decided beforehand, in a page that is not loaded yet. WebDriver BiDi has no word for devices in Firefox 153:
 * there it is the page's `getUserMedia` that refuses.
 */
export async function allowDevices(page: Page, origin: string, allowed: readonly ('camera' | 'microphone')[]): Promise<void> {
  if (isFirefox(page.browser())) {
    await page.evaluateOnNewDocument((camera, microphone) => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (wanted) => (wanted?.video && !camera) || (wanted?.audio && !microphone)
        ? Promise.reject(new DOMException('Refused.', 'NotAllowedError')) : ask(wanted);
    }, allowed.includes('camera'), allowed.includes('microphone'));
  } else {
    await page.browserContext().setPermission(origin, ...(['camera', 'microphone'] as const).map((name) =>
      ({ permission: { name }, state: allowed.includes(name) ? 'granted' as const : 'denied' as const })));
  }
}

/**
 * A page of its own context: nothing is shared with another but the machine.
 * @param prepare runs before the page's own scripts do
 */
export async function openPage(
  browser: Browser, url: string, prepare?: (page: Page) => Promise<unknown>,
): Promise<TestPage> {
  const context = await browser.createBrowserContext();
  const problems: string[] = [];
  // A tab behind another one is hidden, and what is hidden is throttled.
  const page = Object.assign(await context.newPage(isFirefox(browser) ? { type: 'window' } : {}), { problems });
  page.setDefaultTimeout(WAIT_MS);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    const { url = '' } = message.location();
    // Chromium asks every origin for an icon.
    if (message.type() === 'error' && !url.endsWith('/favicon.ico')) problems.push(`${message.text()} ${url}`.trim());
  });
  // Functions given to `evaluate` were compiled by esbuild, which marks names by a helper that pages do not have.
  await page.evaluateOnNewDocument('globalThis.__name = (target) => target');
  if (isFirefox(browser)) await page.evaluateOnNewDocument(fakeScreen);
  await prepare?.(page);
  await page.goto(url);
  return page;
}

/** For the page: the fake devices of Firefox have no screen. */
function fakeScreen(): void {
  if (!isSecureContext) return;
  navigator.mediaDevices.getDisplayMedia = () => {
    const canvas = document.createElement('canvas');
    const pencil = canvas.getContext('2d');
    let hue = 0;
    const drawing = setInterval(() => {
      if (!pencil) return;
      pencil.fillStyle = `hsl(${hue = (hue + 40) % 360} 80% 50%)`;
      pencil.fillRect(0, 0, canvas.width, canvas.height);
      if (stream.getTracks().every(({ readyState }) => readyState === 'ended')) clearInterval(drawing);
    }, 50);
    const stream = canvas.captureStream();
    return Promise.resolve(stream);
  };
}

/** A page of the relay's origin with nothing on it. */
export async function openBlank(
  browser: Browser, origin: string, prepare?: (page: Page) => Promise<unknown>,
): Promise<TestPage> {
  const url = `${origin}/health`;
  const blank = (request: HTTPRequest): void => {
    void (request.url() === url ? request.respond({ contentType: 'text/html', body: '<!doctype html>' }) : request.continue());
  };
  const page = await openPage(browser, url, async (fresh) => {
    // Nothing may run on the page that is borrowed here. Chromium lets one that comes from no address connect to none.
    if (isFirefox(browser)) await fresh.on('request', blank).setRequestInterception(true);
    else await fresh.setBypassCSP(true);
    await prepare?.(fresh);
  });
  if (isFirefox(browser)) await page.off('request', blank).setRequestInterception(false);
  return page;
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
  while (!await isTrue(page, condition as (...args: unknown[]) => unknown, args)) {
    if (performance.now() > deadline) {
      throw new Error(`Not true within ${limitMs} ms: ${condition.toString()} ${JSON.stringify(args)}`);
    }
    await delay(POLL_MS);
  }
}

/** Over WebDriver BiDi an object of the page's comes as `undefined`. */
async function isTrue(page: Page, condition: (...args: unknown[]) => unknown, args: unknown[]): Promise<boolean> {
  if (!isFirefox(page.browser())) return Boolean(await page.evaluate(condition, ...args));
  const result = await page.evaluateHandle(condition, ...args);
  return result.evaluate((value) => Boolean(value)).finally(() => result.dispose());
}

/** Waits until the page's `room` is connected with that many others. */
export function untilConnected(page: Page, others: number): Promise<void> {
  return until(page, (count) => room.snapshot.participants.filter(({ state }) => state === 'connected').length === count, others);
}
