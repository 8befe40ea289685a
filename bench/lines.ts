import type { Bench } from './setup.ts';
import type { Page } from 'puppeteer-core';

const LINES = 40;
/** Less than this in the time of so many lines is no file at full speed. */
const LEAST_BYTES = 1_000_000;

/** Two pages, each with a process of its own. @returns how late the 95th percentile of the lines is, there and back, in ms */
export async function lineDelayMs(bench: Bench, other: Page, withBulk: boolean): Promise<number> {
  const room = `lines-${Date.now()}`;
  const pages = [bench.page, other];
  await Promise.all(pages.map((page) => page.evaluate((...args) => lines.join(...args), bench.servers.ours, room)));
  const { p95Ms, bytes } = await bench.page.evaluate((...args) => lines.measure(...args), LINES, withBulk);
  for (const page of pages) await page.evaluate(() => { lines.leave(); });
  if (withBulk && bytes < LEAST_BYTES) throw new Error(`Only ${bytes} bytes beside ${LINES} lines.`);
  return p95Ms;
}

/** As the first one. */
export async function secondPage({ page }: Bench): Promise<Page> {
  const second = await page.browser().newPage();
  await second.goto(page.url());
  await second.waitForFunction(() => 'bench' in globalThis);
  return second;
}
