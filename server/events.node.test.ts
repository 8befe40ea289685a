import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { createRelay, type StandardSchema } from './index.ts';
import { SECRET, four, startRelay, TestClient } from './relay.testing.ts';

const note: StandardSchema<{ text: string }> = {
  '~standard': {
    version: 1, vendor: 'test',
    validate: (value) => {
      const text = (value as { text?: unknown } | null)?.text;
      return typeof text === 'string' ? { value: { text: text.trim() } } : { issues: [{ message: 'no text' }] };
    },
  },
};

describe('events of the app', () => {
  it('are answered with what the handler returned, once the schema has passed', async (t) => {
    const saved: unknown[] = [];
    const relay = await startRelay(t, {
      events: {
        'save-note': { schema: note, handle: ({ text }, { name, roomId }) => ({ n: saved.push({ text, name, roomId }) }) },
        ping: { handle: () => undefined },
        slow: { handle: async (body) => { await Promise.resolve(); return body; } },
      },
    });
    const client = new TestClient(t, relay);
    assert.equal(await client.codeOf('ping'), 'not-joined');
    await client.join('lobby', { name: 'Ann' });
    assert.deepEqual(await client.ask('save-note', { text: ' hi ' }), { ok: true, value: { n: 1 } });
    assert.deepEqual(saved, [{ text: 'hi', name: 'Ann', roomId: 'lobby' }]);
    assert.deepEqual(await client.ask('ping'), { ok: true });
    assert.deepEqual(await client.ask('slow', [1]), { ok: true, value: [1] });
    assert.equal(await client.codeOf('save-note', { text: 7 }), 'invalid-message');
    assert.equal(await client.codeOf('save-note'), 'invalid-message');
    assert.equal(saved.length, 1);
  });

  it('are refused with a stable code', async (t) => {
    const lines: string[] = [];
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const relay = await startRelay(t, {
      log: (_level, message, data) => { lines.push(`${message}: ${String(data?.['error'])}`); },
      events: {
        rare: { rate: { burst: 1, perSecond: 0 }, handle: () => 1 },
        bad: { handle: () => { throw new Error('the password is 123'); } },
        worse: { handle: () => Promise.reject(new Error('no')) },
        cycle: { handle: () => cycle },
        big: { handle: () => 1n },
      },
    });
    const client = new TestClient(t, relay);
    await client.join('lobby');
    assert.deepEqual([await client.codeOf('rare'), await client.codeOf('rare')], ['ok', 'rate-limited']);
    const failed = await client.ask('bad');
    assert.ok(!failed.ok && failed.error.code === 'handler-failed' && !JSON.stringify(failed).includes('password'));
    assert.ok(lines.includes('an event handler failed: the password is 123'));
    for (const name of ['worse', 'cycle', 'big']) assert.equal(await client.codeOf(name), 'handler-failed', name);
    for (const name of ['nothing', 'constructor', '__proto__', 'toString', 'message']) {
      assert.equal(await client.codeOf(name), 'unknown-event', name);
    }
    const reserved = ['#rtcio:offer', '#rtcio:closed', 'user-connected', 'peer-connect', 'track-added', 'error', 'x'.repeat(129)];
    for (const name of reserved) {
      assert.equal(await client.codeOf(name, {}), 'reserved-event', name);
    }
  });

  it('go out to a room or to one participant', async (t) => {
    const relay = await startRelay(t);
    const [a, b, c] = four(t, relay);
    await a.join('lobby');
    await b.join('lobby');
    await c.join('other');
    assert.equal(relay.emit('lobby', 'news', { n: 1 }), 2);
    assert.equal(relay.emit({ roomId: 'lobby', id: b.id }, 'news', { n: 2 }), 1);
    assert.equal(relay.emit({ roomId: 'lobby', id: c.id }, 'news'), 0);
    assert.equal(relay.emit('nobody', 'news'), 0);
    assert.deepEqual(await a.next('news'), { n: 1 });
    assert.deepEqual([await b.next('news'), await b.next('news')], [{ n: 1 }, { n: 2 }]);
    assert.deepEqual(await c.settled(), []);
    for (const name of ['user-connected', '#rtcio:message', 'peer-connect', 'disconnect', '']) {
      assert.throws(() => relay.emit('lobby', name), TypeError, name);
    }
    for (const body of [Buffer.from('x'), { deep: [new Uint8Array(1).buffer] }, new Blob()]) {
      assert.throws(() => relay.emit('lobby', 'news', body), /binary/);
    }
  });

  it('may not bear names of the protocol, and options must make sense', () => {
    const handle = () => 1;
    for (const name of ['join-room', 'leave-room', 'user-connected', '#rtcio:x', 'peer-connect', 'disconnect', '']) {
      assert.throws(() => createRelay({ secret: SECRET, events: { [name]: { handle } } }), TypeError, name);
    }
    assert.throws(() => createRelay({ secret: SECRET, events: { x: {} as { handle: typeof handle } } }), TypeError);
    assert.throws(() => createRelay({ secret: 'short' }), TypeError);
    assert.throws(() => createRelay({ secret: SECRET, capacity: 0 }), TypeError);
    for (const path of ['/', '', 'socket.io', '//']) assert.throws(() => createRelay({ secret: SECRET, path }), TypeError, path);
    assert.throws(() => createRelay({ secret: SECRET, origins: ['app.example'] }), TypeError);
    assert.throws(() => createRelay({ secret: SECRET, limits: { joinMs: NaN } }), TypeError);
    assert.throws(() => createRelay({ secret: SECRET, iceServers: [{ urls: 'http://x' }] }), TypeError);
  });
});

