import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { storiesIn } from '../../scripts/lib/build-stories.mjs';
import { openPage, until } from './browser.ts';
import { serveFolder } from './serve-folder.ts';
import type { TestPage } from './browser.ts';

export interface StoryOptions {
  readonly theme?: 'light' | 'dark'; readonly dir?: 'rtl'; readonly lang?: string; readonly density?: string;
}

/** The stories as they are in the sources, on an origin of their own. */
export async function serveStories(): Promise<{ origin: string; stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-stories-'));
  const stories = await storiesIn(folder);
  await stories.rebuild();
  await stories.dispose();
  const { origin, stop } = await serveFolder(folder);
  return { origin, stop: () => { stop(); rmSync(folder, { recursive: true, force: true }); } };
}

/** A page for stories: at the same time and in the same place anywhere, and nothing moves in it. */
export async function openStories(browser: Browser, origin: string): Promise<TestPage> {
  return openPage(browser, `${origin}/index.html`, async (fresh) => {
    await fresh.emulateTimezone('UTC');
    await fresh.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  });
}

/** Shows one. @throws Error with what went wrong in the page */
export async function showStory(page: TestPage, story: string, options: StoryOptions = {}): Promise<void> {
  page.problems.length = 0;
  const address = new URL(page.url());
  address.search = new URLSearchParams({ story, ...options }).toString();
  await page.goto(address.href);
  await until(page, (name) => document.documentElement.dataset['shown'] === name, story)
    .catch((cause: unknown) => { throw new Error(`"${story}" was not shown: ${page.problems.join('\n') || 'it never ended'}`, { cause }); });
  // Where one writes, it would be there and not there by turns.
  await page.evaluate(() => { document.documentElement.style.caretColor = 'transparent'; });
}
