import type { JSHandle, Page } from 'puppeteer-core';
import { until } from './browser.ts';

/**
 * What of these lives after everything that can be collected was. Chromium keeps tracks and streams that it captured, stopped
 * ones too, though no script holds them; what else is kept shows in the heap.
 */
const KINDS = [
  'RTCPeerConnection', 'RTCDataChannel', 'MediaStreamTrack', 'MediaStream', 'WebSocket', 'AbortController', 'HTMLElement',
] as const;

export type Census = Record<(typeof KINDS)[number] | 'timers' | 'listeners' | 'heapBytes', number>;

declare global {
  /** In a page prepared with {@link countTimers}: those that may still fire, with the time at which they were set. */
  var timers: Map<number, number>;
}

/** For `page.evaluateOnNewDocument`: needs nothing from outside. */
export function countTimers(): void {
  const timers = (globalThis.timers = new Map<number, number>());
  const { setTimeout, setInterval, clearTimeout, clearInterval } = window;
  type Handler = (...args: unknown[]) => void;
  Object.assign(globalThis, {
    setTimeout: (handler: Handler, delayMs?: number, ...args: unknown[]) => {
      const id = setTimeout(() => { timers.delete(id); handler(...args); }, delayMs);
      timers.set(id, performance.now());
      return id;
    },
    setInterval: (handler: Handler, delayMs?: number, ...args: unknown[]) => {
      const id = setInterval(() => { handler(...args); }, delayMs);
      timers.set(id, performance.now());
      return id;
    },
    clearTimeout: (id: number) => { timers.delete(id); clearTimeout(id); },
    clearInterval: (id: number) => { timers.delete(id); clearInterval(id); },
  });
}

/** Collects all that can be. Chromium lets a page have 500 pcs, and counts a closed one until it is collected. */
export async function collectGarbage(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  // What one collection frees may hold what the next one does.
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  await session.detach();
}

/** Counts what lives in the page. Its timers that were meant to end must have ended before. */
export async function takeCensus(page: Page): Promise<Census> {
  await collectGarbage(page);
  const counts = await Promise.all(KINDS.map(async (kind) => [kind, await countOf(page, kind)] as const));
  const { JSEventListeners = 0, JSHeapUsedSize = 0 } = await page.metrics();
  return {
    ...Object.fromEntries(counts) as Record<(typeof KINDS)[number], number>,
    timers: await page.evaluate(() => timers.size), listeners: JSEventListeners, heapBytes: JSHeapUsedSize,
  };
}

async function countOf(page: Page, kind: string): Promise<number> {
  const prototype = await page.evaluateHandle(`${kind}.prototype`) as JSHandle<object>;
  const found = await page.queryObjects(prototype);
  const count = await found.evaluate((list) => (list as unknown as unknown[]).filter((one) => {
    if (one instanceof RTCPeerConnection) return one.signalingState !== 'closed';
    if (one instanceof MediaStreamTrack) return one.readyState === 'live';
    if (one instanceof RTCDataChannel) return one.readyState !== 'closed';
    return !(one instanceof MediaStream) || one.active;
  }).length);
  await Promise.all([prototype.dispose(), found.dispose()]);
  return count;
}

/** What there is more of than before, heap beyond the allowance included; empty where nothing leaked. */
export function growth(before: Census, after: Census, allowance: Partial<Census>): string[] {
  return (Object.keys(before) as (keyof Census)[]).filter((key) => after[key] > before[key] + (allowance[key] ?? 0))
    .map((key) => `${key}: ${before[key]} -> ${after[key]}`);
}

/** Waits until nothing was begun for a while: every timer that may still fire has been there since before. */
export function untilQuiet(page: Page): Promise<void> {
  return until(page, () => [...timers.values()].every((setMs) => performance.now() - setMs > 2500));
}
