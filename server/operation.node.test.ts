import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handshake, ORIGIN, rawSocket, startRelay, TestClient } from './relay.testing.ts';

const TOKEN = 'the token of the tests';

async function get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string; headers: Headers }> {
  const response = await fetch(url, { headers });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

describe('/ready', () => {
  it('is 200 while the relay takes participants, 503 with a code while it drains', async (t) => {
    const relay = await startRelay(t);
    const url = `http://127.0.0.1:${relay.port}/ready`;
    assert.deepEqual(await get(url).then(({ status, body }) => [status, body]), [200, '{"status":"ready"}\n']);
    assert.equal((await fetch(url, { method: 'POST' })).status, 405);
    await relay.drain(0);
    assert.deepEqual(await get(url).then(({ status, body }) => [status, body]), [503, '{"status":"not-ready","code":"relay-draining"}\n']);
    assert.match((await get(`http://127.0.0.1:${relay.port}/health?origin=${ORIGIN}`)).body, /"admission":"relay-draining"/);
  });

  it('is 503 while the room store is out of reach', async (t) => {
    const { MemoryRooms } = await import('./rooms/memory-rooms.ts');
    let isReachable = true;
    const relay = await startRelay(t, { openRooms: (tell) => Object.assign(new MemoryRooms(tell), { isReachable: () => isReachable }) });
    assert.equal((await get(`http://127.0.0.1:${relay.port}/ready`)).status, 200);
    isReachable = false;
    assert.match((await get(`http://127.0.0.1:${relay.port}/ready`)).body, /"relay-unavailable"/);
  });
});

describe('everything the relay answers', () => {
  it('says that it is what it says it is, and runs nothing', async (t) => {
    const relay = await startRelay(t, { metrics: { token: TOKEN } });
    for (const path of ['/health', '/ready', '/metrics', '/nothing']) {
      const { headers } = await get(`http://127.0.0.1:${relay.port}${path}`);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
      assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'/, path);
    }
  });
});

describe('/metrics', () => {
  const valueOf = (text: string, name: string) => Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);

  it('counts what happens, on a port of its own, and names nobody', async (t) => {
    const relay = await startRelay(t, { metrics: { port: 0 } });
    const { metricsPort } = await relay.ready;
    const read = async () => (await get(`http://127.0.0.1:${metricsPort}/metrics`)).body;
    const [a, b] = [new TestClient(t, relay), new TestClient(t, relay)];
    await a.join('canary-room', { name: 'canary-name' });
    const { id } = await b.join('canary-room', { name: 'canary-name' });
    await a.ask('#rtcio:message', { target: id, data: { candidate: { candidate: 'canary-candidate' } } });
    await a.ask('#rtcio:message', { target: 'nobody', data: { candidate: { candidate: '' } } });
    await handshake(rawSocket(t, relay, '', { origin: 'https://canary.example' }));
    const text = await read();
    for (const [name, count] of Object.entries({
      rtc_relay_participants: 2, rtc_relay_rooms: 1, rtc_relay_sockets: 2, rtc_relay_joins_total: 2, rtc_relay_envelopes_total: 1,
      'rtc_relay_refusals_total{code="unknown-target"}': 1, 'rtc_relay_refusals_total{code="origin-refused"}': 1, rtc_relay_bans_total: 0,
    })) assert.equal(valueOf(text, name), count, name);
    assert.ok(valueOf(text, 'rtc_relay_received_bytes_total') > 100);
    assert.ok(valueOf(text, 'nodejs_eventloop_lag_seconds') >= 0);
    assert.ok(valueOf(text, 'process_resident_memory_bytes') > 1e6);
    for (const secret of ['canary', '127.0.0.1', id]) assert.ok(!text.includes(secret), secret);
    a.socket.disconnect();
    b.socket.disconnect();
    await b.next('disconnect');
    assert.equal((await get(`http://127.0.0.1:${relay.port}/metrics`)).status, 404, 'not on the main port too');
    assert.equal((await get(`http://127.0.0.1:${metricsPort}/`)).status, 404);
  });

  it('is read on the main port with the token only', async (t) => {
    const relay = await startRelay(t, { metrics: { token: TOKEN } });
    const url = `http://127.0.0.1:${relay.port}/metrics`;
    for (const authorization of ['', 'Bearer', `Bearer ${TOKEN}x`, `bearer${TOKEN}`, TOKEN]) {
      const { status, body, headers } = await get(url, { authorization });
      assert.deepEqual([status, body, headers.get('www-authenticate')], [401, 'Unauthorized\n', 'Bearer'], authorization);
    }
    const { status, headers, body } = await get(url, { authorization: `Bearer ${TOKEN}` });
    assert.deepEqual([status, headers.get('content-type')], [200, 'text/plain; version=0.0.4; charset=utf-8']);
    assert.match(body, /^rtc_relay_sockets 0$/m);
  });

  it('is not there unasked, and never open to everyone', async (t) => {
    const relay = await startRelay(t);
    assert.equal((await get(`http://127.0.0.1:${relay.port}/metrics`)).status, 404);
    await assert.rejects(startRelay(t, { metrics: {} }), /metrics needs metrics\.port or metrics\.token/);
    await assert.rejects(startRelay(t, { metrics: { token: 'short' } }), /^TypeError: metrics\.token is shorter than 16 characters$/);
  });
});

describe('Relay.drain', () => {
  it('tells everyone in turn, says nothing of it to the others, and lets nobody new in', async (t) => {
    const relay = await startRelay(t);
    const clients = [0, 1, 2, 3].map(() => new TestClient(t, relay));
    for (const [index, client] of clients.entries()) if (index < 3) await client.join('lobby');
    const idle = clients[3];
    await new Promise<void>((resolve) => { if (idle?.socket.connected) resolve(); else idle?.socket.once('connect', resolve); });

    const startedMs = performance.now();
    const drained = relay.drain(1_000);
    const code = await idle?.codeOf('join-room', { roomId: 'lobby', name: 'late' });
    assert.equal(code, 'relay-draining');
    assert.equal(await handshake(rawSocket(t, relay, '', { origin: ORIGIN })), 400);

    const told = await Promise.all(clients.map(async (client) => {
      const body = await client.next('#rtcio:closed') as { code: string };
      return { code: body.code, atMs: performance.now() - startedMs };
    }));
    await drained;
    assert.deepEqual(told.map(({ code: given }) => given), Array<string>(4).fill('relay-draining'));
    const times = told.map(({ atMs }) => atMs);
    assert.ok(Math.max(...times) - Math.min(...times) > 500, `all at once: ${times.join(', ')}`);
    for (const client of clients) {
      await client.next('disconnect');
      const words = client.heard.map(({ event }) => event);
      assert.ok(!words.includes('#rtcio:peer-left') && !words.includes('user-disconnected'), words.join(', '));
    }
  });
});
