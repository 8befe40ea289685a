/**
 * One room, two implementations: what every client in the way of rtc.io 1.x, whoever wrote it, must be able to do with an
 * engine over the real relay. `test/e2e/interop.node.test.ts` asks it of the client written from docs/wire.md,
 * `test/interop/` of the original.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { build } from 'esbuild';
import { openBlank, until } from './browser.ts';
import type { TestPage } from './browser.ts';
import { NO_LIMITS, useStage } from './stage.ts';
import type { Person, Stage } from './stage.ts';

/** What the page of a client offers as `guest`, so that both kinds are asked the same. */
export interface Guest {
  readonly id: string;
  /** With whom it can speak. */
  readonly peers: readonly string[];
  /** Application events, in order. */
  readonly heard: readonly { event: string; args: unknown[] }[];
  /** @returns its participant id */
  join(roomId: string, name: string, more?: object): Promise<string>;
  emit(event: string, ...args: unknown[]): void;
  leave(): void;
  /** Events under which streams of others came, in order: those in {@link SOURCES}. */
  readonly came: readonly string[];
  /** What came last under this event. */
  streamOf(event: string): MediaStream | undefined;
  /** Emits the fake camera and microphone as one stream, in an object, together with metadata. */
  publish(event: string): Promise<void>;
  /** Takes the picture out of that stream, or puts one in again. */
  showPicture(on: boolean): Promise<void>;
  openChannel(name: string): void;
  closeChannel(name: string): void;
  emitOn(name: string, event: string, ...args: unknown[]): void;
  sendBytesOn(name: string, bytes: number[]): void;
  /** What came over named channels: an event of {@link EVENTS} with its arguments, or bytes. */
  readonly heardOn: readonly { name: string; event?: string; args?: unknown[]; bytes?: number[] }[];
}

declare global {
  var guest: Guest;
  /** In a page of the engine: every application event and every lifecycle event, in order. */
  var heard: { event: string; args: readonly unknown[]; from: string }[];
}

/** Events that the tests use: the original only hears what was asked for by name. */
export const EVENTS = ['greeting', 'word', 'last'];
/** Sources of streams; an engine's application listens to events of these names too, and must never hear one. */
export const SOURCES = ['camera', 'microphone', 'screen'];
/** What wire.md lets no peer fire. */
const NEVER_FROM_A_PEER = ['peer-connect', 'peer-disconnect', 'track-added', 'track-removed'];

export interface GuestStage extends Stage {
  /** A page with an engine that has joined, and listens. */
  engine(name?: string): Promise<Person>;
  /** A page with a `guest`, not yet in the room. */
  guestPage(): Promise<TestPage>;
  guest(name?: string, more?: object): Promise<Person>;
}

/** A `describe` over a real relay. @param prepare gives a page its `guest` */
export function describeWithGuests(
  name: string, prepare: (page: TestPage) => Promise<unknown>, tests: (stage: GuestStage) => void,
): void {
  describe(name, () => {
    const stage = useStage(NO_LIMITS);
    const guestPage = async () => {
      const page = stage.own(await openBlank(stage.browser, stage.relay.origin));
      await prepare(page);
      return page;
    };
    tests(Object.assign(stage, {
      guestPage,
      engine: async (displayName = 'Engine') => {
        const engine = await stage.enter(displayName);
        await listens(engine.page);
        return engine;
      },
      guest: async (displayName = 'Guest', more: object = {}) => {
        const page = await guestPage();
        const join = (room: string, called: string, fields: object) => guest.join(room, called, fields);
        return { page, id: await page.evaluate(join, stage.room, displayName, more) };
      },
    }));
  });
}

