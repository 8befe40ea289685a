import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { RelayOptions } from './index.ts';
import { answerOf, handshake, ORIGIN, rawSocket, startRelay } from './relay.testing.ts';

/** A relay with polling, and requests to it over one TCP connection that is kept, as browsers and proxies do it. */
async function keeping(t: TestContext, options: RelayOptions = {}) {
  const server = createServer((_request, response) => { response.end(); });
  const connections: Socket[] = [];
  server.on('connection', (socket) => { connections.push(socket); });
  server.listen(0, '127.0.0.1');
  t.after(() => { server.close(); server.closeAllConnections(); });
  const relay = await startRelay(t, { ...options, polling: true, server });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => { agent.destroy(); });
  const ask = async (path: string, body?: string): Promise<string> => {
    const asked = request({
      host: '127.0.0.1', port: relay.port, agent, path, method: body === undefined ? 'GET' : 'POST', headers: { origin: ORIGIN },
    });
    asked.end(body);
    const [response] = await once(asked, 'response') as [AsyncIterable<Buffer>];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  /** The end of the queries of a new session. */
  const begin = async () => `&sid=${/"sid":"([^"]+)"/.exec(await ask('/socket.io/?EIO=4&transport=polling'))?.[1] ?? ''}`;
  return { relay, connections, ask, begin };
}

describe('a connection that began with polling', () => {
  it('holds up no relay that drains, though its TCP connection goes on with other requests', async (t) => {
    const { relay, connections, ask, begin } = await keeping(t);
    await begin();
    const asking = setInterval(() => { ask('/').catch(() => undefined); }, 100);
    t.after(() => { clearInterval(asking); });
    await relay.drain(0);
    assert.deepEqual(connections.map(({ destroyed }) => destroyed), [false]);
  });

  it('leaves nothing behind at a TCP connection that is used again', async (t) => {
    const { connections, ask, begin } = await keeping(t);
    await ask('/');
    const before = connections[0]?.listenerCount('close');
    for (let session = 0; session < 5; session++) await ask(`/socket.io/?EIO=4&transport=polling${await begin()}`, '1');
    assert.deepEqual(connections.map((socket) => socket.listenerCount('close')), [before]);
  });

  it('is cut after a flood, once it is a WebSocket, and not the TCP connection of its handshake', async (t) => {
    const { relay, connections, begin } = await keeping(t, { limits: { messages: { burst: 20, perSecond: 5 } } });
    const socket = rawSocket(t, relay, await begin(), { origin: ORIGIN });
    await handshake(socket);
    socket.send('2probe');
    await once(socket, 'message');
    socket.send('5');
    socket.send('40');
    await answerOf(socket, '40');
    for (let sent = 0; sent < 200; sent++) socket.send('42["x"]');
    socket.pause(); // Says no farewell.
    const [kept, upgraded] = connections;
    assert.ok(kept && upgraded);
    await once(upgraded, 'close');
    assert.ok(!kept.destroyed);
  });
});
