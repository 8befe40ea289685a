/**
 * How smooth the interface is while much happens (docs/benchmarks.md): tasks over 50 ms, and the time between frames.
 *   --rounds 5   interleaved, each in a page of its own
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { launch } from 'puppeteer-core';
import type { Page } from 'puppeteer-core';
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/lib/chromium.mjs';
import { root } from '../../scripts/lib/root.mjs';
import type { Smoothness } from './page.ts';

const SECONDS = 10;
const FIGURES: readonly { label: string; work: (page: Page) => Promise<Smoothness>; seen: Smoothness[] }[] = [
  { label: '16 tiles', work: (page) => page.evaluate((seconds) => measure.call(seconds, false), SECONDS), seen: [] },
  { label: '16 tiles, 50 lines/s', work: (page) => page.evaluate((seconds) => measure.call(seconds, true), SECONDS), seen: [] },
  { label: 'back through 10,000 lines', work: (page) => page.evaluate(() => measure.scrolling(10_000, 300)), seen: [] },
];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const origin = await servePage();
const browser = await launch({
  executablePath: ensureChromium(), args: [...CHROMIUM_ARGS], protocolTimeout: 120_000,
  defaultViewport: { width: 1440, height: 900 },
});
for (let round = 0; round < Number(values.rounds); round++) {
  for (const { work, seen } of FIGURES) {
    const page = await browser.newPage();
    page.on('pageerror', (error) => { console.error(`In the page: ${String(error)}`); });
    await page.goto(origin);
    await page.waitForFunction(() => 'measure' in globalThis);
    seen.push(await work(page));
    await page.close();
  }
}
await browser.close();

const row = (label: string, cells: readonly string[]) => {
  console.log(label.padEnd(28) + cells.map((cell) => cell.padStart(16)).join(''));
};
const show = (ms = 0) => `${ms.toFixed(0)} ms`;
row('', ['frames', 'tasks > 50 ms', 'longest', 'frame p95', 'longest frame']);
for (const { label, seen } of FIGURES) {
  const tasks = seen.flatMap(({ longTasks }) => longTasks);
  const frames = seen.flatMap((one) => one.frames).sort((a, b) => a - b);
  const p95 = frames[Math.floor(frames.length * 0.95)];
  row(label, [String(frames.length), String(tasks.length), show(Math.max(0, ...tasks)), show(p95), show(frames.at(-1))]);
}

async function servePage(): Promise<string> {
  const { outputFiles: [script] } = await build({
    entryPoints: [`${root}/bench/interface/page.ts`], bundle: true, format: 'esm', target: 'es2022', minify: true, write: false,
  });
  const html = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Interface</title>'
    + '<style>rtc-room { block-size: 95vh }</style><body><script type="module" src="/page.js"></script>';
  const server = createServer(({ url }, answer) => {
    answer.setHeader('content-type', url === '/' ? 'text/html' : 'text/javascript');
    answer.end(url === '/' ? html : script?.contents);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
