import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { PROMPTING, allowDevices, launch, until, untilConnected } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { assertMet, click, describeCalls, enter, failuresOf, openRoom, soundOf } from '../support/call.ts';
import { hearAudio } from '../support/media.ts';
import { startRelay } from '../support/relay.ts';
import { useStage } from '../support/stage.ts';

/** Joins in vain. @returns what is shown, and which `rtc-error` came */
async function failToJoin(page: TestPage): Promise<{ shown: string[]; told: string[] }> {
  await click(page, 'join-without');
  await until(page, () => probe.errors.length > 0 && room.snapshot.state === 'idle');
  return { shown: await failuresOf(page), told: await page.evaluate(() => probe.errors) };
}

describeCalls('a join that fails says so in the element and by rtc-error', ['--capacity', '2'], (stage) => {
  it('room-full: a third in a room for two, until one leaves', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada', 'join-without'), stage.join('Bo', 'join-without')]);
    await untilConnected(ada.page, 1);
    const page = await stage.open();
    assert.deepEqual(await failToJoin(page), { shown: ['room-full'], told: ['room-full'] });

    await click(bo.page, 'leave');
    await until(ada.page, () => room.snapshot.participants.length === 0);
    await enter(page, 'Cy', 'join-without');
    await untilConnected(page, 1);
    assert.deepEqual(await failuresOf(page), []);
  });

  it('relay-unreachable: nothing listens there; it works once something does', async () => {
    const page = await stage.open();
    await page.waitForNetworkIdle(); // What the page loads comes from there as well.
    await stage.relay.kill();
    try {
      assert.deepEqual(await failToJoin(page), { shown: ['relay-unreachable'], told: ['relay-unreachable'] });
    } finally {
      await stage.relay.start();
    }
    await enter(page, 'Ada', 'join-without');
    assert.deepEqual(await failuresOf(page), []);
  });
});

describe('a page of another origin', () => {
  let browser: Browser;
  before(async () => { browser = await launch(); });
  after(() => browser.close());

  it('with the two lines is let in where its origin is listed, and gets origin-refused where it is not', async () => {
    let relayOrigin = '';
    const paste = () => `<!doctype html><meta charset="utf-8"><title>A stranger</title><link rel="icon" href="data:,">
      <script type="module" src="${relayOrigin}/rtc.js"></script><rtc-room name="pasted"></rtc-room>`;
    const servers = ['listed', 'unlisted'].map(() => createServer((_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/html' }).end(paste());
    }).listen(0, '127.0.0.1'));
    await Promise.all(servers.map((server) => once(server, 'listening')));
    const [listed = '', unlisted = ''] = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const relay = await startRelay('--origin', listed);
    try {
      relayOrigin = relay.origin;
      const [ada, bo] = [await openRoom(browser, listed), await openRoom(browser, listed)];
      const [adaId, boId] = [await enter(ada, 'Ada'), await enter(bo, 'Bo')];
      await Promise.all([assertMet(ada, boId), assertMet(bo, adaId)]);

      const stranger = await openRoom(browser, unlisted);
      assert.deepEqual(await failToJoin(stranger), { shown: ['origin-refused'], told: ['origin-refused'] });
      // Neither does the page of the relay itself get in: only what is listed does.
      const own = await openRoom(browser, `${relay.origin}/?room=pasted`);
      assert.deepEqual(await failToJoin(own), { shown: ['origin-refused'], told: ['origin-refused'] });
      assert.equal(await ada.evaluate(() => room.snapshot.participants.length), 1);
    } finally {
      await relay.stop();
      for (const server of servers) server.close();
    }
  });
});

describe('a refused device', () => {
  const stage = useStage([], PROMPTING);

  async function openWith(...allowed: readonly ('camera' | 'microphone')[]): Promise<TestPage> {
    const { browser, relay: { origin }, room } = stage;
    return stage.own(await openRoom(browser, `${origin}/?room=${room}`, (page) => allowDevices(page, origin, allowed)));
  }

  it('is told as permission-denied, and one joins to listen', async () => {
    const [ada, bo] = [await openWith('camera', 'microphone'), await openWith()];
    const adaId = await enter(ada, 'Ada');
    await click(bo, 'join');
    await until(bo, () => probe.errors.length === 2);
    assert.deepEqual(await bo.evaluate(() => [probe.errors, room.snapshot.state, probe.tracks.length]),
      [['permission-denied', 'permission-denied'], 'idle', 0]);
    assert.deepEqual(await failuresOf(bo), ['permission-denied']);

    await enter(bo, 'Bo', 'join-without');
    await assertMet(bo, adaId);
  });

  it('keeps nobody from joining with the other one', async () => {
    const [ada, bo] = [await openWith('microphone'), await openWith()];
    const adaId = await enter(ada, 'Ada');
    await enter(bo, 'Bo', 'join-without');
    assert.ok(await hearAudio(await soundOf(bo, adaId)) >= 0.01);
    assert.deepEqual(await failuresOf(ada), ['permission-denied']);
    assert.deepEqual(await ada.evaluate(() => probe.tracks.map(({ kind }) => kind)), ['audio']);
  });
});
