import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { closed, greeted, handshake, ORIGIN, rawSocket, startRelay, TestClient } from './relay.testing.ts';

const FEW = { burst: 3, perSecond: 0 };
const PLENTY = { burst: 1e9, perSecond: 1e9 };
const SIGNAL = { mid: 'stream' };

async function admissionOf({ port }: { port: number }, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/health?origin=${encodeURIComponent(ORIGIN)}`, { headers });
  return (await response.json() as { admission: string }).admission;
}

describe('a ban', () => {
  it('follows a flood, grows with the next, and ends', async (t) => {
    const lengths: unknown[] = [];
    const relay = await startRelay(t, {
      limits: { messages: { burst: 20, perSecond: 10 }, banFirstMs: 300 },
      log: (_level, _message, data) => { if (data?.['banMs'] !== undefined) lengths.push(data['banMs']); },
    });
    const witness = new TestClient(t, relay);
    await witness.join('lobby');
    for (const lengthMs of [300, 600]) {
      const flooder = new TestClient(t, relay);
      await flooder.codeOf('x');
      const off = flooder.next('#rtcio:closed');
      for (let i = 0; i < 100; i++) flooder.socket.emit('x');
      await off;
      assert.equal(await admissionOf(relay), 'banned');
      assert.equal(await handshake(rawSocket(t, relay, '', { origin: ORIGIN })), 400);
      while (await admissionOf(relay) === 'banned');
      assert.equal(lengths.at(-1), lengthMs);
    }
    assert.equal(await witness.codeOf('#rtcio:ice-servers'), 'ok');
  });

  it('bars nobody who comes through a proxy that is not trusted, and no address behind one that is', async (t) => {
    const limits = { messages: { burst: 20, perSecond: 10 }, banFirstMs: 60_000 };
    const flood = async (relay: { port: number }, from: string) => {
      const raw = rawSocket(t, relay, '', { origin: ORIGIN, 'x-forwarded-for': from });
      await handshake(raw);
      for (let i = 0; i < 100; i++) raw.send('3');
      await closed(raw);
    };
    const untold = await startRelay(t, { limits });
    await flood(untold, '6.6.6.6');
    assert.deepEqual([await admissionOf(untold), await admissionOf(untold, { 'x-forwarded-for': '6.6.6.6' })], ['open', 'open']);

    const told = await startRelay(t, { limits, trustedHops: 1 });
    await flood(told, '6.6.6.6');
    assert.deepEqual(
      await Promise.all(['6.6.6.6', '1.2.3.4, 6.6.6.6', '7.7.7.7'].map((from) => admissionOf(told, { 'x-forwarded-for': from }))),
      ['banned', 'banned', 'open'],
    );
  });
});

describe('what counts beyond one socket', () => {
  it('is the messages of an address, over sockets that come one after the other', async (t) => {
    const relay = await startRelay(t, { limits: { addressMessages: { burst: 30, perSecond: 1 }, messages: { burst: 25, perSecond: 1 } } });
    const [first, second] = [new TestClient(t, relay), new TestClient(t, relay)];
    for (let i = 0; i < 20; i++) assert.equal(await first.codeOf('nothing'), 'unknown-event');
    const codes: string[] = [];
    while (codes.at(-1) !== 'rate-limited' && codes.length < 20) codes.push(await second.codeOf('nothing'));
    assert.equal(codes.at(-1), 'rate-limited');
  });

  it('is the messages of a room, of which the others know nothing', async (t) => {
    const relay = await startRelay(t, { limits: { roomMessages: { burst: 10, perSecond: 0 } } });
    const [a, b, outsider] = [new TestClient(t, relay), new TestClient(t, relay), new TestClient(t, relay)];
    for (const [client, room] of [[a, 'lobby'], [b, 'lobby'], [outsider, 'other']] as const) await client.join(room);
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) {
      codes.push(await a.codeOf('#rtcio:message', { target: b.id, data: SIGNAL }));
      codes.push(await b.codeOf('#rtcio:message', { target: a.id, data: SIGNAL }));
    }
    assert.deepEqual(codes, [...Array<string>(10).fill('ok'), 'rate-limited', 'rate-limited']);
    assert.equal(await outsider.codeOf('#rtcio:ice-servers'), 'ok');
    assert.ok(a.socket.connected && b.socket.connected);
  });

  it('is the joins, and the different rooms, of an address', async (t) => {
    const join = async (relay: { port: number }, roomId: string) => new TestClient(t, relay).codeOf('join-room', { roomId });
    const joins = await startRelay(t, { limits: { addressJoins: FEW } });
    const rooms = await startRelay(t, { limits: { rooms: FEW, addressJoins: PLENTY } });
    const codes = { joins: [] as string[], rooms: [] as string[] };
    for (const roomId of ['a', 'b', 'a', 'c', 'd', 'b']) {
      codes.joins.push(await join(joins, roomId));
      codes.rooms.push(await join(rooms, roomId));
    }
    assert.deepEqual(codes.joins, ['ok', 'ok', 'ok', 'rate-limited', 'rate-limited', 'rate-limited']);
    assert.deepEqual(codes.rooms, ['ok', 'ok', 'ok', 'ok', 'rate-limited', 'ok']);
  });
});

describe('under the messages', () => {
  it('a flood of pings, or of pongs that nobody asked for, ends its socket', async (t) => {
    const relay = await startRelay(t);
    for (const kind of ['ping', 'pong'] as const) {
      const raw = await greeted(t, relay);
      for (let i = 0; i < 1_000; i++) raw[kind]('x'.repeat(100));
      await closed(raw);
    }
  });

  it('a message in a few frames is heard, one in very many ends its socket', async (t) => {
    const relay = await startRelay(t);
    const client = new TestClient(t, relay);
    await client.join('lobby');
    const raw = await greeted(t, relay);
    const text = '421["join-room",{"roomId":"lobby"}]';
    for (let i = 0; i < text.length; i++) raw.send(text.charAt(i), { fin: i === text.length - 1 });
    await client.next('user-connected');
    for (let i = 0; i < 1_000; i++) raw.send('', { fin: false });
    assert.equal(await closed(raw), 1008);
    await client.next('user-disconnected');
  });

  it('frames that add up to too much end their socket', async (t) => {
    const relay = await startRelay(t, { limits: { messageBytes: 10_000 } });
    const raw = await greeted(t, relay);
    for (let i = 0; i < 11; i++) raw.send('x'.repeat(1_000), { fin: false });
    assert.equal(await closed(raw), 1009);
  });

  it('a WebSocket that never greets is closed, and so is one that greets and joins nothing', async (t) => {
    const relay = await startRelay(t, { limits: { connectMs: 50, joinMs: 100 } });
    const [mute, idle] = [rawSocket(t, relay, '', { origin: ORIGIN }), await greeted(t, relay)];
    await Promise.all([closed(mute), closed(idle)]);
  });

  it('a flood is not read to its end', async (t) => {
    const relay = await startRelay(t);
    const flooder = await greeted(t, relay);
    const off = closed(flooder);
    const startedMs = performance.now();
    for (let i = 0; i < 100_000; i++) flooder.send('42["x","0123456789012345678901234567890123456789"]');
    await off;
    assert.ok(performance.now() - startedMs < 2_000 + 1_000, 'off within two seconds');
    assert.equal(await admissionOf(relay), 'open');
  });

  it('bytes that are no HTTP are answered by a closed connection', async (t) => {
    const relay = await startRelay(t);
    const socket = connect(relay.port, '127.0.0.1');
    t.after(() => { socket.destroy(); });
    socket.resume().write('\u0016\u0003\u0001 hello\r\n\r\n');
    await new Promise((resolve) => { socket.once('close', resolve); });
    assert.equal(await admissionOf(relay), 'open');
  });
});
