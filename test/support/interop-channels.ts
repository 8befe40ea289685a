/** Named channels between an engine and a client in the way of rtc.io 1.x: what holds for both kinds of client (interop.ts). */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Channel } from '../../src/index.ts';
import { until } from './browser.ts';
import type { TestPage } from './browser.ts';
import { talking, untilEngineHears, untilTalking } from './interop.ts';
import { streamOf } from './wire-peer.ts';
import type { GuestStage } from './interop.ts';
import type { Person } from './stage.ts';

declare global {
  /** In a page of the engine that {@link openChannel}s: the channel, and what came over it, bytes as a list of numbers. */
  var channel: Channel;
  var cameOver: { event: string; args: readonly unknown[]; from: string }[];
  /** `open` and `close`, in order. */
  var turns: string[];
  /** A word of {@link untilHeardOn} came. */
  var probed: boolean;
  var probing: ReturnType<typeof setInterval>;
}

function openChannel(page: TestPage, name: string): Promise<void> {
  return page.evaluate(async (wanted) => {
    globalThis.cameOver = [];
    globalThis.turns = [];
    globalThis.probed = false;
    const channel = (globalThis.channel = await room.openChannel(wanted));
    for (const event of ['word', 'last']) channel.on(event, (_, { args, from }) => { cameOver.push({ event, args, from }); });
    channel.on('probe', () => { globalThis.probed = true; });
    channel.lifecycle.on('data', ({ data, from }) => {
      cameOver.push({ event: 'data', args: [[...new Uint8Array(data)]], from });
    });
    channel.lifecycle.on('open', () => { turns.push('open'); });
    channel.lifecycle.on('close', () => { turns.push('close'); });
  }, name);
}

function untilOpen(page: TestPage): Promise<void> {
  return until(page, () => turns.at(-1) === 'open');
}

/** Until a word of the guest arrives: both ends have created it. What is said before may be lost, and so it is said again. */
async function untilHeardOn(engine: TestPage, guest: TestPage, name: string): Promise<void> {
  await engine.evaluate(() => { globalThis.probed = false; });
  await guest.evaluate((wanted) => {
    globalThis.probing = setInterval(() => {
      try {
        globalThis.guest.emitOn(wanted, 'probe');
      } catch {
        return; // Not open, or closing.
      }
    }, 50);
  }, name);
  await until(engine, () => probed);
  await guest.evaluate(() => { clearInterval(probing); });
}

/** An engine and a guest between whom a channel of this name is open. */
async function sharing(stage: GuestStage, name: string): Promise<{ engine: Person; guest: Person }> {
  const { engine, guest } = await talking(stage);
  await guest.page.evaluate((wanted) => { globalThis.guest.openChannel(wanted); }, name);
  await openChannel(engine.page, name);
  await untilOpen(engine.page);
  await untilHeardOn(engine.page, guest.page, name);
  return { engine, guest };
}

