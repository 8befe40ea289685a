import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { SignJWT } from 'jose';
import { until, untilConnected } from '../support/browser.ts';
import { assertMet, click, describeCalls, enter, failuresOf, untilTiles } from '../support/call.ts';
import type { TestPage } from '../support/browser.ts';
import type { CallStage } from '../support/call.ts';

const SECRET = 'a secret of the tests, of 32 characters and more';
const secretFile = join(mkdtempSync(join(tmpdir(), 'rtc-elements-')), 'secret');
writeFileSync(secretFile, SECRET);

const mint = (room: string, name: string, role = 'guest', ttlS = 600) => new SignJWT({ room, name, role })
  .setProtectedHeader({ alg: 'HS256' }).setSubject(name).setExpirationTime(Math.floor(Date.now() / 1000) + ttlS)
  .sign(new TextEncoder().encode(SECRET));

/** A page of the demo whose `<rtc-room>` has a token. */
async function openAs(stage: CallStage, name: string, role?: string): Promise<TestPage> {
  const page = await stage.open();
  await giveToken(page, await mint(stage.room, name, role));
  return page;
}

const giveToken = (page: TestPage, token: string): Promise<void> =>
  page.evaluate((given) => { document.querySelector('rtc-room')!.token = given; }, token);

/** Asks for it as a page's script would. @returns the code, or `done` */
function moderate(page: TestPage, action: 'remove' | 'mute' | 'lock' | 'end', target = ''): Promise<string> {
  return page.evaluate((what, whom) => room.moderate[what](whom).then(() => 'done', (error: unknown) => (error as { code: string }).code), action, target);
}

/** Who knocks is listed by code that is loaded then, and a locator does not see what comes into a shadow. */
async function answer(page: TestPage, part: 'admit' | 'refuse'): Promise<void> {
  await until(page, (name) => deepAll('button').some((button) => button.part.contains(name)), part);
  await click(page, part);
}

describeCalls('a room with hosts and a waiting room', ['--jwt-secret-file', secretFile, '--rooms-waiting-room'], (stage) => {
  async function host(): Promise<{ page: TestPage; id: string }> {
    const page = await openAs(stage, 'Ada', 'host');
    return { page, id: await enter(page, 'whoever', 'join-without') };
  }
  /** Knocks and is let in by a click of the host's. */
  async function admitted(ada: TestPage, name: string, how: 'join' | 'join-without' = 'join-without'): Promise<{ page: TestPage; id: string }> {
    const page = await openAs(stage, name);
    await click(page, how);
    await until(page, () => room.snapshot.state === 'waiting');
    await until(ada, (called) => room.snapshot.knocks.some((knock) => knock.name === called), name);
    await answer(ada, 'admit');
    await until(page, () => room.snapshot.state === 'joined');
    return { page, id: await page.evaluate(() => room.snapshot.local.id) };
  }

  it('lets in whom a host admits, under the names of their tokens, and nobody else', async () => {
    const ada = await host();
    const bo = await admitted(ada.page, 'Bo', 'join');
    await untilConnected(ada.page, 1);
    await assertMet(ada.page, bo.id);
    const names = await bo.page.evaluate(() => [room.snapshot.local.name, ...room.snapshot.participants.map(({ name, roles }) => `${name} ${roles.join()}`)]);
    assert.deepEqual(names, ['Bo', 'Ada host']);

    const cy = await openAs(stage, 'Cy');
    await click(cy, 'join-without');
    await until(ada.page, () => room.snapshot.knocks.length === 1);
    assert.equal(await moderate(bo.page, 'lock'), 'forbidden');
    await answer(ada.page, 'refuse');
    await until(cy, () => room.snapshot.error?.code === 'knock-refused');
    assert.deepEqual([await failuresOf(cy), await cy.evaluate(() => probe.pcs.length)], [['knock-refused'], 0]);
    await until(ada.page, () => room.snapshot.knocks.length === 0);
  });

  it('knocks again when the relay is back, and is let in then', async () => {
    const ada = await host();
    const bo = await openAs(stage, 'Bo');
    await click(bo, 'join-without');
    await until(ada.page, () => room.snapshot.knocks.length === 1);
    await stage.relay.kill();
    await until(ada.page, () => room.snapshot.state === 'reconnecting'); // Else what holds now is taken for what comes.
    await stage.relay.start();
    await until(ada.page, () => room.snapshot.state === 'joined' && room.snapshot.knocks.length === 1);
    assert.equal(await bo.evaluate(() => room.snapshot.state), 'waiting');
    await answer(ada.page, 'admit');
    await until(bo, () => room.snapshot.state === 'joined');
    await untilConnected(bo, 1);
  });

  it('closes a removed one at every other at once, puts their camera out, and lets them not come back', async () => {
    const ada = await host();
    const bo = await admitted(ada.page, 'Bo', 'join');
    const cy = await admitted(ada.page, 'Cy');
    for (const { page } of [ada, bo, cy]) await untilConnected(page, 2);
    const gone = [ada, cy].map(({ page }) => page.evaluate(() => new Promise<{ reason: string; open: number }>((resolve) => {
      room.lifecycle.on('participant-left', ({ reason }) => {
        resolve({ reason, open: probe.pcs.filter(({ connectionState }) => connectionState !== 'closed').length });
      });
    })));
    const askedMs = Date.now();
    assert.equal(await moderate(ada.page, 'remove', bo.id), 'done');
    for (const { reason, open } of await Promise.all(gone)) {
      assert.equal(open, 1, 'one connection is left, with who is still here');
      assert.match(reason, /^(?:removed|left)$/); // The relay's word or the removed one's own goodbye, whichever came first.
    }
    assert.ok(Date.now() - askedMs < 1000, `${Date.now() - askedMs} ms`);
    await until(bo.page, () => room.snapshot.error?.code === 'removed');
    const states = await bo.page.evaluate(() => [...probe.tracks.map(({ readyState }) => readyState), room.snapshot.state]);
    assert.deepEqual(states, ['ended', 'ended', 'idle']);
    assert.deepEqual(await failuresOf(bo.page), ['removed']);
    await untilTiles(ada.page, 2);
    await click(bo.page, 'join-without');
    await until(bo.page, () => room.snapshot.state === 'idle' && room.snapshot.error?.code === 'removed');
  });

  it('mutes by a request, locks, and ends for everyone', async () => {
    const ada = await host();
    const bo = await admitted(ada.page, 'Bo', 'join');
    await untilConnected(ada.page, 1);
    assert.equal(await moderate(ada.page, 'mute', bo.id), 'done');
    await until(bo.page, () => room.snapshot.local.microphone.state === 'off' && room.snapshot.local.camera.state === 'on');
    await until(bo.page, () => deepAll('rtc-room').some(({ renderRoot }) => renderRoot.querySelector('[part=notice]')));
    assert.equal(await moderate(ada.page, 'lock'), 'done');
    await until(bo.page, () => room.snapshot.locked);
    const cy = await openAs(stage, 'Cy');
    await click(cy, 'join-without');
    await until(cy, () => room.snapshot.error?.code === 'room-locked');
    assert.equal(await moderate(ada.page, 'end'), 'done');
    for (const { page } of [ada, bo]) await until(page, () => room.snapshot.error?.code === 'room-ended');
    assert.deepEqual(await bo.page.evaluate(() => probe.tracks.map(({ readyState }) => readyState)), ['ended', 'ended']);
  });
});

