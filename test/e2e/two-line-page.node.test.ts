import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until, untilConnected } from '../support/browser.ts';
import { assertMet, click, describeCalls, enter, linesOf, say, tileOf, untilTiles } from '../support/call.ts';
import type { Person } from '../support/stage.ts';
import { watchVideo } from '../support/media.ts';

describeCalls('the two-line page', [], (stage) => {
  it('asks for no device before a click, and previews after one', async () => {
    const page = await stage.open();
    await page.waitForSelector('html >>> button[part~="join"]', { visible: true });
    assert.deepEqual(await page.evaluate(() => [probe.captures, probe.pcs.length, room.snapshot.state]), [0, 0, 'idle']);

    await click(page, 'camera');
    await until(page, () => room.snapshot.local.camera.state === 'on');
    const preview = await page.waitForSelector('html >>> [part~="video"]', { visible: true });
    assert.ok(preview);
    assert.equal((await watchVideo(preview)).changes, true);
    assert.deepEqual(await page.evaluate(() => [probe.captures, probe.pcs.length, room.snapshot.state]), [1, 0, 'idle']);

    await enter(page, 'Ada');
    assert.deepEqual(await page.evaluate(() => [probe.captures, room.snapshot.local.name]), [1, 'Ada']);
    assert.deepEqual(page.problems, []);
  });

  it('lets two see and hear each other, by name, and asks no other host for anything', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada'), stage.join('Bo')]);
    await Promise.all([assertMet(ada.page, bo.id), assertMet(bo.page, ada.id)]);
    const caption = await ada.page.evaluate((id) => deepAll('rtc-video').find(({ participant }) => participant === id)
      ?.renderRoot.querySelector('[part~=name]')?.textContent, bo.id);
    assert.equal(caption, 'Bo');
    const asked = await ada.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin));
    assert.deepEqual([...new Set(asked)], [stage.relay.origin]);
    assert.deepEqual([...ada.page.problems, ...bo.page.problems], []);
  });

  it('carries the chat both ways and counts what is unread', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada', 'join-without'), stage.join('Bo', 'join-without')]);
    await Promise.all([untilConnected(ada.page, 1), untilConnected(bo.page, 1)]);
    await click(ada.page, 'chat-toggle');
    await say(ada.page, 'first');
    await say(ada.page, 'second');

    await until(bo.page, () => deepAll('rtc-room')[0]?.renderRoot.querySelector('[part=badge]')?.textContent === '2');
    await click(bo.page, 'chat-toggle');
    await until(bo.page, () => !deepAll('rtc-room')[0]?.renderRoot.querySelector('[part=badge]'));
    await say(bo.page, 'third');
    await until(ada.page, () => room.snapshot.messages.length === 3);
    for (const { page } of [ada, bo]) assert.deepEqual(await linesOf(page), ['first', 'second', 'third']);
  });

  it('removes who leaves at once, with every device off, and lets them come back', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada'), stage.join('Bo')]);
    await Promise.all([assertMet(ada.page, bo.id), assertMet(bo.page, ada.id)]);
    const timeOf = ({ page }: Person, event: string) => page.evaluate((name) => new Promise<number>((resolve) => {
      addEventListener(name, () => { resolve(Date.now()); }, { once: true });
    }), event);
    const [left, removed] = [timeOf(bo, 'rtc-before-leave'), timeOf(ada, 'rtc-participant-left')];
    await click(bo.page, 'leave');
    const tookMs = await removed - await left;
    assert.ok(tookMs < 1000, `${tookMs} ms`);
    await untilTiles(ada.page, 1);
    assert.deepEqual(await bo.page.evaluate(() => probe.tracks.map(({ kind, readyState }) => [kind, readyState]).sort()),
      [['audio', 'ended'], ['video', 'ended']]);
    assert.equal(await bo.page.evaluate(() => probe.pcs.every(({ connectionState }) => connectionState === 'closed')), true);

    const again = await enter(bo.page, 'Bo again');
    assert.notEqual(again, bo.id);
    await Promise.all([assertMet(ada.page, again), assertMet(bo.page, ada.id)]);
    await untilTiles(ada.page, 2);
  });

  it('lets one join without devices, and see and hear the others', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada'), stage.join('Bo', 'join-without')]);
    await assertMet(bo.page, ada.id);
    assert.equal(await bo.page.evaluate(() => probe.captures), 0);
    await until(ada.page, (id) => {
      const tile = deepAll('rtc-video').find(({ participant }) => participant === id);
      return tile?.matches(':state(muted)') && !tile.matches(':state(picture)');
    }, bo.id);

    await click(bo.page, 'camera');
    assert.equal((await watchVideo(await tileOf(ada.page, bo.id))).changes, true);
  });
});
