/** A thousand times the same, and nothing is left of it: `test/e2e/leaks.node.test.ts` does it a few times, `test/long/` all. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WAIT_MS, joinRoom, openEngine, openPage, skipInFirefox, until, untilConnected } from './browser.ts';
import type { TestPage } from './browser.ts';
import { collectGarbage, countTimers, growth, takeCensus, untilQuiet } from './census.ts';
import type { Census } from './census.ts';
import { NO_LIMITS, useStage } from './stage.ts';

/** What a page loads, compiles and caches once comes in the first turns; what the browser then compiles anew, in some tens. */
const WARM_UP = { few: 5, many: 50 };
/** Turns in one question to the page, which has a minute to answer. */
const BATCH = 200;
/** Whatever the number of turns: compiled code, elements of one turn, and a track for each m-line once it was looked at. */
const ALLOWED: Partial<Census> = { heapBytes: 700_000, HTMLElement: 2, MediaStreamTrack: 3 };

export function leavesNothing(turns: number): void {
  describe(`${turns} times the same`, { skip: skipInFirefox('it counts no objects for a test') }, () => {
    const stage = useStage(NO_LIMITS);

    const engine = async (): Promise<TestPage> =>
      stage.own(await openEngine(stage.browser, stage.relay.origin, (fresh) => fresh.evaluateOnNewDocument(countTimers)));

    /** @param rest until what was begun has come to rest */
    async function stayTheSame(
      watched: TestPage[], turn: (times: number) => Promise<void>, rest: () => Promise<void>,
    ): Promise<void> {
      const census = async () => {
        await rest();
        await Promise.all(watched.map((page) => untilQuiet(page)));
        return Promise.all(watched.map((page) => takeCensus(page)));
      };
      await turn(turns < WARM_UP.many ? WARM_UP.few : WARM_UP.many);
      const earlier = await census();
      for (let done = 0; done < turns; done += BATCH) {
        await turn(Math.min(BATCH, turns - done));
        await Promise.all(watched.map((page) => collectGarbage(page)));
      }
      const grown = async () => {
        const later = await census();
        return watched.flatMap((_, i) => growth(earlier[i] as Census, later[i] as Census, ALLOWED));
      };
      // What the last turns began may still be held by a callback of the browser's.
      const deadlineMs = performance.now() + WAIT_MS;
      let left = await grown();
      while (left.length > 0 && performance.now() < deadlineMs) left = await grown();
      assert.deepEqual(left, []);
      assert.deepEqual(watched.flatMap(({ problems }) => problems), []);
    }

    it('joining and leaving leaves nothing, neither with who does it nor with who stays', async () => {
      const [stays, goes] = [await engine(), await engine()];
      await joinRoom(stays, { name: 'doors', displayName: 'Stays' });
      await goes.evaluate(() => {
        globalThis.room = rtc.createRoom({ server: location.origin, name: 'doors', displayName: 'Goes' });
      });
      await stayTheSame([stays, goes], (times) => goes.evaluate(async (count) => {
        for (let i = 0; i < count; i++) {
          await room.join();
          await new Promise<void>((resolve) => {
            const end = rtc.watch(room, ({ participants: [other] }) => other?.state, (state) => {
              if (state !== 'connected') return;
              end();
              resolve();
            });
          });
          await room.leave();
        }
      }, times), () => untilConnected(stays, 0));
      assert.equal(await goes.evaluate(() => timers.size), 0);
    });

    it('switching camera and screen on and off leaves nothing, neither here nor there', async () => {
      const [shows, sees] = [await engine(), await engine()];
      for (const page of [shows, sees]) await joinRoom(page, { name: 'toggles', displayName: 'x' });
      for (const page of [shows, sees]) await untilConnected(page, 1);
      await stayTheSame([shows, sees], (times) => shows.evaluate(async (count) => {
        for (let i = 0; i < count; i++) {
          for (const source of ['camera', 'screen'] as const) await room.enable(source);
          for (const source of ['camera', 'screen'] as const) room.disable(source);
        }
      }, times), () => until(sees, () => room.snapshot.participants.every(({ tracks }) => tracks.every(({ live }) => !live))));
    });

    it('putting a <rtc-room> on the page, joining, leaving and taking it away leaves nothing', async () => {
      const stays = await engine();
      await joinRoom(stays, { name: 'elements', displayName: 'Stays' });
      const page = stage.own(await openPage(stage.browser, `${stage.relay.origin}/health`, async (fresh) => {
        await fresh.setBypassCSP(true);
        await fresh.evaluateOnNewDocument(countTimers);
      }));
      await page.evaluate("import('/rtc.js')");
      await stayTheSame([stays, page], (times) => page.evaluate(async (count) => {
        for (let i = 0; i < count; i++) {
          const element = document.createElement('rtc-room');
          Object.assign(element, { server: location.origin, name: 'elements', displayName: 'Comes' });
          document.body.append(element);
          await element.join();
          while (!element.room.snapshot.participants.some(({ state }) => state === 'connected')) {
            await new Promise((resolve) => { element.room.subscribe(resolve); });
          }
          // What every call brings once, after a moment.
          for (const tag of ['rtc-chat', 'rtc-quality']) await customElements.whenDefined(tag);
          if (i % 2 === 0) await element.leave();
          element.remove();
        }
      }, times), () => until(stays, () => room.snapshot.participants.length === 0));
    });
  });
}
