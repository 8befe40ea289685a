import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { root } from '../../scripts/lib/root.mjs';
import { launch, openPage, until } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { assertMet, enter, openRoom } from '../support/call.ts';
import { startRelay } from '../support/relay.ts';
import type { RelayProcess } from '../support/relay.ts';

describe('the snippet with `integrity`, on a page of another origin', () => {
  let relay: RelayProcess;
  let browser: Browser;
  /** What the relay printed to be pasted. */
  let snippet: string;
  /** The path of the file in it, which begins with `/rtc-`. */
  let path: string;
  const ends: (() => unknown)[] = [];

  before(async () => {
    [browser, relay] = await Promise.all([launch(), startRelay()]);
    const found = /<script [^>]*src="http:\/\/localhost:\d+([^"]+)"[^>]*integrity=[^]*?<\/rtc-room>/.exec(relay.output);
    assert.ok(found?.[1], relay.output);
    [snippet, path] = [found[0], found[1]];
  });
  after(async () => {
    await browser.close();
    await relay.stop();
  });
  afterEach(async () => { for (const end of ends.splice(0)) await end(); });

  /** Serves a page and, for any other path, a script. @returns its origin */
  async function serve(markup: string, script: string): Promise<string> {
    const server = createServer(({ url }, response) => {
      response.setHeader('content-type', url === '/' ? 'text/html' : 'text/javascript');
      response.end(url === '/' ? `<!doctype html><link rel="icon" href="data:,">${markup}` : script);
    }).listen(0, '127.0.0.1');
    ends.push(() => { server.close().closeAllConnections(); });
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @returns the page, and the addresses of all scripts it ever asks for */
  async function open(url: string): Promise<{ page: TestPage; scripts: string[] }> {
    const scripts: string[] = [];
    const page = await openRoom(browser, url, async (fresh) => {
      fresh.on('request', (request) => { if (request.resourceType() === 'script') scripts.push(request.url()); });
      await Promise.resolve();
    });
    ends.push(() => page.browserContext().close());
    return { page, scripts };
  }

  it('loads that one script in a whole call: joining, devices, channels', async () => {
    const origin = await serve(snippet, '');
    const [ada, bo] = [await open(origin), await open(origin)];
    const [adaId, boId] = [await enter(ada.page, 'Ada'), await enter(bo.page, 'Bo')];
    await Promise.all([assertMet(ada.page, boId), assertMet(bo.page, adaId)]);
    await Promise.all([ada, bo].map(({ page }) => page.evaluate(async () => {
      const channel = await room.openChannel('photo');
      channel.on('title', (title) => { document.title = String(title); });
      channel.emit('title', 'through the channel');
    })));
    for (const { page, scripts } of [ada, bo]) {
      await until(page, () => document.title === 'through the channel');
      assert.deepEqual(scripts, [`http://localhost:${relay.port}${path}`]);
      assert.deepEqual(page.problems, []);
    }
  });

  it('finds its relay by `data-server` where a copy stands elsewhere', async () => {
    const origin = await serve(
      snippet.replace(/http:\/\/localhost:\d+/, '').replace('<script', `<script data-server="${relay.origin}"`),
      readFileSync(`${root}/dist${path}`, 'utf8'),
    );
    const { page, scripts } = await open(origin);
    await enter(page, 'Ada', 'join-without');
    assert.deepEqual(scripts, [origin + path]);
  });

  it('runs nothing of a file that was changed', async () => {
    const changed = `${readFileSync(`${root}/dist${path}`, 'utf8')};document.title = "run"`;
    const origin = await serve(snippet.replace(/http:\/\/localhost:\d+/, ''), changed);
    const page = await openPage(browser, origin);
    ends.push(() => page.browserContext().close());
    await until(page, () => document.readyState === 'complete'); // Module scripts come before that.
    assert.deepEqual(await page.evaluate(() => [document.title, customElements.get('rtc-room') === undefined]), ['', true]);
    assert.match(page.problems.join('\n'), /integrity/);
  });
});