describe('onJoin and onLeave', () => {
  it('are told once of each participant, a drop and a return apart, and may fail', async (t) => {
    const told: string[] = [];
    const relay = await startRelay(t, {
      onJoin: ({ name }) => { told.push(`+${name}`); throw new Error('hook'); },
      onLeave: async ({ name }) => { told.push(`-${name}`); await Promise.reject(new Error('hook')); },
    });
    const a = new TestClient(t, relay);
    const { resume } = await a.join('lobby', { name: 'A' });
    a.vanish();
    const back = new TestClient(t, relay);
    await back.join('lobby', { name: 'A', resume });
    assert.deepEqual(told, ['+A']);
    await back.ask('leave-room', { roomId: 'lobby' });
    assert.deepEqual(told, ['+A', '-A']);
  });
});

describe('a server of one\'s own', () => {
  it('keeps its requests, its other WebSockets and its life', async (t) => {
    const server = createServer((request, response) => { if (!relay.handle(request, response)) response.end('mine'); });
    const relay = createRelay({ server, secret: SECRET, stunPort: false });
    t.after(() => { server.close(); });
    server.listen(0, '127.0.0.1');
    const { port } = await relay.ready;
    const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    const client = new TestClient(t, { port });
    await client.join('lobby');
    assert.equal(await get('/'), 'mine');
    assert.match(await get('/health'), /"ok"/);
    await relay.close();
    assert.equal(await get('/'), 'mine');
    assert.match(await get('/health'), /relay-closed/);
    const late = new TestClient(t, { port });
    assert.ok(await late.next('connect_error'));
  });
});

describe('close', () => {
  it('tells why, and nobody that others left', async (t) => {
    const relay = await startRelay(t);
    const [a, b] = [new TestClient(t, relay), new TestClient(t, relay)];
    await a.join('lobby');
    await b.join('lobby');
    const heard = [await a.settled(), await b.settled()];
    const startedMs = performance.now();
    await relay.close();
    assert.ok(performance.now() - startedMs < 1_000);
    for (const [index, client] of [a, b].entries()) {
      await client.next('disconnect');
      assert.deepEqual(client.heard.map(({ event }) => event), [...heard[index] ?? [], '#rtcio:closed', 'disconnect']);
      const { code } = client.heard.find(({ event }) => event === '#rtcio:closed')?.body as { code: string };
      assert.equal(code, 'relay-closed');
    }
    await relay.close();
  });
});
