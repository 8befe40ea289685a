import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/lib/root.mjs';
import { bundleSnippet } from '../docs/bundle-snippet.ts';
import { readSnippets, type Snippet } from '../docs/snippets.ts';
import { openBlank, openPage, until } from '../support/browser.ts';
import { serveHtml } from '../support/serve-html.ts';
import { NO_LIMITS, useStage } from '../support/stage.ts';

const RELAY = 'https://relay.example.com';
const MAX_MS = 30_000;

const all = readSnippets().filter(({ elsewhere }) => elsewhere === undefined);
/** What speaks of the relay's side, or of an app's own. */
const isOfServer = ({ code }: Snippet): boolean => /createRelay|createIssuer|createServer|SignJWT/.test(code);
const scripts = all.filter(({ language }) => language === 'js' || language === 'ts');

describe('in a page', () => {
  const stage = useStage(NO_LIMITS);
  let pages: Awaited<ReturnType<typeof serveHtml>> | undefined;
  before(async () => { pages = await serveHtml(); });
  after(() => { pages?.stop(); });

  for (const snippet of scripts.filter((one) => !isOfServer(one))) {
    it(`${snippet.at} runs`, { timeout: MAX_MS }, async () => {
      const { origin } = stage.relay;
      const code = await bundleSnippet(snippet, 'test/docs/give.ts', snippet.code.replaceAll(RELAY, origin), 'browser');
      const page = stage.own(await openBlank(stage.browser, origin));
      await page.evaluate((text) => import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))).then(() => undefined), code);
      assert.deepEqual(page.problems, []);
    });
  }

  for (const snippet of all.filter(({ language, isLive }) => language === 'html' && !isLive)) {
    it(`${snippet.at} is a page`, { timeout: MAX_MS }, async () => {
      const { origin } = stage.relay;
      const body = `<!doctype html><title>Page</title><link rel="icon" href="data:,"><script type="module" src="${RELAY}/rtc.js"></script>${snippet.code}`;
      pages?.put(body.replaceAll(RELAY, origin));
      const page = stage.own(await openPage(stage.browser, pages?.origin ?? ''));
      await until(page, () => document.querySelector(':not(:defined)') === null);
      assert.deepEqual(page.problems, []);
    });
  }
});

describe('on a server', () => {
  for (const snippet of scripts.filter(isOfServer)) {
    it(`${snippet.at} runs`, { timeout: MAX_MS }, async (t) => {
      // Beside the packages that it imports.
      const folder = mkdtempSync(join(root, 'node_modules', '.snippet-'));
      t.after(() => { rmSync(folder, { recursive: true }); });
      const onFreePorts = snippet.code.replace(/\bport: \d+/, 'port: 0').replace(/\.listen\(\d+\)/, '.listen(0)');
      const file = join(folder, 'snippet.mjs');
      writeFileSync(file, await bundleSnippet(snippet, 'test/docs/give-server.ts', `${onFreePorts}\nprocess.exit();`, 'node'));
      execFileSync(process.execPath, [file], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: MAX_MS });
    });
  }
});
