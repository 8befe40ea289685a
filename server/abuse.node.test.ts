import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closed, four, greeted, handshake, ORIGIN, rawSocket, startRelay, TestClient } from './relay.testing.ts';

const SIGNAL = { mid: 'stream' };

describe('the handshake', () => {
  it('is refused to another origin, over a raw WebSocket too', async (t) => {
    const relay = await startRelay(t, { origins: ['https://app.example'] });
    const from = (origin?: string) => handshake(rawSocket(t, relay, '', origin === undefined ? {} : { origin }));
    assert.equal(await from('https://app.example'), 'open');
    for (const origin of ['https://evil.example', 'http://app.example', 'http://localhost', 'null', undefined]) {
      assert.equal(await from(origin), 400, origin);
    }
    const client = new TestClient(t, relay, { origin: 'https://evil.example' });
    assert.ok(await client.next('connect_error'));
  });

  it('says to a page that asks what it would be told', async (t) => {
    const relay = await startRelay(t, { origins: ['https://app.example'] });
    const ask = async (origin: string) => {
      const response = await fetch(`http://127.0.0.1:${relay.port}/health?origin=${encodeURIComponent(origin)}`);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      return await response.json() as unknown;
    };
    assert.deepEqual(await ask('https://app.example'), { status: 'ok', admission: 'open' });
    assert.deepEqual(await ask('https://evil.example'), { status: 'ok', admission: 'origin-refused' });
  });

  it('is refused when it names a session, its own as well', async (t) => {
    const relay = await startRelay(t);
    const victim = new TestClient(t, relay);
    await victim.join('lobby');
    const sid = victim.socket.io.engine.id;
    for (const query of [`&sid=${sid}`, `&sid=&sid=${sid}`, '&sid=nobody']) {
      assert.equal(await handshake(rawSocket(t, relay, query, { origin: ORIGIN })), 400, query);
    }
    assert.equal(await victim.codeOf('#rtcio:ice-servers'), 'ok');
  });

  it('is refused to the old protocol and to polling', async (t) => {
    const relay = await startRelay(t);
    const ask = (query: string) => fetch(`http://127.0.0.1:${relay.port}/socket.io/?${query}`, { headers: { origin: ORIGIN } });
    assert.equal((await ask('EIO=4&transport=polling')).status, 400);
    const old = rawSocket(t, relay, '&EIO=3', { origin: ORIGIN });
    old.on('error', () => { /* The refusal comes as plain HTTP into an open WebSocket. */ });
    assert.equal(await closed(old), 1006);
  });

  it('with polling on, lets a session go on only from where it began', async (t) => {
    const relay = await startRelay(t, { polling: true });
    const client = new TestClient(t, relay, { transports: ['polling', 'websocket'] });
    assert.ok(await client.join('lobby'));
    const sid = client.socket.io.engine.id;
    for (const origin of ['https://evil.example', 'http://localhost:9']) {
      const url = `http://127.0.0.1:${relay.port}/socket.io/?EIO=4&transport=polling&sid=${sid}`;
      const response = await fetch(url, { headers: { origin } });
      assert.equal(response.status, 400);
    }
    assert.equal(await client.codeOf('#rtcio:ice-servers'), 'ok');
  });

  it('is refused beyond the sockets of an address, and beyond its new ones', async (t) => {
    const few = await startRelay(t, { limits: { socketsPerAddress: 2 } });
    const [first, second] = [rawSocket(t, few, '', { origin: ORIGIN }), rawSocket(t, few, '', { origin: ORIGIN })];
    assert.deepEqual([await handshake(first), await handshake(second)], ['open', 'open']);
    assert.equal(await handshake(rawSocket(t, few, '', { origin: ORIGIN })), 400);
    first.close();
    await closed(first);
    assert.equal(await handshake(rawSocket(t, few, '', { origin: ORIGIN })), 'open');

    const slow = await startRelay(t, { limits: { connects: { burst: 1, perSecond: 0 } } });
    assert.equal(await handshake(rawSocket(t, slow, '', { origin: ORIGIN })), 'open');
    assert.equal(await handshake(rawSocket(t, slow, '', { origin: ORIGIN })), 400);
    // A browser's page learns the reason here, and not that the relay could not be reached.
    const health = await fetch(`http://127.0.0.1:${slow.port}/health?origin=${encodeURIComponent(ORIGIN)}`);
    assert.deepEqual(await health.json(), { status: 'ok', admission: 'too-many-sockets' });
  });

  it('is followed by a join in time, or the transport is closed', async (t) => {
    const client = new TestClient(t, await startRelay(t, { limits: { joinMs: 100 } }));
    assert.equal((await client.next('#rtcio:closed') as { code: string }).code, 'join-timeout');
    // `transport close` is what makes socket.io's client come back by itself.
    assert.equal(await client.next('disconnect'), 'transport close');
    const mute = rawSocket(t, await startRelay(t, { limits: { connectMs: 50 } }), '', { origin: ORIGIN });
    await closed(mute);
  });

  it('warns once of a proxy that is not trusted', async (t) => {
    const lines: string[] = [];
    const relay = await startRelay(t, { log: (_level, message) => { lines.push(message); } });
    for (const address of ['6.6.6.6', '7.7.7.7']) {
      await handshake(rawSocket(t, relay, '', { origin: ORIGIN, 'x-forwarded-for': address }));
    }
    assert.equal(lines.filter((line) => line.startsWith('X-Forwarded-For')).length, 1);
  });
});

