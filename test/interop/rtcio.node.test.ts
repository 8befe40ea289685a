/** The original, at `RTCIO_DIR` (CONTRIBUTING.md), over our relay: with our engine, and with its like alone. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import {
  EVENTS, SOURCES, describeWithGuests, loadModule, talking, talksWithEngines, untilEngineHears, untilGuestHears, untilTalking,
} from '../support/interop.ts';
import { sharesChannels } from '../support/interop-channels.ts';
import { exchangesStreams, untilPlaying } from '../support/interop-media.ts';
import type { Guest } from '../support/interop.ts';

/** What is used of the original. Its application events share one emitter with what socket.io itself tells. */
interface OriginalStream {
  readonly mediaStream: MediaStream;
  addTrack(track: MediaStreamTrack): void;
  removeTrack(track: MediaStreamTrack): void;
}
interface OriginalChannel {
  on(event: string, listener: (...args: unknown[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
  send(data: ArrayBuffer): boolean;
}
interface OriginalSocket {
  readonly id: string;
  readonly server: { emit(event: string, ...args: unknown[]): void };
  on(event: string, listener: (...args: unknown[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
  createChannel(name: string): OriginalChannel;
  peer(id: string): { createChannel(name: string): OriginalChannel & { close(): void } };
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
  await page.evaluate((events, sources) => {
    // Its own choice, were none given, would be another company's server.
    const iceServers = [{ urls: `stun:${location.hostname}:${location.port}` }];
    const socket = (globalThis.socket = rtcio.io(location.origin, { transports: ['websocket'], iceServers }));
    const connected = new Promise<void>((resolve) => { socket.on('connect', () => { resolve(); }); });
    const peers = new Set<string>();
    const heard: { event: string; args: unknown[] }[] = [];
    const heardOn: { name: string; event?: string; args?: unknown[]; bytes?: number[] }[] = [];
    const streams: { event: string; stream: MediaStream }[] = [];
    const channels = new Map<string, OriginalChannel>();
    let published: OriginalStream | undefined;
    socket.on('peer-connect', (peer) => { peers.add((peer as { id: string }).id); });
    socket.on('peer-disconnect', (peer) => { peers.delete((peer as { id: string }).id); });
    for (const event of sources) {
      socket.on(event, (emitted) => {
        // An engine emits the stream and nothing else, the original an object that holds it.
        const stream = emitted instanceof rtcio.RTCIOStream ? emitted : (emitted as { stream: OriginalStream }).stream;
        streams.push({ event, stream: stream.mediaStream });
      });
    }
    for (const event of events) socket.on(event, (...args) => { heard.push({ event, args }); });
    let roomId = '';
    const guest: Guest = {
      heard, heardOn,
      get id() { return socket.id; },
      get peers() { return [...peers]; },
      get came() { return streams.map(({ event }) => event); },
      streamOf: (event) => streams.findLast((one) => one.event === event)?.stream,
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
      publish: async (event) => {
        published = new rtcio.RTCIOStream(await navigator.mediaDevices.getUserMedia({ video: true, audio: true }));
        socket.emit(event, { stream: published, metadata: { displayName: 'Guest' } });
      },
      showPicture: async (on) => {
        if (!on) for (const track of published?.mediaStream.getVideoTracks() ?? []) published?.removeTrack(track);
        else for (const track of (await navigator.mediaDevices.getUserMedia({ video: true })).getTracks()) published?.addTrack(track);
      },
      openChannel: (name) => {
        const channel = socket.createChannel(name);
        if (channels.has(name)) return; // Its ends are there again, and its listeners were.
        channels.set(name, channel);
        for (const event of events) channel.on(event, (...args) => { heardOn.push({ name, event, args }); });
        channel.on('data', (bytes) => { heardOn.push({ name, bytes: [...new Uint8Array(bytes as ArrayBuffer)] }); });
      },
      // One that was created for all, and closed for all, is closed for good; its ends are not.
      closeChannel: (name) => { for (const id of peers) socket.peer(id).createChannel(name).close(); },
      emitOn: (name, event, ...args) => { channels.get(name)?.emit(event, ...args); },
      sendBytesOn: (name, bytes) => { channels.get(name)?.send(new Uint8Array(bytes).buffer); },
    };
    globalThis.guest = guest;
  }, EVENTS, SOURCES);
}

describeWithGuests('the original rtc.io client', prepare, (stage) => {
  talksWithEngines(stage);
  exchangesStreams(stage);
  sharesChannels(stage);

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
    await sender.page.evaluate(() => guest.publish('camera'));
    const viewer = await stage.guest('Viewer');
    await untilTalking(engine, viewer);
    await untilPlaying(viewer.page, 'camera');

    await engine.page.evaluate(() => { room.emit('word', 'still here'); });
    for (const { page } of [sender, viewer]) {
      await untilGuestHears(page, 'word');
      await page.evaluate(() => { guest.emit('last'); });
    }
    await until(engine.page, () => heard.filter(({ event }) => event === 'last').length === 2);
    const events = (await engine.page.evaluate(() => heard)).map(({ event }) => event);
    assert.deepEqual(events, ['participant-joined', 'track-added', 'track-added', 'participant-joined', 'last', 'last']);
    assert.deepEqual(engine.page.problems, []);
  });

  it('sends streams, channels and events to its like over our relay alone, before and after the join', async () => {
    const [one, other] = [await stage.guest('One'), await stage.guest('Other')];
    for (const { page } of [one, other]) await until(page, () => guest.peers.length === 1);
    await Promise.all([one, other].map(({ page }) => page.evaluate(() => guest.publish('camera'))));
    await Promise.all([one, other].map(({ page }) => untilPlaying(page, 'camera')));

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
    const { engine, guest } = await talking(stage);
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
