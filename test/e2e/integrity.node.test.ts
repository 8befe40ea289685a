import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, before, describe, it } from 'node:test';
import { VERSION } from '../../components/version.ts';
import { root } from '../../scripts/lib/root.mjs';
import { openPage, until } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { assertMet, enter, openRoom } from '../support/call.ts';
import { useStage } from '../support/stage.ts';

describe('the snippet with `integrity`, on a page of another origin', () => {
  const stage = useStage();
  /** What the relay printed to be pasted. */
  let snippet: string;
  /** The path of the file in it, which begins with `/rtc-`. */
  let path: string;
  const ends: (() => void)[] = [];

  before(() => {
    const found = /<script [^>]*src="http:\/\/localhost:\d+([^"]+)"[^>]*integrity=[^]*?<\/rtc-room>/.exec(stage.relay.output);
    assert.ok(found?.[1], stage.relay.output);
    [snippet, path] = [found[0], found[1]];
  });
  afterEach(() => { for (const end of ends.splice(0)) end(); });

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
    const page = stage.own(await openRoom(stage.browser, url, async (fresh) => {
      fresh.on('request', (request) => { if (request.url().endsWith('.js')) scripts.push(request.url()); });
      await Promise.resolve();
    }));
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
      assert.deepEqual(scripts, [`http://localhost:${stage.relay.port}${path}`]);
      assert.deepEqual(page.problems, []);
    }
  });

  it('finds its relay by `data-server` where a copy stands elsewhere', async () => {
    const origin = await serve(
      snippet.replace(/http:\/\/localhost:\d+/, '').replace('<script', `<script data-server="${stage.relay.origin}"`),
      readFileSync(`${root}/dist${path}`, 'utf8'),
    );
    const { page, scripts } = await open(origin);
    await enter(page, 'Ada', 'join-without');
    assert.deepEqual(scripts, [origin + path]);
  });

  it('leaves the page to the copy that came first, where another version comes as well', async () => {
    const other = readFileSync(`${root}/dist${path}`, 'utf8').replaceAll(`"${VERSION}"`, '"9.9.9"');
    const origin = await serve(`${snippet}<script type="module" src="/rtc-9.9.9.js"></script>`, other);
    const warnings: string[] = [];
    const page = stage.own(await openRoom(stage.browser, origin, async (fresh) => {
      fresh.on('console', (message) => { if (message.type() === 'warn') warnings.push(message.text()); });
      await Promise.resolve();
    }));
    await enter(page, 'Ada', 'join-without');
    assert.deepEqual(warnings, [`rtc-elements 9.9.9 stays out: ${VERSION} is on this page.`]);
    assert.equal(await page.evaluate(() => (customElements.get('rtc-lobby') as unknown as { version: string }).version), VERSION);
    assert.deepEqual(page.problems, []);
  });

  it('runs nothing of a file that was changed', async () => {
    const changed = `${readFileSync(`${root}/dist${path}`, 'utf8')};document.title = "run"`;
    const origin = await serve(snippet.replace(/http:\/\/localhost:\d+/, ''), changed);
    const page = stage.own(await openPage(stage.browser, origin));
    await until(page, () => document.readyState === 'complete'); // Module scripts come before that.
    assert.deepEqual(await page.evaluate(() => [document.title, customElements.get('rtc-room') === undefined]), ['', true]);
    assert.match(page.problems.join('\n'), /integrity/);
  });
});
