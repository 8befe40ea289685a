/** The original, at `RTCIO_DIR` (CONTRIBUTING.md), over our relay: with our engine, and with its like alone. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import {
  EVENTS, describeWithGuests, loadModule, talksWithEngines, untilEngineHears, untilGuestHears, untilTalking,
} from '../support/interop.ts';
import type { Guest } from '../support/interop.ts';
import { hearAudio, watchVideo } from '../support/media.ts';

/** What is used of the original. Its application events share one emitter with what socket.io itself tells. */
interface OriginalStream { readonly mediaStream: MediaStream }
interface OriginalChannel {
  on(event: string, listener: (...args: unknown[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
}
interface OriginalSocket {
  readonly id: string;
  readonly server: { emit(event: string, ...args: unknown[]): void };
  on(event: string, listener: (...args: unknown[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
  createChannel(name: string): OriginalChannel;
  disconnect(): void;
}

declare global {
  var rtcio: {
    io(url: string, options: object): OriginalSocket;
    RTCIOStream: new (stream: MediaStream) => OriginalStream;
  };
  var socket: OriginalSocket;
}

async function prepare(page: TestPage): Promise<void> {
  await loadModule(page, 'rtcio', "export { io, RTCIOStream } from './';", process.env['RTCIO_DIR'] ?? '');
  await page.evaluate((events) => {
    // Its own choice, were none given, would be another company's server.
    const iceServers = [{ urls: `stun:${location.hostname}:${location.port}` }];
    const socket = (globalThis.socket = rtcio.io(location.origin, { transports: ['websocket'], iceServers }));
    const connected = new Promise<void>((resolve) => { socket.on('connect', () => { resolve(); }); });
    const peers = new Set<string>();
    const heard: { event: string; args: unknown[] }[] = [];
    socket.on('peer-connect', (peer) => { peers.add((peer as { id: string }).id); });
    socket.on('peer-disconnect', (peer) => { peers.delete((peer as { id: string }).id); });
    socket.on('camera', (published) => {
      const video = document.body.appendChild(document.createElement('video'));
      video.srcObject = (published as { stream: OriginalStream }).stream.mediaStream;
      void video.play();
    });
    for (const event of events) socket.on(event, (...args) => { heard.push({ event, args }); });
    let roomId = '';
    const guest: Guest = {
      heard,
      get id() { return socket.id; },
      get peers() { return [...peers]; },
      join: async (room, name, more) => {
        await connected;
        socket.server.emit('join-room', { roomId: (roomId = room), name, ...more });
        return socket.id;
      },
      emit: (event, ...args) => { socket.emit(event, ...args); },
      leave: () => {
        socket.server.emit('leave-room', { roomId, id: socket.id });
        socket.disconnect();
        location.replace('about:blank');
      },
    };
    globalThis.guest = guest;
  }, EVENTS);
}

describeWithGuests('the original rtc.io client', prepare, (stage) => {
  talksWithEngines(stage);

  it('drops the hello of an engine that takes it for one, and is closed there', async () => {
    const engine = await stage.engine();
    const page = await stage.guestPage();
    await page.evaluate(async (name) => {
      socket.on('#rtcio:hello', () => { socket.emit('word', 'heard a hello'); });
      await guest.join(name, 'Pretender', { engine: { v: 1 } });
    }, stage.room);
    await untilEngineHears(engine.page, 'error');
    const heardThere = await engine.page.evaluate(() => heard);
    assert.deepEqual(heardThere.map(({ event }) => event), ['error']);
    assert.match(String(heardThere[0]?.args[0]), /hello-missing/);
    assert.deepEqual([...engine.page.problems, ...page.problems], []);
  });

  it('shows its camera to others of its kind, while an engine in the room goes on talking with it', async () => {
    const engine = await stage.engine();
    const sender = await stage.guest('Sender');
    await untilTalking(engine, sender);
    await publishCamera(sender.page);
    const viewer = await stage.guest('Viewer');
    await untilTalking(engine, viewer);
    await untilPlaying(viewer.page);

    await engine.page.evaluate(() => { room.emit('word', 'still here'); });
    for (const { page } of [sender, viewer]) {
      await untilGuestHears(page, 'word');
      await page.evaluate(() => { guest.emit('last'); });
    }
    await until(engine.page, () => heard.filter(({ event }) => event === 'last').length === 2);
    const events = (await engine.page.evaluate(() => heard)).map(({ event }) => event);
    assert.deepEqual(events, ['participant-joined', 'participant-joined', 'last', 'last']);
    assert.deepEqual(engine.page.problems, []);
  });

  it('sends streams, channels and events to its like over our relay alone, before and after the join', async () => {
    const [one, other] = [await stage.guest('One'), await stage.guest('Other')];
    for (const { page } of [one, other]) await until(page, () => guest.peers.length === 1);
    await Promise.all([publishCamera(one.page), publishCamera(other.page)]);
    await Promise.all([untilPlaying(one.page), untilPlaying(other.page)]);

    for (const { page } of [one, other]) {
      await page.evaluate(() => {
        socket.createChannel('files').on('chunk', (...args) => { socket.emit('word', 'got', ...args); });
      });
    }
    await one.page.evaluate(() => { socket.createChannel('files').emit('chunk', 7); });
    await untilGuestHears(one.page, 'word');
    assert.deepEqual(await one.page.evaluate(() => guest.heard), [{ event: 'word', args: ['got', 7] }]);
    assert.deepEqual([...one.page.problems, ...other.page.problems], []);
  });

  it('forgets nobody when our relay is killed and is back', async () => {
    const engine = await stage.engine();
    const guest = await stage.guest();
    await untilTalking(engine, guest);
    await stage.relay.kill();
    try {
      await until(engine.page, () => room.snapshot.state === 'reconnecting');
      await engine.page.evaluate(() => { room.emit('word'); });
      await untilGuestHears(guest.page, 'word');
    } finally {
      await stage.relay.start();
    }
    await until(engine.page, () => room.snapshot.state === 'joined');
    await guest.page.evaluate(() => { globalThis.guest.emit('last'); });
    await untilEngineHears(engine.page, 'last');
    assert.deepEqual(await engine.page.evaluate(() => room.snapshot.participants.map(({ id, state }) => ({ id, state }))),
      [{ id: guest.id, state: 'connected' }]);
  });
});

/** Emits the fake camera and microphone as `camera`, in an object, as its documentation shows. */
async function publishCamera(page: TestPage): Promise<void> {
  await page.evaluate(async () => {
    const stream = new rtcio.RTCIOStream(await navigator.mediaDevices.getUserMedia({ video: true, audio: true }));
    socket.emit('camera', { stream, metadata: { displayName: 'Sender' } });
  });
}

async function untilPlaying(page: TestPage): Promise<void> {
  const video = await page.waitForSelector('video');
  assert.ok(video);
  const picture = await watchVideo(video);
  assert.ok(picture.width > 0 && picture.changes, JSON.stringify(picture));
  assert.ok(await hearAudio(video) >= 0.01);
}