export function sharesChannels(stage: GuestStage): void {
  it('sends events and bytes both ways over a named channel, in order', async () => {
    const { engine, guest } = await sharing(stage, 'files');

    await guest.page.evaluate(() => {
      globalThis.guest.emitOn('files', 'word', { n: 1 }, 'two');
      globalThis.guest.sendBytesOn('files', [1, 2, 3]);
      globalThis.guest.emitOn('files', 'last');
    });
    await until(engine.page, () => cameOver.length === 3);
    assert.deepEqual(await engine.page.evaluate(() => cameOver), [
      { event: 'word', args: [{ n: 1 }, 'two'], from: guest.id }, { event: 'data', args: [[1, 2, 3]], from: guest.id },
      { event: 'last', args: [], from: guest.id },
    ]);
    await engine.page.evaluate(() => {
      channel.emit('word', { n: 1 }, 'two');
      channel.send(new Uint8Array([4, 5, 6]));
      channel.emit('last');
    });
    await until(guest.page, () => globalThis.guest.heardOn.length === 3);
    assert.deepEqual(await guest.page.evaluate(() => globalThis.guest.heardOn), [
      { name: 'files', event: 'word', args: [{ n: 1 }, 'two'] }, { name: 'files', bytes: [4, 5, 6] },
      { name: 'files', event: 'last', args: [] },
    ]);
    assert.deepEqual([...engine.page.problems, ...guest.page.problems], []);
  });

  it('sends texts longer than engines do in one frame, to the room and over a channel', async () => {
    const CHARS = 200_000; // Chromium sends 256 KiB at most.
    const { engine, guest } = await sharing(stage, 'long');
    await engine.page.evaluate(() => {
      room.on('long', (text, { from }) => { cameOver.push({ event: 'long', args: [text], from }); });
    });
    await guest.page.evaluate((chars) => {
      globalThis.guest.emitOn('long', 'word', 'x'.repeat(chars));
      globalThis.guest.emit('long', 'y'.repeat(chars));
    }, CHARS);
    await until(engine.page, () => cameOver.length === 2);
    const texts = await engine.page.evaluate(() => cameOver.map(({ args: [text] }) => String(text)));
    assert.deepEqual(texts.map((text) => [text[0], text.length]).sort(), [['x', CHARS], ['y', CHARS]]);
  });

  it('finds the channel of an engine that it joins, and has a late one find its own', async () => {
    const engine = await stage.engine();
    await openChannel(engine.page, 'doc');
    const guest = await stage.guest();
    await guest.page.evaluate(() => { globalThis.guest.openChannel('doc'); });
    await untilTalking(engine, guest);
    await untilOpen(engine.page);
    await untilHeardOn(engine.page, guest.page, 'doc');
    const late = await stage.engine('Late');
    await openChannel(late.page, 'doc');
    await until(late.page, () => turns.length === 2);
    await engine.page.evaluate(() => { channel.emit('last', 'to all'); });
    await until(late.page, () => cameOver.some(({ event }) => event === 'last'));
    await until(guest.page, () => globalThis.guest.heardOn.some(({ event }) => event === 'last'));
    await untilHeardOn(late.page, guest.page, 'doc');
  });

  it('gets all of a megabyte that an engine sends as fast as it is let, and in order', async () => {
    const { engine, guest } = await sharing(stage, 'bulk');
    await engine.page.evaluate(async () => {
      for (let i = 0; i < 64; i++) {
        const more = channel.send(new Uint8Array(16_384).fill(i));
        if (!more) await new Promise<void>((resolve) => { channel.lifecycle.once('drain', () => { resolve(); }); });
      }
      channel.emit('last');
    });
    await until(guest.page, () => globalThis.guest.heardOn.at(-1)?.event === 'last');
    const blocks = await guest.page.evaluate(() => globalThis.guest.heardOn
      .flatMap(({ bytes }) => bytes ? [[bytes.length, bytes[0], bytes.at(-1)]] : []));
    assert.deepEqual(blocks, Array.from({ length: 64 }, (_, i) => [16_384, i, i]));
  });

  it('may close its end and open it again, and so may an engine', async () => {
    const { engine, guest } = await sharing(stage, 'doc');

    await guest.page.evaluate(() => { globalThis.guest.closeChannel('doc'); });
    await until(engine.page, () => turns.join() === 'open,close,open');
    await guest.page.evaluate(() => { globalThis.guest.openChannel('doc'); });
    await untilHeardOn(engine.page, guest.page, 'doc');

    await engine.page.evaluate(() => { channel.close(); });
    await openChannel(engine.page, 'doc');
    await untilOpen(engine.page);
    await guest.page.evaluate(() => { globalThis.guest.openChannel('doc'); });
    await untilHeardOn(engine.page, guest.page, 'doc');
  });

  it('cannot have two channels on one stream: an error names both', async () => {
    const { engine } = await talking(stage);
    const [one, other] = collidingNames();
    await openChannel(engine.page, one);
    await untilOpen(engine.page);
    await engine.page.evaluate((name) => room.openChannel(name), other);
    await untilEngineHears(engine.page, 'error');
    const [told] = await engine.page.evaluate(() => heard
      .flatMap(({ event, args }) => event === 'error' ? [String(args[0])] : []));
    assert.ok(told?.includes('channel-collision') && told.includes(one) && told.includes(other), told);
  });
}

function collidingNames(): [string, string] {
  const byStream = new Map<number, string>();
  for (let i = 0; ; i++) {
    const name = `name-${i}`;
    const stream = streamOf(name);
    const known = byStream.get(stream);
    if (known !== undefined) return [known, name];
    byStream.set(stream, name);
  }
}
