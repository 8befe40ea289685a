import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { joinRoom, openEngine, untilConnected } from '../support/browser.ts';
import { CANARIES, sayEverything } from '../support/canaries.ts';
import type { TestPage } from '../support/browser.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import type { RecordingProxy } from '../support/recording-proxy.ts';
import { useStage } from '../support/stage.ts';
import { createLinkSecret } from '../../src/room/link-secret.ts';
import type { RoomOptions } from '../../src/index.ts';

describe('a recording of all that the relay receives', () => {
  const stage = useStage();
  let proxy: RecordingProxy;

  beforeEach(async () => { proxy = await startRecordingProxy(stage.relay.port); });
  afterEach(() => { proxy.close(); });

  async function enter(displayName: string, options: Partial<RoomOptions>): Promise<TestPage> {
    const page = stage.own(await openEngine(stage.browser, proxy.origin));
    await joinRoom(page, { name: `recorded-${stage.room}`, displayName, ...options });
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