describeCalls('a relay that asks for tokens', ['--jwt-secret-file', secretFile], (stage) => {
  const LIFE_S = 5;

  it('is given a new one before the old one ends; without one the call ends, once it was said', async () => {
    const [ada, bo] = [await openAs(stage, 'Ada'), await stage.open()];
    let asked = 0;
    await ada.exposeFunction('mint', () => mint(stage.room, 'Ada', 'guest', asked++ === 0 ? LIFE_S : 600));
    const states = await ada.evaluateHandle(() => {
      document.querySelector('rtc-room')!.getToken = () => (globalThis as unknown as { mint(): Promise<string> }).mint();
      const told: string[] = [];
      room.lifecycle.on('state-changed', ({ state }) => told.push(state));
      return told;
    });
    const expiring = bo.evaluate(() => new Promise<number>((resolve) => {
      room.lifecycle.on('token-expiring', ({ expiresAt }) => { resolve(expiresAt); });
    }).then((expiresAt) => expiresAt - Date.now()));
    await giveToken(bo, await mint(stage.room, 'Bo', 'guest', LIFE_S));
    await Promise.all([enter(ada, 'Ada', 'join-without'), enter(bo, 'Bo', 'join-without')]);
    await untilConnected(ada, 1);
    assert.ok(await expiring > 0);
    await until(bo, () => room.snapshot.state === 'idle' && room.snapshot.error);
    // The relay says `token-expired` to whom it closes, and to whom it refuses.
    assert.deepEqual(await failuresOf(bo), ['token-expired']);
    await until(ada, () => room.snapshot.participants.length === 0);
    assert.deepEqual([asked, await states.jsonValue()], [2, ['joining', 'joined']]);
    assert.equal(stage.relay.output.includes('eyJ'), false, 'no token stands in the log');
  });

  it('gets back who has no token at the moment, as soon as there is one', async () => {
    const page = await openAs(stage, 'Ada');
    let down = false;
    let failures = 0;
    await page.exposeFunction('mint', () => {
      if (!down) return mint(stage.room, 'Ada');
      failures++;
      throw new Error('down');
    });
    await page.evaluate(() => {
      document.querySelector('rtc-room')!.getToken = () => (globalThis as unknown as { mint(): Promise<string> }).mint();
    });
    const id = await enter(page, 'Ada', 'join-without');
    down = true;
    await stage.relay.kill();
    await stage.relay.start();
    const deadline = performance.now() + 10_000;
    while (failures < 2) {
      assert.ok(performance.now() < deadline, 'getToken is asked again and again');
      await page.evaluate(() => room.snapshot.state);
    }
    assert.equal(await page.evaluate(() => room.snapshot.state), 'reconnecting');
    down = false;
    await until(page, () => room.snapshot.state === 'joined');
    assert.equal(await page.evaluate(() => room.snapshot.local.id), id);
  });

  it('refuses for good whom it does not know', async () => {
    const page = await stage.open();
    await click(page, 'join-without');
    await until(page, () => room.snapshot.error?.code === 'unauthorized');
    assert.equal(await page.evaluate(() => room.snapshot.state), 'idle');
  });
});