describe('a flood', () => {
  it('of messages ends its socket within two seconds and touches nobody else', async (t) => {
    const relay = await startRelay(t);
    const [flooder, a, b] = four(t, relay);
    for (const client of [flooder, a, b]) await client.join('lobby');
    const { id } = flooder;
    const startedMs = performance.now();
    const off = flooder.next('disconnect');
    const refused = flooder.next('#rtcio:closed');
    for (let i = 0; i < 2_000; i++) flooder.socket.emit('#rtcio:message', { target: b.id, data: SIGNAL });
    assert.equal(await a.codeOf('#rtcio:message', { target: b.id, data: SIGNAL }), 'ok');
    assert.deepEqual((await refused as { code: string }).code, 'rate-limited');
    await off;
    assert.ok(performance.now() - startedMs < 2_000);
    await b.settled();
    const passed = b.heard.filter(({ body }) => (body as { source?: string } | null)?.source === id);
    assert.ok(passed.length <= 40 * 7 + 60, `${passed.length} passed`);
    assert.deepEqual(await a.next('#rtcio:peer-left'), { id, reason: 'closed by relay' });
  });

  it('is answered first, then ended', async (t) => {
    const relay = await startRelay(t, { limits: { messages: { burst: 10, perSecond: 10 } } });
    const client = new TestClient(t, relay);
    const codes = await Promise.all(Array.from({ length: 25 }, () => client.codeOf('nothing')));
    assert.deepEqual(new Set(codes.slice(-5)), new Set(['rate-limited']));
    assert.ok(client.socket.connected);
    const off = client.next('disconnect');
    for (let i = 0; i < 25; i++) client.socket.emit('nothing');
    await off;
  });

  it('of bytes, and of packets of engine.io, ends its socket', async (t) => {
    const relay = await startRelay(t);
    const heavy = new TestClient(t, relay);
    await heavy.join('lobby');
    const heavyOff = heavy.next('disconnect');
    for (let i = 0; i < 12; i++) heavy.socket.emit('#rtcio:message', { target: 'x', data: { sealed: 'x'.repeat(90_000) } });
    await heavyOff;
    const raw = rawSocket(t, relay, '', { origin: ORIGIN });
    await handshake(raw);
    for (let i = 0; i < 2_000; i++) raw.send('3');
    await closed(raw);
  });

  it('of what nobody reads ends the reader', async (t) => {
    const roomy = { burst: 1e9, perSecond: 1e9 };
    const relay = await startRelay(t, { limits: { messages: roomy, bytes: roomy, sendBufferBytes: 200_000 } });
    const writer = new TestClient(t, relay);
    await writer.join('lobby');
    const reader = await greeted(t, relay);
    reader.send('421["join-room",{"roomId":"lobby"}]');
    const { id } = await writer.next('user-connected') as { id: string };
    reader.pause();
    const heavy = { target: id, data: { sealed: 'x'.repeat(90_000) } };
    while (await writer.codeOf('#rtcio:message', heavy) === 'ok');
    assert.deepEqual(await writer.next('user-disconnected'), { id });
    assert.equal(await writer.codeOf('#rtcio:ice-servers'), 'ok');
  });
});
