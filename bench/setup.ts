import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { launch } from 'puppeteer-core';
import type { CDPSession, Page } from 'puppeteer-core';
import { CHROMIUM_ARGS, ensureChromium } from '../scripts/lib/chromium.mjs';
import { root } from '../scripts/lib/root.mjs';
import type { Scenario, Servers, SideName } from './page/page.ts';

export interface Bench {
  run(side: SideName, scenario: Scenario): Promise<number>;
  readonly session: CDPSession;
  readonly page: Page;
  readonly browserPid: number;
  readonly servers: Servers;
  close(): Promise<void>;
}

/** One Chromium with one page, and one relay process for each side. */
export async function setUp(): Promise<Bench> {
  const relays = [startRelay('bare'), startRelay('ours', pathToFileURL(`${root}/dist/lib/server/index.js`).href)] as const;
  const [bare, ours] = await Promise.all(relays.map(originOf)) as [string, string];
  const servers: Servers = { bare, ours };

  const pages = await servePage();
  const browser = await launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGS], protocolTimeout: 120_000 });
  const page = await browser.newPage();
  page.on('pageerror', (error) => { console.error(`In the page: ${String(error)}`); });
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => 'bench' in globalThis);

  const session = await page.createCDPSession();

  return {
    session, page, servers, browserPid: browser.process()?.pid ?? 0,
    async run(side, scenario) {
      // Chromium counts closed connections until they are collected, and allows 500; nor shall one side pay for the other.
      await session.send('HeapProfiler.collectGarbage');
      return page.evaluate((...args) => bench(...args), side, servers, scenario);
    },
    async close() {
      await browser.close();
      pages.close();
      for (const relay of relays) relay.disconnect();
    },
  };
}

function startRelay(...args: string[]): ChildProcess {
  return fork(`${root}/bench/relay.ts`, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: ['--import', 'tsx'] });
}

async function originOf(relay: ChildProcess): Promise<string> {
  if (!relay.stdout) throw new Error('No output of the relay can be read.');
  const [port] = await once(relay.stdout, 'data') as [Buffer];
  return `http://127.0.0.1:${port.toString().trim()}`;
}

/** The page, its script, and the engine as it ships. */
async function servePage(): Promise<ReturnType<typeof createServer>> {
  const { outputFiles: [script] } = await build({
    entryPoints: [`${root}/bench/page/page.ts`], bundle: true, format: 'esm', target: 'es2022', minify: true, write: false,
  });
  if (!script) throw new Error('esbuild made no file.');
  const html = '<!doctype html><title>Benchmark</title><script type="module" src="/page.js"></script>';
  const server = createServer(({ url = '/' }, answer) => {
    const built = /^\/(?:engine|chunks\/[\w-]+)\.js$/.test(url);
    answer.setHeader('content-type', url === '/' ? 'text/html' : 'text/javascript');
    // Isolated, the page's clock counts in steps of 5 µs, not of 100 (High Resolution Time, section 9.1).
    answer.setHeader('cross-origin-opener-policy', 'same-origin');
    answer.setHeader('cross-origin-embedder-policy', 'require-corp');
    answer.end(url === '/' ? html : url === '/page.js' ? script.contents : built ? readFileSync(`${root}/dist${url}`) : '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
