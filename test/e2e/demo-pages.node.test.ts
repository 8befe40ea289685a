import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { until, untilConnected } from '../support/browser.ts';
import { assertMet, describeCalls, linesOf, say } from '../support/call.ts';

const command = (page: Page, name: string) => page.locator(`button[command="--${name}"]`).click();

/** What a page's list has noted, oldest first. */
const itemsOf = (page: Page, list: string) =>
  page.$$eval(`#${list} li`, (items) => items.map(({ textContent }) => textContent).reverse());

const untilItem = (page: Page, list: string, words: string) => until(page, (selector, wanted) => {
  const items = [...document.querySelectorAll(selector)];
  return items.some(({ textContent }) => textContent.includes(wanted));
}, `#${list} li`, words);

describeCalls('/layout', [], (stage) => {
  it('makes a call of commands, elements inside and outside of the room, and DOM events', async () => {
    const [layout, bo] = await Promise.all([stage.open('/layout'), stage.join('Bo')]);
    assert.equal(await layout.evaluate(() => deepAll('rtc-lobby').length), 0);
    await command(layout, 'join');
    await until(layout, () => room.snapshot.state === 'joined');
    assert.equal(await layout.evaluate(() => probe.captures), 0);
    await command(layout, 'toggle-microphone');
    await command(layout, 'toggle-camera');
    await until(layout, () => room.snapshot.local.camera.state === 'on' && room.snapshot.local.microphone.state === 'on');
    const id = await layout.evaluate(() => room.snapshot.local.id);
    await Promise.all([assertMet(layout, bo.id), assertMet(bo.page, id)]);

    // From elsewhere in the page, by `for`: oneself, and the chat.
    await until(layout, () => document.querySelector<HTMLElement>('aside rtc-video')?.matches(':state(local):state(picture)'));
    await say(layout, 'from the side');
    await until(bo.page, () => room.snapshot.messages.length === 1);
    await bo.page.evaluate(() => { room.sendMessage('back'); });
    await until(layout, () => room.snapshot.messages.length === 2);
    assert.deepEqual(await linesOf(layout), ['from the side', 'back']);

    await command(layout, 'leave');
    await untilItem(layout, 'events', 'rtc-left');
    const events = (await itemsOf(layout, 'events')).map((line) => line.split(' ')[0]);
    for (const [earlier, later] of [
      ['rtc-before-join', 'rtc-joined'], ['rtc-joined', 'rtc-participant-joined'], ['rtc-participant-joined', 'rtc-track-added'],
      ['rtc-track-added', 'rtc-message-received'], ['rtc-message-received', 'rtc-before-leave'], ['rtc-before-leave', 'rtc-left'],
    ] as const) {
      assert.ok(events.includes(earlier) && events.indexOf(earlier) < events.indexOf(later), `${earlier} before ${later} in ${events.join()}`);
    }
    assert.ok(await layout.evaluate(() => probe.tracks.every(({ readyState }) => readyState === 'ended')));
    assert.deepEqual([...layout.problems, ...bo.page.problems], []);
  });
});

describeCalls('/headless', [], (stage) => {
  it('speaks with the engine alone: events, requests and a channel', async () => {
    const [one, other] = await Promise.all([stage.open('/headless'), stage.open('/headless')]);
    const pages = [one, other];
    for (const page of pages) await page.locator('#join').click();
    for (const page of pages) await untilItem(page, 'participants', '(connected)');

    await one.locator('#emit').click();
    await untilItem(other, 'log', 'waves: hello');
    await other.locator('#request').click();
    await untilItem(other, 'log', 'says it is 2');
    await one.locator('#channel').click();
    await untilItem(other, 'log', 'over the channel');

    await one.locator('#leave').click();
    await until(other, () => document.querySelectorAll('#participants li').length === 0);
    assert.deepEqual(await one.evaluate(() => [probe.captures, document.querySelector('#state')?.textContent]), [0, 'idle']);
    assert.deepEqual(pages.flatMap(({ problems }) => problems), []);
  });

  it('meets people of the elements in one room', async () => {
    const [page, ada] = await Promise.all([stage.open('/headless'), stage.join('Ada', 'join-without')]);
    await page.locator('#join').click();
    await untilItem(page, 'participants', 'Ada (connected)');
    await untilConnected(ada.page, 1);
  });
});
