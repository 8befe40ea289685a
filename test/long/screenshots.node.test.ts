import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { root } from '../../scripts/lib/root.mjs';
import { launch } from '../support/browser.ts';
import { PictureDesk } from '../support/picture-desk.ts';
import { openStories, serveStories, showStory } from '../support/stories.ts';
import type { TestPage } from '../support/browser.ts';
import type { StoryOptions } from '../support/stories.ts';

const REFERENCES = join(root, 'test/stories/references');
/** So many pixels may differ by more than edges do: fewer than an icon has. */
const MOST_PX = 60;
const isUpdate = process.argv.includes('--update');

const WIDE = 1440;
const HEIGHTS: Readonly<Record<number, number>> = { 320: 640, 768: 700, [WIDE]: 760 };
const DARK = { theme: 'dark' } as const;
const ARABIC = { dir: 'rtl', lang: 'ar' } as const;

/** Story, width, and what else: the most telling of them, each view, theme and direction several times. */
const SHOTS: readonly (readonly [story: string, width: number, options?: StoryOptions])[] = [
  ['rtc-room/lobby', 320], ['rtc-room/lobby', WIDE, DARK], ['rtc-room/lobby', 768, ARABIC],
  ['rtc-room/several', 320, DARK], ['rtc-room/several', 768], ['rtc-room/several', WIDE],
  ['rtc-room/sixteen-tiles', WIDE, ARABIC], ['rtc-room/sixteen-tiles', 320],
  ['rtc-room/chat', 320], ['rtc-room/chat', WIDE, { ...ARABIC, ...DARK }], ['rtc-room/people', 320, { ...ARABIC, ...DARK }],
  ['rtc-room/people', WIDE], ['rtc-room/knocks', 320], ['rtc-room/knocks', 768, DARK],
  ['rtc-room/reconnecting', 768], ['rtc-room/recorded', 320], ['rtc-room/room-full', 320], ['rtc-room/no-server', WIDE], ['rtc-room/waiting', 320, DARK],
  ['rtc-lobby/preview', WIDE], ['rtc-lobby/preview', 320, { lang: 'ja' }],
  ['rtc-grid/a-screen', 768], ['rtc-grid/spotlight', 768, ARABIC], ['rtc-grid/pinned', 768], ['rtc-grid/long-names', 768, DARK],
  ['rtc-video/interrupted', 320], ['rtc-video/long-name', 320],
  ['rtc-controls/all-on', 768], ['rtc-controls/more-open', 320], ['rtc-button/all-on', 320, DARK],
  ['rtc-chat/replying', 768], ['rtc-chat/from-right', 320, ARABIC], ['rtc-chat/files', 320, DARK], ['rtc-files/offered', 320],
  ['rtc-participants/host', 320], ['rtc-participants/several', 768, DARK],
  ['rtc-room/compact', 768, DARK], ['rtc-room/roomy', 320, ARABIC], ['rtc-lobby/roomy', 320], ['rtc-participants/compact', 320],
  ['rtc-verify/pictures', 320], ['rtc-verify/warning', 768, { lang: 'de' }],
  ['rtc-toasts/several', 768], ['rtc-invite/secret', 768, DARK], ['rtc-stats/graphs', WIDE], ['rtc-doctor/failing', 320, ARABIC],
];

describe('screenshots', { concurrency: false }, () => {
  let browser: Browser | undefined;
  let site: Awaited<ReturnType<typeof serveStories>> | undefined;
  let page: TestPage;
  let desk: PictureDesk;

  before(async () => {
    site = await serveStories();
    browser = await launch();
    page = await openStories(browser, site.origin);
    desk = await PictureDesk.open(browser);
    if (isUpdate) rmSync(REFERENCES, { recursive: true, force: true });
    mkdirSync(REFERENCES, { recursive: true });
    const fonts = await desk.fonts();
    if (isUpdate) writeFileSync(join(REFERENCES, 'fonts.txt'), fonts);
  });
  after(async () => {
    await browser?.close();
    site?.stop();
  });

  for (const [story, width, options = {}] of SHOTS) {
    const { theme = 'light', dir, lang } = options;
    const name = [story.replace('/', '-'), width, theme, dir, lang].filter(Boolean).join('-');
    it(name, async (context) => {
      const fonts = readFileSync(join(REFERENCES, 'fonts.txt'), 'utf8');
      if (await desk.fonts() !== fonts) {
        console.error('SKIPPED: the fonts of this machine are not those of the references: the pictures would differ everywhere.');
        context.skip('other fonts');
        return;
      }
      await page.setViewport({ width, height: HEIGHTS[width] ?? 700 });
      await showStory(page, story, { theme, ...options });
      const picture = await page.screenshot({ encoding: 'base64' });
      const file = join(REFERENCES, `${name}.png`);
      if (isUpdate) writeFileSync(file, picture, 'base64');
      assert.ok(existsSync(file), `There is no reference ${name}.png: \`npm run test:screenshots -- --update\` makes it.`);
      const { different, drawing } = await desk.compare(picture, readFileSync(file).toString('base64'));
      if (different <= MOST_PX) return;
      const path = join(mkdtempSync(join(tmpdir(), 'rtc-screenshots-')), `${name}.webp`);
      writeFileSync(path, drawing);
      assert.fail(`${different} pixels differ. What was, what is, and where: ${path}`);
    });
  }
});
