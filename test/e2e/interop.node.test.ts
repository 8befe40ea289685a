import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../support/browser.ts';
import { describeWithGuests, loadModule, talking, talksWithEngines, untilEngineHears, untilTalking } from '../support/interop.ts';
import { sharesChannels } from '../support/interop-channels.ts';
import { exchangesStreams } from '../support/interop-media.ts';
import type { GuestStage } from '../support/interop.ts';
import type { TestPage } from '../support/browser.ts';
import type { WireGuest } from '../support/wire-guest.ts';

declare global {
  /** The wire client, in a page of it. */
  var wire: WireGuest;
}

async function prepare(page: TestPage): Promise<void> {
  await loadModule(page, 'client', "export { WireGuest } from './wire-guest.ts';", import.meta.dirname.replace(/e2e$/, 'support'));
  await page.evaluate('globalThis.guest = globalThis.wire = new client.WireGuest(location)');
}

describeWithGuests('a client written from docs/wire.md', prepare, (stage) => {
  talksWithEngines(stage);
  exchangesStreams(stage);
  sharesChannels(stage);

  it('is told who is here, and to offer only to who comes after it', async () => {
    const guest = await stage.guest();
    const engine = await stage.engine();
    const late = await stage.guest('Late');
    await untilTalking(engine, guest);
    await untilTalking(engine, late);
    const told = (page: TestPage) => page.evaluate(() => wire.told.filter((name) => name !== '#rtcio:message'));
    assert.deepEqual(await told(guest.page), ['user-connected', '#rtcio:init-offer', 'user-connected', '#rtcio:init-offer']);
    assert.deepEqual(await told(late.page), ['user-connected', 'user-connected']);
  });

  it('is met by an engine that comes back to a relay where it finds it', async () => {
    const engine = await stage.engine();
    await stage.relay.kill();
    await engine.page.setOfflineMode(true);
    await stage.relay.start();
    const guest = await stage.guest();
    assert.deepEqual(await guest.page.evaluate(() => wire.told), []);
    await engine.page.setOfflineMode(false);
    await untilTalking(engine, guest);
    const told = await guest.page.evaluate(() => wire.told.filter((name) => name !== '#rtcio:message'));
    assert.deepEqual(told, ['user-connected']);
    await guest.page.evaluate(() => { wire.emit('last'); });
    await untilEngineHears(engine.page, 'last');
  });

  it('hears one word of what engines say among themselves, the hello, and drops it', async () => {
    const { engine, guest } = await talking(stage);
    await engine.page.evaluate((to) => { room.to(to).emit('last'); }, guest.id);
    await until(guest.page, () => wire.heard.length > 0);
    assert.deepEqual(await guest.page.evaluate(() => wire.dropped.map(({ event }) => event)), ['#rtcio:hello']);
  });

  it('fires nothing by a name of the protocol, whatever it carries', async () => {
    const { engine, guest } = await talking(stage);
    await guest.page.evaluate(() => {
      for (const name of ['hello', 'heartbeat', 'goodbye', 'tracks', 'channel', 'request', 'reply', 'init-offer', 'message']) {
        wire.emit(`#rtcio:${name}`, { name: 'word', open: true }, 'word', {});
      }
      const broken = ['', '{', 'null', '[]', '{"e":1}', '{"e":"word","d":{}}', '{"__proto__":{"e":"word"}}'];
      for (const frame of broken) wire.sayFrame(frame);
      wire.emit('last');
    });
    await untilEngineHears(engine.page, 'last');
    assert.deepEqual((await engine.page.evaluate(() => heard)).map(({ event }) => event), ['participant-joined', 'last']);
  });

  it('fires nothing by what it says about streams, asked or not', async () => {
    const { engine, guest } = await talking(stage);
    await guest.page.evaluate(async (to) => {
      const said = (marker: string) => JSON.parse(`{"word":["${marker}"],"peer-connect":["${marker}"],"#rtcio:hello":["${marker}"],
        "__proto__":["${marker}"],"greeting":["no stream"],"last":[{"stream":{}}]}`) as Record<string, unknown[]>;
      wire.relay(to, { mid: 'unasked', events: said('[RTCIOStream] unasked') });
      wire.relay(to, { mid: 'unasked' });
      wire.lie = (mid, marker) => {
        setTimeout(() => { wire.relay(to, { mid, events: { greeting: [marker] } }); });
        return said(marker);
      };
      await wire.publish('camera');
    }, engine.id);
    await until(engine.page, () => (room.snapshot.participants[0]?.tracks.length ?? 0) > 0);
    await guest.page.evaluate(() => { wire.emit('last'); });
    await untilEngineHears(engine.page, 'last');
    // What it lied about is a stream of that name, and never an event.
    assert.deepEqual((await engine.page.evaluate(() => heard)).map(({ event }) => event).filter((event) => event !== 'track-added'),
      ['participant-joined', 'last']);
    const sources = await engine.page.evaluate(() => room.snapshot.participants.flatMap(({ tracks }) => tracks.map(({ source }) => source)));
    assert.deepEqual([...new Set(sources)].sort(), ['__proto__', 'word']);
    assert.deepEqual(await guest.page.evaluate(() => wire.answers), []);
    assert.deepEqual(engine.page.problems, []);
  });

  it('is told the source of a stream and nothing else of it', async () => {
    const engine = await stage.engine();
    await engine.page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      room.publish({ source: 'camera', stream, metadata: { secret: 'canary' } });
    });
    const guest = await stage.guest();
    await until(guest.page, () => wire.answers.length > 0);
    const [answer] = await guest.page.evaluate(() => wire.answers);
    assert.deepEqual(answer, { mid: answer?.mid, events: { camera: [`[RTCIOStream] ${answer?.mid ?? ''}`] } });
  });

  it('is not believed to be an engine when it says nothing', async () => {
    const [engine] = await pretend(stage);
    await untilRefused(engine, 'hello-missing');
  });

  it('is not believed to be an engine when its first word is another', async () => {
    const [engine, pretender] = await pretend(stage);
    await pretender.evaluate(() => { wire.emit('word', 'not a hello'); });
    await untilRefused(engine, 'hello-missing');
  });

  it('drops the hello of an engine that takes it for one, and lives', async () => {
    const [engine, pretender] = await pretend(stage);
    await until(pretender, () => wire.dropped.length > 0);
    assert.deepEqual(await pretender.evaluate(() => wire.dropped.map(({ event }) => event)), ['#rtcio:hello']);
    assert.deepEqual(await pretender.evaluate(() => wire.heard), []);
    assert.deepEqual([...engine.problems, ...pretender.problems], []);
  });

  it('is an engine announced as an rtc.io client when it says hello, and is refused', async () => {
    const { engine, guest } = await talking(stage);
    await guest.page.evaluate((to) => {
      const unknown = { room: '', from: wire.id, to, fpFrom: '', fpTo: '', vouchFrom: '', vouchTo: '' };
      wire.emit('#rtcio:hello', { v: 1, features: [], limits: {}, ...unknown });
    }, engine.id);
    await untilEngineHears(engine.page, 'error');
    await until(engine.page, () => room.snapshot.participants.length === 0);
    assert.match(await errorsOf(engine.page), /hello-unexpected/);
  });
});

/** A guest whom the relay announces as an engine; the pair's control channel is open. */
async function pretend(stage: GuestStage): Promise<[engine: TestPage, pretender: TestPage]> {
  const engine = await stage.engine();
  const pretender = await stage.guest('Pretender', { engine: { v: 1 } });
  await until(pretender.page, () => wire.peers.length === 1);
  return [engine.page, pretender.page];
}

/** The pc is closed with this code, and nothing of the far end was ever heard or shown as present. */
async function untilRefused(engine: TestPage, code: string): Promise<void> {
  await untilEngineHears(engine, 'error');
  assert.match(await errorsOf(engine), new RegExp(code));
  await until(engine, () => room.snapshot.participants.length === 0);
  assert.deepEqual((await engine.evaluate(() => heard)).map(({ event }) => event), ['error']);
}

function errorsOf(page: TestPage): Promise<string> {
  return page.evaluate(() => heard.filter(({ event }) => event === 'error').map(({ args }) => String(args[0])).join('\n'));
}
