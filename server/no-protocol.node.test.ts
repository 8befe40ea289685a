import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFrom } from '../test/support/random.ts';
import { answerOf, closed, greeted, handshake, ORIGIN, rawSocket, startRelay, TestClient } from './relay.testing.ts';

describe('what is not the protocol', () => {
  it('ends a socket that sends too much at once', async (t) => {
    const relay = await startRelay(t);
    const client = new TestClient(t, relay);
    await client.join('lobby');
    client.socket.emit('x', 'y'.repeat(100_001));
    assert.equal(await client.next('disconnect'), 'transport close');
  });

  it('gives one connection one socket', async (t) => {
    const relay = await startRelay(t);
    const raw = await greeted(t, relay);
    raw.send('41');
    await closed(raw);
  });

  it('ends a socket that sends binary', async (t) => {
    const relay = await startRelay(t);
    const client = new TestClient(t, relay);
    await client.join('lobby');
    client.socket.emit('#rtcio:message', { target: 'x', data: Buffer.from('x') });
    assert.equal((await client.next('#rtcio:closed') as { code: string }).code, 'invalid-message');
    await client.next('disconnect');
    for (const frame of [Buffer.from([4, 0, 1, 2]), 'bAAECAw==', '451-["x",{"_placeholder":true,"num":0}]', '461-1[]']) {
      const raw = await greeted(t, relay);
      raw.send(frame);
      await closed(raw);
    }
  });

  it('is survived frame by frame', async (t) => {
    const relay = await startRelay(t, { events: { echo: { handle: (body) => body } } });
    const frames = [
      '', '0', '1', '2', '2probe', '3', '4', '5', '6', '7', 'x', '40', '40/other,', '41', '42', '42[]', '42{}', '42[1]',
      '42["error"]', '42["connect"]', '42["disconnect"]', '42["newListener"]', '42["__proto__"]', '42["constructor",1]',
      '420["x"]', '43', '430[]', '42999999999999999999["join-room",{}]', '\u0000', '4\u0000', '4'.repeat(1_000),
      '439999999["x"]', '44', '44{"message":1}', '42["join-room"', '42["join-room",null]', '42["join-room",{"__proto__":1}]',
      `42["x",${'['.repeat(40_000)}${']'.repeat(40_000)}]`,
    ];
    for (const frame of frames) {
      const stranger = rawSocket(t, relay, '', { origin: ORIGIN });
      await handshake(stranger);
      for (const raw of [stranger, await greeted(t, relay)]) {
        raw.send(frame);
        raw.close();
        await closed(raw);
      }
    }
    const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;
    const [client, other] = [new TestClient(t, relay), new TestClient(t, relay)];
    await client.join('lobby');
    await other.join('lobby');
    const raw = await greeted(t, relay);
    raw.send('421["join-room",{"roomId":"lobby"}]');
    await client.next('user-connected');
    raw.send(`422["#rtcio:message",{"target":"${other.id}","data":{"mid":"m","events":{"x":${deep}}}}]`);
    assert.match(await answerOf(raw, '432'), /invalid-message/);
    for (const depth of [1_000, 3_000, 5_000, 8_000, 40_000]) {
      raw.send(`42${depth}["echo",${'['.repeat(depth)}${']'.repeat(depth)}]`);
      assert.match(await answerOf(raw, `43${depth}[`), /"ok":true|invalid-message|handler-failed/);
    }
    assert.equal(await other.codeOf('#rtcio:ice-servers'), 'ok');
  });

  it('is survived in thousands of random payloads (seed 20)', async (t) => {
    const roomy = { burst: 1e9, perSecond: 1e9 };
    const relay = await startRelay(t, { limits: { messages: roomy, bytes: roomy, joins: roomy } });
    const [fuzzer, witness] = [new TestClient(t, relay), new TestClient(t, relay)];
    await witness.join('lobby');
    const random = randomFrom(20);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const keys = [
      'roomId', 'name', 'engine', 'fp', 'vouch', 'presence', 'resume', 'target', 'source', 'data', 'description', 'type',
      'sdp', 'candidate', 'mid', 'events', 'sealed', 'v', '__proto__', 'constructor', 'toString', 'length',
    ];
    const atoms = [
      null, true, 0, -1, 1e308, '', 'lobby', witness.id, 'x'.repeat(5_000), '\u0000', '\ud800', '__proto__', 'offer', {}, [],
    ];
    const grow = (depth: number): unknown => {
      const kind = random();
      if (depth === 0 || kind < 0.4) return pick(atoms);
      if (kind < 0.6) return Array.from({ length: Math.floor(random() * 4) }, () => grow(depth - 1));
      return Object.fromEntries(Array.from({ length: Math.floor(random() * 6) }, () => [pick(keys), grow(depth - 1)]));
    };
    const names = [
      'join-room', 'leave-room', '#rtcio:message', '#rtcio:ice-servers', '#rtcio:closed', 'user-connected', 'error', '',
      'message', '__proto__', 'constructor', 'x'.repeat(300),
    ];
    const ask = () => fuzzer.ask(pick(names), grow(4), ...(random() < 0.2 ? [grow(2)] : []));
    let answered = 0;
    for (let batch = 0; batch < 40; batch++) {
      const acks = await Promise.all(Array.from({ length: 100 }, ask));
      answered += acks.filter((ack) => typeof ack.ok === 'boolean').length;
    }
    assert.equal(answered, 4_000);
    assert.equal(await witness.codeOf('#rtcio:ice-servers'), 'ok');
    assert.equal(Object.hasOwn(Object.prototype, 'roomId'), false);
  });
});
