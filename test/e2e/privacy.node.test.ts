import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { joinRoom, launch, openEngine, untilConnected } from '../support/browser.ts';
import { CANARIES, sayEverything } from '../support/canaries.ts';
import type { TestPage } from '../support/browser.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import type { RecordingProxy } from '../support/recording-proxy.ts';
import { startRelay } from '../support/relay.ts';
import type { RelayProcess } from '../support/relay.ts';
import { createLinkSecret } from '../../src/room/link-secret.ts';
import type { RoomOptions } from '../../src/index.ts';

describe('a recording of all that the relay receives', () => {
  let browser: Browser;
  let relay: RelayProcess;
  let proxy: RecordingProxy;
  const pages: TestPage[] = [];
  /** One each: the relay holds the places of pages that were closed. */
  let rooms = 0;

  before(async () => { [browser, relay] = await Promise.all([launch(), startRelay()]); });
  after(async () => {
    await browser.close();
    await relay.stop();
  });
  beforeEach(async () => {
    rooms++;
    proxy = await startRecordingProxy(relay.port);
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.browserContext().close()));
    proxy.close();
  });

  async function enter(displayName: string, options: Partial<RoomOptions>): Promise<TestPage> {
    const page = await openEngine(browser, proxy.origin);
    pages.push(page);
    await joinRoom(page, { name: `recorded-${rooms}`, displayName, ...options });
    return page;
  }

  async function meetAndTalk(options: Partial<RoomOptions> = {}): Promise<void> {
    const [ada, bo] = [await enter('name-of-ada', options), await enter('name-of-bo', options)];
    for (const page of [ada, bo]) await untilConnected(page, 1);
    await sayEverything(ada, bo);
  }

  it('holds names, descriptions and candidates, and nothing that participants say to each other', async () => {
    await meetAndTalk();
    const { received } = proxy;
    for (const known of ['name-of-ada', 'name-of-bo', 'recorded', 'a=fingerprint:sha-256', 'candidate:']) {
      assert.ok(received.includes(known), `${known} should be there`);
    }
    assert.deepEqual(CANARIES.filter((word) => received.includes(word)), []);
    assert.equal(received.includes('canary'), false);
  });

  it('holds no name either where names are private', async () => {
    await meetAndTalk({ privateName: true });
    const { received } = proxy;
    assert.ok(received.includes('recorded') && received.includes('candidate:'));
    assert.deepEqual(['name-of', 'canary'].filter((word) => received.includes(word)), []);
  });

  it('holds neither names nor addresses nor the name of the room where all hold a link', async () => {
    const linkSecret = createLinkSecret();
    await meetAndTalk({ linkSecret });
    const { received } = proxy;
    assert.ok(received.includes('"sealed"'));
    const words = ['name-of', 'canary', 'recorded', 'candidate:', 'a=', 'description', '127.0.0.1 ', linkSecret];
    assert.deepEqual(words.filter((word) => received.includes(word)), []);
  });
});
