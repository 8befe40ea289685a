import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { joinRoom, launch, openEngine, until, untilConnected } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import type { RecordingProxy } from '../support/recording-proxy.ts';
import { startRelay } from '../support/relay.ts';
import type { RelayProcess } from '../support/relay.ts';

/** One for each road from participant to participant. */
const CANARIES = [
  'canary-event', 'canary-payload', 'canary-argument', 'canary-direct', 'canary-question', 'canary-answer', 'canary-chat',
  'canary-source', 'canary-metadata', 'canary-channel', 'canary-data', 'canary-bytes',
];

describe('a recording of all that the relay receives', () => {
  let browser: Browser;
  let relay: RelayProcess;
  let proxy: RecordingProxy;
  const pages: TestPage[] = [];

  before(async () => { [browser, relay] = await Promise.all([launch(), startRelay()]); });
  after(async () => {
    await browser.close();
    await relay.stop();
  });
  beforeEach(async () => { proxy = await startRecordingProxy(relay.port); });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.browserContext().close()));
    proxy.close();
  });

  async function enter(displayName: string, privateName: boolean): Promise<TestPage> {
    const page = await openEngine(browser, proxy.origin);
    pages.push(page);
    await joinRoom(page, { name: 'recorded', displayName, privateName });
    return page;
  }

  /** Says a canary on every road, and waits until the other side has all of them. */
  async function sayEverything(privateName: boolean): Promise<void> {
    const [ada, bo] = [await enter('name-of-ada', privateName), await enter('name-of-bo', privateName)];
    for (const page of [ada, bo]) {
      await untilConnected(page, 1);
      await page.evaluate(() => {
        const heard = (globalThis.canaries = new Set<string>());
        const note = (...words: unknown[]) => { for (const word of words) heard.add(String(word)); };
        for (const event of ['canary-event', 'direct']) room.on(event, (_, { args }) => { note(...args); });
        room.lifecycle.on('message-received', ({ message }) => { note(message.text); });
        room.lifecycle.on('track-added', ({ track }) => { note(track.source, JSON.stringify(track.metadata)); });
        room.handle('ask', (question) => { note(question); return 'canary-answer'; });
        return room.openChannel('canary-channel').then((channel) => {
          channel.on('data', (word) => { note(word); });
          channel.lifecycle.on('data', ({ data }) => { note(new TextDecoder().decode(data)); });
          channel.lifecycle.on('open', () => {
            channel.emit('data', 'canary-data');
            channel.send(new TextEncoder().encode('canary-bytes'));
          });
        });
      });
    }
    const answer = await ada.evaluate(async () => {
      room.emit('canary-event', 'canary-payload', 'canary-argument');
      room.sendMessage('canary-chat');
      const canvas = document.body.appendChild(document.createElement('canvas'));
      canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
      room.publish({ source: 'canary-source', stream: canvas.captureStream(), metadata: { title: 'canary-metadata' } });
      const to = room.to(room.snapshot.participants[0]?.id ?? '');
      to.emit('direct', 'canary-direct');
      return to.request('ask', 'canary-question');
    });
    assert.equal(answer, 'canary-answer');
    const heard = CANARIES.filter((word) => !['canary-event', 'canary-answer', 'canary-channel'].includes(word));
    await until(bo, (words) => words.every((word) => [...canaries].some((one) => one.includes(word))), heard);
  }

  it('holds names, descriptions and candidates, and nothing that participants say to each other', async () => {
    await sayEverything(false);
    const { received } = proxy;
    for (const known of ['name-of-ada', 'name-of-bo', 'recorded', 'a=fingerprint:sha-256', 'candidate:']) {
      assert.ok(received.includes(known), `${known} should be there`);
    }
    assert.deepEqual(CANARIES.filter((word) => received.includes(word)), []);
    assert.equal(received.includes('canary'), false);
  });

  it('holds no name either where names are private', async () => {
    await sayEverything(true);
    const { received } = proxy;
    assert.ok(received.includes('recorded') && received.includes('candidate:'));
    assert.deepEqual(['name-of', 'canary'].filter((word) => received.includes(word)), []);
  });
});

declare global {
  var canaries: Set<string>;
}