/** The tests that hold for both kinds of client. */
export function talksWithEngines(stage: GuestStage): void {
  for (const [order, guestFirst] of [['before', true], ['after', false]] as const) {
    it(`exchanges events both ways with an engine when it came ${order} it`, async () => {
      const early = guestFirst ? await stage.guest() : undefined;
      const engine = await stage.engine();
      const guest = early ?? await stage.guest();
      await untilTalking(engine, guest);

      await engine.page.evaluate((to) => {
        room.emit('word', { n: 1 }, 'two');
        room.emit('word');
        room.to(to).emit('last', 'only you');
      }, guest.id);
      await untilGuestHears(guest.page, 'last');
      assert.deepEqual(await wordsOf(guest.page), [
        { event: 'word', args: [{ n: 1 }, 'two'] }, { event: 'word', args: [] }, { event: 'last', args: ['only you'] },
      ]);

      await guest.page.evaluate(() => {
        globalThis.guest.emit('word', { n: 1 }, 'two');
        globalThis.guest.emit('last');
      });
      await untilEngineHears(engine.page, 'last');
      assert.deepEqual((await engine.page.evaluate(() => heard)).filter(({ event }) => event === 'word' || event === 'last'), [
        { event: 'word', args: [{ n: 1 }, 'two'], from: guest.id }, { event: 'last', args: [], from: guest.id },
      ]);
      assert.deepEqual([...engine.page.problems, ...guest.page.problems], []);
    });
  }

  it('is shown as what it is, under its name', async () => {
    const engine = await stage.engine();
    const guest = await stage.guest('Old friend');
    await untilTalking(engine, guest);
    assert.deepEqual(await engine.page.evaluate(() => room.snapshot.participants.map(({ id, name, kind, state, identity }) =>
      ({ id, name, kind, state, identity }))),
    [{ id: guest.id, name: 'Old friend', kind: 'rtcio', state: 'connected', identity: 'unverified' }]);
  });

  it('is heard from its first word on, and not before it was shown', async () => {
    const engine = await stage.engine();
    await engine.page.evaluate(() => {
      room.lifecycle.on('participant-joined', ({ participant }) => { room.to(participant.id).emit('greeting', 'welcome'); });
    });
    const page = await stage.guestPage();
    await page.evaluate(async (name) => {
      const { guest } = globalThis;
      await guest.join(name, 'Guest');
      await new Promise<void>((resolve) => {
        const channel = new MessageChannel(); // Sooner than any timer: the very task in which it sees the engine.
        channel.port1.onmessage = () => { if (guest.peers.length > 0) resolve(); else channel.port2.postMessage(0); };
        channel.port2.postMessage(0);
      });
      guest.emit('greeting', 'here I am');
    }, stage.room);
    await untilGuestHears(page, 'greeting');
    await untilEngineHears(engine.page, 'greeting');
    assert.deepEqual((await engine.page.evaluate(() => heard)).map(({ event }) => event), ['participant-joined', 'greeting']);
  });

  it('fires nothing of the library in an engine', async () => {
    const { engine, guest } = await talking(stage);
    await guest.page.evaluate((names, forged) => {
      for (const name of [...names, 'participant-left', 'error', 'disconnect']) globalThis.guest.emit(name, forged);
      globalThis.guest.emit('last');
    }, NEVER_FROM_A_PEER, { id: engine.id, participant: { id: engine.id }, reason: 'forged' });
    await untilEngineHears(engine.page, 'last');
    assert.deepEqual((await engine.page.evaluate(() => heard)).map(({ event }) => event), ['participant-joined', 'last']);
    assert.deepEqual(engine.page.problems, []);
  });

  it('learns that an engine left', async () => {
    const { engine, guest } = await talking(stage);
    await engine.page.evaluate(() => room.leave());
    await until(guest.page, () => globalThis.guest.peers.length === 0);
  });

  it('is gone for an engine after it left, and after its tab was closed', async () => {
    const engine = await stage.engine();
    const [one, other] = [await stage.guest('One'), await stage.guest('Other')];
    await until(engine.page, () => room.snapshot.participants.filter(({ state }) => state === 'connected').length === 2);
    await one.page.evaluate(() => { globalThis.guest.leave(); });
    await until(engine.page, (id) => room.snapshot.participants.every((participant) => participant.id !== id), one.id);
    await other.page.close();
    await until(engine.page, () => room.snapshot.participants.length === 0);
    assert.deepEqual((await engine.page.evaluate(() => heard)).map(({ event }) => event),
      ['participant-joined', 'participant-joined', 'participant-left', 'participant-left']);
  });

  it('stands with its like and with engines in one room, everyone heard by everyone', async () => {
    const engines = [await stage.engine('E1'), await stage.engine('E2')];
    const guests = [await stage.guest('G1'), await stage.guest('G2')];
    const everyone = [...engines, ...guests].map(({ id }) => id);
    for (const { page } of engines) {
      await until(page, () => room.snapshot.participants.filter(({ state }) => state === 'connected').length === 3);
    }
    for (const { page } of guests) await until(page, () => globalThis.guest.peers.length === 3);
    for (const { page, id } of engines) await page.evaluate((own) => { room.emit('word', own); }, id);
    for (const { page, id } of guests) await page.evaluate((own) => { globalThis.guest.emit('word', own); }, id);

    for (const { page, id } of engines) {
      await until(page, () => heard.filter(({ event }) => event === 'word').length === 3);
      const words = (await page.evaluate(() => heard)).filter(({ event }) => event === 'word');
      assert.deepEqual(words.map(({ from }) => from).sort(), everyone.filter((one) => one !== id).sort());
      assert.ok(words.every(({ from, args: [said] }) => said === from));
    }
    for (const { page, id } of guests) {
      await until(page, () => globalThis.guest.heard.length === 3);
      const said = (await wordsOf(page)).map(({ args: [word] }) => String(word));
      assert.deepEqual(said.sort(), everyone.filter((one) => one !== id).sort());
    }
  });
}

