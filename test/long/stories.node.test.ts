import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession } from 'puppeteer-core';
import { listFiles } from '../../scripts/lib/files.mjs';
import { STORIES, STORY_NAMES } from '../stories/all.ts';
import { launch } from '../support/browser.ts';
import { openStories, serveStories, showStory } from '../support/stories.ts';
import type * as Inspections from '../stories/inspect.ts';
import type { TestPage } from '../support/browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const MOTIONLESS = { name: 'prefers-reduced-motion', value: 'reduce' };
/** As wide as a phone, and what is left of 1280 × 1024 at 200 %. */
const VIEWS = [{ width: 320, height: 640 }, { width: 640, height: 512, deviceScaleFactor: 2 }];

describe('every story', () => {
  let browser: Browser | undefined;
  let site: Awaited<ReturnType<typeof serveStories>> | undefined;
  let page: TestPage;
  let cdp: CDPSession;

  before(async () => {
    site = await serveStories();
    browser = await launch();
    page = await openStories(browser, site.origin);
    cdp = await page.createCDPSession();
  });
  after(async () => {
    await browser?.close();
    site?.stop();
  });

  const prefer = (name: string, value: string) => cdp.send('Emulation.setEmulatedMedia', { features: [MOTIONLESS, { name, value }] });
  const inspect = (name: keyof typeof Inspections) =>
    page.evaluate(`import('/built/inspect.js').then((inspections) => inspections.${name}())`) as Promise<string[] | undefined>;
  const violations = () => page.evaluate(`axe.run({ runOnly: ${JSON.stringify(STANDARDS)} })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html)))`) as Promise<string[]>;

  for (const story of STORY_NAMES) {
    it(`${story}: axe finds nothing, in both themes; it stands still; it fits`, async () => {
      const failures: Record<string, readonly string[]> = {};
      const note = (what: string, list: readonly string[] = []) => { if (list.length > 0) failures[what] = list; };
      await page.setViewport({ width: 1024, height: 768 });
      await prefer('prefers-color-scheme', 'light');
      await showStory(page, story);
      note('problems', page.problems);
      await page.evaluate(axe);
      for (const scheme of ['light', 'dark']) {
        await prefer('prefers-color-scheme', scheme);
        note(scheme, await violations());
      }
      note('moving', await inspect('moving'));
      await prefer('forced-colors', 'active');
      note('forced colours', await inspect('told'));
      await prefer('forced-colors', 'none');
      for (const view of VIEWS) {
        await page.setViewport(view);
        await showStory(page, story);
        for (const look of ['scrollsSideways', 'outOfReach', 'tooSmall', 'cutOff'] as const) note(`${view.width} px: ${look}`, await inspect(look));
        await inspect('spaceOut');
        for (const look of ['scrollsSideways', 'cutOff'] as const) note(`${view.width} px, spaced out: ${look}`, await inspect(look));
      }
      assert.deepEqual(failures, {});
    });
  }

  it('is there for every tag', () => {
    const tags = listFiles('components/define').flatMap((file) => /\/(rtc-(?!js)[a-z-]+)\.ts$/.exec(file)?.[1] ?? []);
    assert.deepEqual(Object.keys(STORIES).sort(), tags.sort());
  });

  it('would be told of what moves', async () => {
    await showStory(page, 'rtc-button/busy');
    await cdp.send('Emulation.setEmulatedMedia', { features: [{ ...MOTIONLESS, value: 'no-preference' }] });
    assert.notDeepEqual(await inspect('moving'), []);
  });
});
