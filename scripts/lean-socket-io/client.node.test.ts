import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { Server } from 'socket.io';
import { WebSocket, WebSocketServer } from 'ws';
import { Manager } from './client.ts';

// Node has one of its own since 22.
Object.assign(globalThis, { WebSocket });

async function startServer(t: TestContext, options = {}): Promise<[io: Server, port: number]> {
  const http = createServer();
  const io = new Server(http, { path: '/prefix/socket.io', ...options });
  t.after(() => io.close());
  return [io, await listen(http)];
}

async function listen(server: HttpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A client that notes what it is told. */
function makeClient(t: TestContext, port: number, auth: object = {}, timeout = 5000) {
  const manager = new Manager(`http://localhost:${port}`, { path: '/prefix/socket.io', query: { room: 'lobby' }, timeout });
  const socket = manager.socket('/', { auth: (give) => { give(auth); } });
  t.after(() => { socket.disconnect(); });
  const told: unknown[][] = [];
  for (const event of ['connect', 'connect_error', 'disconnect', 'news']) {
    socket.on(event, (what) => { told.push([event, ...(what === undefined ? [] : [what instanceof Error ? what.message : what])]); });
  }
  const next = (event: string) => new Promise<unknown>((resolve) => { socket.on(event, resolve); });
  return { socket, told, next, connected: () => { const done = next('connect'); socket.connect(); return done; } };
}

describe('the lean client at a socket.io server', () => {
  it('hands over token and query, says and hears events, asks and is answered', async (t) => {
    const [io, port] = await startServer(t);
    const { socket, told, connected, next } = makeClient(t, port, { token: 'secret' });
    io.on('connection', (far) => {
      far.on('ask', (number: number, answer: (reply: unknown) => void) => { answer({ number, ...far.handshake.auth, room: far.handshake.query['room'] }); });
      far.on('say', (what: unknown) => { far.emit('news', what); });
    });
    const any: unknown[][] = [];
    socket.onAny((...args) => { any.push(args); });
    await connected();
    assert.equal(socket.id, [...io.sockets.sockets.keys()][0]);
    assert.deepEqual(await socket.timeout(5000).emitWithAck('ask', 7), { number: 7, token: 'secret', room: 'lobby' });
    const news = next('news');
    socket.emit('say', { ä: [1] });
    await news;
    assert.deepEqual(told, [['connect'], ['news', { ä: [1] }]]);
    assert.deepEqual(any, [['news', { ä: [1] }]]);
  });

  it('tells why it was refused, and connects again when told to', async (t) => {
    const [io, port] = await startServer(t);
    let refuses = true;
    io.use((_socket, pass) => { pass(refuses ? Object.assign(new Error('no'), { data: { code: 'forbidden' } }) : undefined); });
    const { socket, told, connected, next } = makeClient(t, port);
    const refused = next('connect_error');
    socket.connect();
    assert.deepEqual((await refused as { data?: unknown }).data, { code: 'forbidden' });
    refuses = false;
    await connected();
    assert.deepEqual(told, [['connect_error', 'no'], ['connect']]);
  });

  it('rejects what was asked when it is lost or not answered, and keeps nothing for the next connection', async (t) => {
    const [io, port] = await startServer(t);
    const heard: string[] = [];
    io.on('connection', (far) => { far.onAny((event: string) => { heard.push(event); if (event === 'end') far.disconnect(); }); });
    const { socket, told, connected, next } = makeClient(t, port);
    await assert.rejects(socket.timeout(5000).emitWithAck('early'), /not connected/);
    socket.emit('early');
    await connected();
    await assert.rejects(socket.timeout(20).emitWithAck('silence'), /timed out/);
    await assert.rejects(socket.timeout(5000).emitWithAck('end'), /disconnected/);
    await connected();
    const left = once([...io.sockets.sockets.values()][0]!, 'disconnect');
    socket.disconnect();
    assert.equal((await left)[0], 'client namespace disconnect');
    socket.disconnect();
    await connected();
    const lost = next('disconnect');
    io.engine.close();
    await lost;
    assert.deepEqual(heard, ['silence', 'end']);
    assert.deepEqual(told.slice(1), [
      ['disconnect', 'io server disconnect'], ['connect'], ['disconnect', 'io client disconnect'], ['connect'], ['disconnect', 'transport close'],
    ]);
  });

  it('answers pings, and is lost where they stay away, also when no timer ran', async (t) => {
    const [io, port] = await startServer(t, { pingInterval: 30, pingTimeout: 200 });
    const { socket, told, connected, next } = makeClient(t, port);
    await connected();
    let pongs = 0;
    const [far] = io.sockets.sockets.values();
    await new Promise<void>((resolve) => { far!.conn.on('heartbeat', () => { if (++pongs === 3) resolve(); }); });
    const lost = next('disconnect');
    t.mock.method(Date, 'now', () => Infinity);
    socket.emit('say');
    await lost;
    t.mock.restoreAll();
    assert.deepEqual(told, [['connect'], ['disconnect', 'ping timeout']]);
  });
});

describe('the lean client at what is no socket.io server', () => {
  const open = `0${JSON.stringify({ sid: 'x', pingInterval: 10_000, pingTimeout: 10_000 })}`;
  const answers: readonly (readonly [says: readonly string[], told: readonly unknown[][]])[] = [
    [['x'], [['connect_error', 'no packet']]],
    [['0no'], [['connect_error', 'no handshake']]],
    [['0null'], [['connect_error', 'no handshake']]],
    [[], [['connect_error', 'timeout']]],
    [[open, '40{}'], [['disconnect', 'parse error']]],
    [[open, '40{"sid":"a"}', '42["disconnect"]'], [['connect'], ['disconnect', 'parse error']]],
    [[open.replaceAll('10000', '10'), '40{"sid":"a"}'], [['connect'], ['disconnect', 'ping timeout']]],
    [[open, '42["news",1]', '40{"sid":"a"}', '41'], [['connect'], ['disconnect', 'io server disconnect']]],
  ];
  for (const [says, expected] of answers) {
    it(`is told ${JSON.stringify(expected.at(-1))} after ${JSON.stringify(says)}`, async (t) => {
      const http = createServer();
      const server = new WebSocketServer({ server: http });
      t.after(() => { http.close(); for (const client of server.clients) client.terminate(); });
      const port = await listen(http);
      server.on('connection', (far) => { for (const text of says) far.send(text); });
      const { socket, told, next } = makeClient(t, port, {}, 200);
      const end = Promise.race([next('connect_error'), next('disconnect')]);
      socket.connect();
      await end;
      assert.deepEqual(told, expected);
    });
  }

  it('is told once where nothing listens', async (t) => {
    const { socket, told, next } = makeClient(t, 1);
    const end = next('connect_error');
    socket.connect();
    await end;
    assert.deepEqual(told, [['connect_error', 'websocket error']]);
  });
});
