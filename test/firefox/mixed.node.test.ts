import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { noFirefox } from '../../scripts/lib/firefox.mjs';
import { joinRoom, launch, openEngine, until, untilConnected } from '../support/browser.ts';
import { sayEverything } from '../support/canaries.ts';
import { assertMet, enter as enterLobby, openRoom } from '../support/call.ts';
import { hearAudio, playParticipant, watchVideo } from '../support/media.ts';
import { installProbe } from '../support/probe.ts';
import { NO_LIMITS, useStage } from '../support/stage.ts';
import { createLinkSecret } from '../../src/room/link-secret.ts';
import type { CreateRoomOptions } from '../../src/index.ts';
import type { Person } from '../support/stage.ts';

type Kind = 'chrome' | 'firefox';

const KIB = 1024;
const why = noFirefox();
if (why) console.error(`SKIPPED: Chromium and Firefox in one room: ${why}`);

describe('Chromium and Firefox in one room', { skip: why ?? false }, () => {
  const stage = useStage(NO_LIMITS, { browser: 'chrome' });
  let firefox: Browser;
  before(async () => { firefox = await launch({ browser: 'firefox' }); });
  after(() => firefox.close());
  const browserOf = (kind: Kind) => kind === 'firefox' ? firefox : stage.browser;

  async function enter(kind: Kind, options: Partial<CreateRoomOptions> = {}): Promise<Person> {
    const page = stage.own(await openEngine(browserOf(kind), stage.relay.origin, (fresh) => fresh.evaluateOnNewDocument(installProbe)));
    return { page, id: await joinRoom(page, { name: stage.room, displayName: kind, ...options }) };
  }

  async function meet(kinds: readonly Kind[], options?: Partial<CreateRoomOptions>): Promise<[Person, Person]> {
    const [first, second] = [await enter(kinds[0] ?? 'chrome', options), await enter(kinds[1] ?? 'firefox', options)];
    for (const { page } of [first, second]) await untilConnected(page, 1);
    return [first, second];
  }

  /** From one to the other and back. */
  async function talk(from: Page, to: Page, word: string): Promise<void> {
    await to.evaluate((event) => { room.once(event, (_, { from: who }) => { room.to(who).emit(`${event}-back`); }); }, word);
    await from.evaluate((event) => new Promise<void>((resolve) => {
      room.once(`${event}-back`, () => { resolve(); });
      room.emit(event);
    }), word);
  }

  for (const kinds of [['chrome', 'firefox'], ['firefox', 'chrome']] as const) {
    describe(`${kinds[0]} first`, () => {
      it('say everything to each other, and nothing goes wrong in either page', async () => {
        const [first, second] = await meet(kinds);
        await sayEverything(first.page, second.page);
        assert.deepEqual([...first.page.problems, ...second.page.problems], []);
      });

      it('carry what is long and what is binary, both ways', async () => {
        const people = await meet(kinds);
        for (const { page } of people) {
          await page.evaluate(() => room.handle('measure', async (payload) => {
            const { text, bytes } = payload as { text: string; bytes: Uint8Array<ArrayBuffer> };
            const digest = await crypto.subtle.digest('SHA-256', bytes);
            return [text.length, new Uint8Array(digest).join()];
          }));
        }
        for (const { page } of people) {
          const [expected, answered] = await page.evaluate(async (size) => {
            const bytes = new Uint8Array(size);
            for (let i = 0; i < size; i += 65_536) crypto.getRandomValues(bytes.subarray(i, i + 65_536));
            const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join();
            const to = room.to(room.snapshot.participants[0]?.id ?? '');
            return [[size, digest], await to.request('measure', { text: 'x'.repeat(size), bytes })];
          }, 300 * KIB);
          assert.deepEqual(answered, expected);
        }
      });

      it('see and hear each other, over an ICE restart as well', async () => {
        const people = await meet(kinds);
        for (const { page } of people) await page.evaluate(() => Promise.all([room.enable('camera'), room.enable('microphone')]));
        const [one, two] = people;
        const videos = [await playParticipant(one.page, two.id), await playParticipant(two.page, one.id)];
        const assertAll = async () => {
          for (const video of videos) {
            const picture = await watchVideo(video);
            assert.ok(picture.width > 0 && picture.changes, JSON.stringify(picture));
            assert.ok(await hearAudio(video) >= 0.01);
          }
        };
        await assertAll();
        const fragment = () => one.page.evaluate(() => /ice-ufrag:(\S+)/.exec(probe.pcs[0]?.localDescription?.sdp ?? '')?.[1]);
        const before = await fragment();
        await one.page.evaluate(() => { probe.pcs[0]?.restartIce(); });
        await until(one.page, (old) => probe.pcs[0]?.signalingState === 'stable' && probe.pcs[0].connectionState === 'connected'
          && !probe.pcs[0].localDescription?.sdp.includes(`ice-ufrag:${old}`), before);
        await assertAll();
        await talk(one.page, two.page, 'after');
        assert.deepEqual(await Promise.all(people.map(({ page }) => page.evaluate(() => probe.pcs.length))), [1, 1]);
      });

      it('give each other a file', async () => {
        const people = await meet(kinds);
        for (const [from, to] of [people, [...people].reverse()] as [Person, Person][]) {
          await to.page.evaluate(() => {
            Object.assign(globalThis, { received: new Promise((resolve) => {
              room.files.lifecycle.on('offer', ({ file }) => { resolve(file.accept().then((blob) => blob?.arrayBuffer())); });
            }) });
          });
          const size = 3 * KIB * KIB + 7;
          await from.page.evaluate((id, length) => {
            const bytes = new Uint8Array(length).map((_, i) => i * 31);
            return room.files.send(new File([bytes], 'a.bin'), { to: id });
          }, to.id, size);
          const intact = await to.page.evaluate(async () => {
            const bytes = new Uint8Array(await (globalThis as unknown as { received: Promise<ArrayBuffer> }).received);
            return bytes.every((byte, i) => byte === i * 31 % 256) && bytes.length;
          });
          assert.equal(intact, size);
        }
      });

      it('go on without the relay, part at once, and meet again; a late joiner sees what was published before', async () => {
        const [first, second] = await meet(kinds);
        await first.page.evaluate(() => room.enable('camera'));
        await stage.relay.kill();
        try {
          await until(first.page, () => room.snapshot.state === 'reconnecting');
          await talk(first.page, second.page, 'meanwhile');
        } finally {
          await stage.relay.start();
        }
        for (const { page } of [first, second]) await until(page, () => room.snapshot.state === 'joined');
        await second.page.evaluate(() => room.leave());
        await until(first.page, () => room.snapshot.participants.length === 0);
        await second.page.evaluate(() => room.join());
        const late = await enter(kinds[0]);
        for (const { page } of [first, second, late]) await untilConnected(page, 2);
        for (const { page } of [second, late]) {
          await until(page, (id) => room.snapshot.participants.find((one) => one.id === id)?.tracks[0]?.track, first.id);
          const video = await page.evaluateHandle(async (id) => {
            const track = room.snapshot.participants.find((one) => one.id === id)?.tracks[0]?.track;
            const element = document.body.appendChild(document.createElement('video'));
            element.srcObject = new MediaStream(track ? [track] : []);
            await element.play();
            return element;
          }, first.id);
          assert.equal((await watchVideo(video)).changes, true);
        }
      });

      it('hold one link, and see one code', async () => {
        const people = await meet(kinds, { linkSecret: createLinkSecret() });
        const codes = await Promise.all(people.map(({ page }) => page.evaluate(async () => {
          const verification = await room.verify();
          while (verification.snapshot.state !== 'ready') await new Promise((resolve) => { setTimeout(resolve, 20); });
          return [room.snapshot.participants[0]?.identity, verification.snapshot.code?.emoji.join(' ')];
        })));
        const [[identity, emoji] = [], other] = codes;
        assert.equal(identity, 'linked');
        assert.ok(emoji);
        assert.deepEqual(other, [identity, emoji]);
      });

      it('meet on the two-line page', async () => {
        const url = `${stage.relay.origin}/?room=${stage.room}`;
        const pages = [stage.own(await openRoom(browserOf(kinds[0]), url)), stage.own(await openRoom(browserOf(kinds[1]), url))] as const;
        const ids = [await enterLobby(pages[0], kinds[0]), await enterLobby(pages[1], kinds[1])] as const;
        await assertMet(pages[0], ids[1]);
        await assertMet(pages[1], ids[0]);
        assert.deepEqual(pages.flatMap(({ problems }) => problems), []);
      });
    });
  }
});