const bundles = new Map<string, Promise<string>>();

/** Bundles a module for the page, whose exports then stand in a global variable. */
export async function loadModule(page: TestPage, globalName: string, contents: string, resolveDir: string): Promise<void> {
  const bundled = bundles.get(contents) ?? build({
    stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, write: false, format: 'iife', globalName, target: 'es2022',
  }).then(({ outputFiles: [script] }) => script?.text ?? '');
  bundles.set(contents, bundled);
  await page.evaluate(`${await bundled}; globalThis.${globalName} = ${globalName};`);
}

function listens(page: TestPage): Promise<void> {
  return page.evaluate((events) => {
    globalThis.heard = [];
    for (const event of events) room.on(event, (_, { args, from }) => { heard.push({ event, args, from }); });
    for (const event of ['participant-joined', 'participant-left', 'track-added', 'track-removed', 'error', 'left'] as const) {
      room.lifecycle.on(event, (payload) => { heard.push({ event, args: [JSON.stringify(payload)], from: '' }); });
    }
  }, [...EVENTS, ...SOURCES]);
}

export async function untilTalking(engine: Person, guest: Person): Promise<void> {
  const isConnected = (id: string) => room.snapshot.participants.find((one) => one.id === id)?.state === 'connected';
  await until(engine.page, isConnected, guest.id);
  await until(guest.page, (id) => globalThis.guest.peers.includes(id), engine.id);
}

/** An engine, and a guest who came after it. */
export async function talking(stage: GuestStage): Promise<{ engine: Person; guest: Person }> {
  const [engine, guest] = [await stage.engine(), await stage.guest()];
  await untilTalking(engine, guest);
  return { engine, guest };
}

export function untilEngineHears(page: TestPage, event: string): Promise<void> {
  return until(page, (name) => heard.some((one) => one.event === name), event);
}

export function untilGuestHears(page: TestPage, event: string): Promise<void> {
  return until(page, (name) => globalThis.guest.heard.some((one) => one.event === name), event);
}

export function wordsOf(page: TestPage): Promise<{ event: string; args: unknown[] }[]> {
  return page.evaluate(() => globalThis.guest.heard.map(({ event, args }) => ({ event, args })));
}
