import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { listFiles } from '../../scripts/lib/files.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { contents, DECISIONS } from '../../scripts/site/contents.mjs';
import { urlOf } from '../../scripts/site/markdown.mjs';
import { launch, openPage, until } from '../support/browser.ts';
import { installProbe } from '../support/probe.ts';
import { serveFolder } from '../support/serve-folder.ts';
import type { RtcRoomElement } from '../../components/index.ts';
import type { TestPage } from '../support/browser.ts';

const SITE = join(root, 'dist-docs');
const pages = [...contents().flatMap(({ pages }) => pages.map(({ path }) => urlOf(path))), `${DECISIONS}/index.html`];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the site of the documentation', () => {
  let browser: Browser | undefined;
  let site: Awaited<ReturnType<typeof serveFolder>> | undefined;
  const opened: Page[] = [];

  before(async () => {
    execFileSync(process.execPath, ['scripts/docs.mjs'], { cwd: root, stdio: 'inherit' });
    site = await serveFolder(SITE);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    site?.stop();
  });
  afterEach(() => Promise.all(opened.splice(0).map((page) => page.browserContext().close())));

  async function open(path: string): Promise<TestPage & { readonly foreign: string[] }> {
    assert.ok(browser && site);
    const { origin } = site;
    const foreign: string[] = [];
    const page = await openPage(browser, `${origin}/${path}`, async (fresh) => {
      await fresh.evaluateOnNewDocument(installProbe);
      await fresh.setViewport({ width: 320, height: 700 });
      fresh.on('request', (request) => { if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(`${origin}/`)) foreign.push(request.url()); });
    });
    opened.push(page);
    return Object.assign(page, { foreign });
  }

  for (const path of pages) {
    it(`shows ${path}, with what it needs from itself alone, on the narrowest screen`, async () => {
      const page = await open(path);
      // Examples are there: defined, and in their rooms with the others of it; nothing was captured for that.
      await until(page, () => document.querySelector('.live :not(:defined)') === null);
      await until(page, () => [...document.querySelectorAll<RtcRoomElement>('rtc-room[autojoin]')].every(({ room: { snapshot } }) => {
        const others = document.querySelectorAll(`rtc-room[autojoin][name="${snapshot.name}"]`).length - 1;
        return snapshot.participants.filter(({ state }) => state === 'connected').length === others && snapshot.state === 'joined';
      }));
      assert.deepEqual([page.problems, page.foreign, await page.evaluate(() => [...probe.violations, ...probe.errors])], [[], [], []]);
      assert.equal(await page.evaluate(() => probe.captures), 0);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, 'scrolls sideways');
    });
  }

  it('is for everyone', async () => {
    for (const path of ['index.html', 'docs/elements/rtc-chat.html', 'docs/relay.html', `${DECISIONS}/index.html`]) {
      const page = await open(path);
      await page.setViewport({ width: 1440, height: 900 });
      await page.evaluate(axe);
      const violations = await page.evaluate(
        'axe.run({ exclude: [".live"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))');
      assert.deepEqual(violations, [], path);
    }
  });

  it('finds what is searched for', async () => {
    const page = await open('docs/elements/rtc-chat.html');
    await page.focus('search input');
    await page.keyboard.type('rtc-grid layout');
    await until(page, () => document.querySelector<HTMLAnchorElement>('search a')?.pathname === '/docs/elements/rtc-grid.html');
    const first = await page.$eval('search a', ({ href }) => href);
    await page.keyboard.press('ArrowDown');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.equal(page.url(), first);
    assert.deepEqual(page.problems, []);
  });

  it('has the files as they are, and llms.txt, for programs that read', () => {
    for (const path of ['llms.txt', ...contents().flatMap(({ pages }) => pages.map((page) => page.path)), ...listFiles('deploy')]) {
      assert.equal(readFileSync(join(SITE, path), 'utf8'), readFileSync(join(root, path), 'utf8'), path);
    }
  });
});
