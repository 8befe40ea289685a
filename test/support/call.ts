/** Pages with `<rtc-room>`, used as a person uses them: by clicks and keys, and by looking at what the elements show. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { openPage, until } from './browser.ts';
import type { TestPage } from './browser.ts';
import { hearAudio, watchVideo } from './media.ts';
import { installProbe } from './probe.ts';
import { useStage } from './stage.ts';
import type { Person, Stage } from './stage.ts';

export interface CallStage extends Stage {
  /** Opens a page of the demo; it then has `room`. */
  open(path?: string, fragment?: string): Promise<TestPage>;
  /** Opens `/` and joins there. */
  join(name: string, how?: 'join' | 'join-without'): Promise<Person>;
}

/** A `describe` over a real relay. @param flags for the relay */
export function describeCalls(name: string, flags: readonly string[], tests: (stage: CallStage) => void): void {
  describe(name, () => {
    const stage = useStage(flags);
    const open: CallStage['open'] = async (path = '/', fragment = '') =>
      stage.own(await openRoom(stage.browser, `${stage.relay.origin}${path}?room=${stage.room}${fragment}`));
    tests(Object.assign(stage, {
      open,
      join: async (called: string, how?: 'join' | 'join-without') => {
        const page = await open();
        return { page, id: await enter(page, called, how) };
      },
    }));
  });
}

/** A page with a `probe`, and with its `<rtc-room>`'s room as `room`. @param prepare runs before the page's own scripts do */
export async function openRoom(
  browser: Browser, url: string, prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<TestPage> {
  const page = await openPage(browser, url, async (fresh) => {
    await fresh.evaluateOnNewDocument(installProbe);
    await prepare(fresh);
  });
  await page.evaluate(async () => {
    const element = document.querySelector('rtc-room');
    if (!element) return; // A page of the engine alone.
    await customElements.whenDefined('rtc-room');
    globalThis.room = element.room;
  });
  return page;
}

/** Clicks what has this shadow part, wherever in the page it is. */
export async function click(page: Page, part: string): Promise<void> {
  await page.locator(`html >>> button[part~="${part}"]`).click();
}

/** Writes a name in the lobby and joins by a click. @returns the participant id */
export async function enter(page: TestPage, name: string, how: 'join' | 'join-without' = 'join'): Promise<string> {
  await page.locator('html >>> input[part~="name"]').fill(name);
  await click(page, how);
  await until(page, () => room.snapshot.state === 'joined');
  return page.evaluate(() => room.snapshot.local.id);
}

/** Waits until that many tiles stand in the grid, all of people. */
export async function untilTiles(page: TestPage, count: number): Promise<void> {
  await until(page, (wanted) => {
    const grids = deepAll('rtc-grid');
    return grids.flatMap((grid) => grid.shadowRoot ? deepAll('rtc-video', grid.renderRoot) : []).length === wanted;
  }, count);
}

/** The `<video>` in a participant's tile, once it shows something. */
export async function tileOf(page: TestPage, id: string): Promise<ElementHandle<HTMLVideoElement>> {
  await until(page, (wanted) => deepAll('rtc-video').some((tile) => tile.participant === wanted
    && tile.renderRoot.querySelector('video')?.srcObject), id);
  const video = await page.evaluateHandle((wanted) =>
    deepAll('rtc-video').find(({ participant }) => participant === wanted)?.renderRoot.querySelector('video'), id);
  return video as ElementHandle<HTMLVideoElement>;
}

/** The one `<audio>` that plays a participant's microphone. */
export async function soundOf(page: TestPage, id: string): Promise<ElementHandle<HTMLAudioElement>> {
  await until(page, (wanted) => {
    const person = room.snapshot.participants.find((one) => one.id === wanted);
    return person?.tracks.some(({ source, track }) => source === 'microphone' && track);
  }, id);
  const players = await page.evaluateHandle((wanted) => {
    const tracks = room.snapshot.participants.find((one) => one.id === wanted)?.tracks.map(({ track }) => track);
    return deepAll('audio').filter(({ srcObject, paused }) => !paused && srcObject instanceof MediaStream
      && srcObject.getTracks().some((track) => tracks?.includes(track)));
  }, id);
  assert.equal(await players.evaluate(({ length }) => length), 1, 'a participant is heard once');
  return await players.evaluateHandle(([player]) => player) as ElementHandle<HTMLAudioElement>;
}

/** Sees a picture that changes in a participant's tile, and hears their microphone. */
export async function assertMet(page: TestPage, id: string): Promise<void> {
  const picture = await watchVideo(await tileOf(page, id));
  assert.ok(picture.width > 0 && picture.height > 0 && picture.changes, JSON.stringify(picture));
  const level = await hearAudio(await soundOf(page, id));
  assert.ok(level >= 0.01, `level ${level}`);
}

/** Writes a line into the chat and sends it by Enter. */
export async function say(page: TestPage, line: string): Promise<void> {
  // The chat is loaded when it is opened, and a locator does not see what comes into a shadow.
  await until(page, () => deepAll('rtc-chat').some(({ shadowRoot }) => shadowRoot?.querySelector('textarea')));
  await page.locator('html >>> [part~="input"]').fill(line);
  await page.locator('html >>> [part~="input"]').click();
  await page.keyboard.press('Enter');
}

/** The lines that the chat shows, as a reader sees them. */
export function linesOf(page: TestPage): Promise<string[]> {
  return page.evaluate(() => deepAll('rtc-chat').flatMap((chat) =>
    [...chat.renderRoot.querySelectorAll('[part~=text]')].map(({ textContent }) => textContent)));
}

/** Codes of the failures on show. */
export function failuresOf(page: TestPage): Promise<string[]> {
  return page.evaluate(() => deepAll('rtc-room').flatMap((element) =>
    [...element.renderRoot.querySelectorAll('[part=error] small')].map(({ textContent }) => textContent)));
}
