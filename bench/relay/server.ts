/**
 * One side in a process of its own: `bare`, a socket.io server that forwards within rooms and does nothing else, or `ours`, the
 * relay with all of its checks and with its own limits. Sends its port, then answers each word with what it costs by now.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { createRelay as CreateRelay } from '../../server/index.ts';

/** Microseconds of processor time since the start, and resident bytes. */
export interface Cost { cpuUs: number; rssBytes: number }

/** What both are told alike: what the relay has anyway. */
const TRANSPORT = {
  transports: ['websocket' as const], serveClient: false, perMessageDeflate: false, httpCompression: false,
  maxHttpBufferSize: 100_000, pingInterval: 10_000, pingTimeout: 5_000,
};

/** @param built the relay as it ships, not its source */
async function startOurs(built: string): Promise<number> {
  const { createRelay } = await import(built) as { createRelay: typeof CreateRelay };
  const relay = createRelay({
    port: 0, host: '127.0.0.1', stunPort: false, secret: 'a secret of the benchmark alone', origins: ['https://bench.example'],
  });
  return (await relay.ready).port;
}

function startBare(): Promise<number> {
  const http = createServer();
  const io = new Server(http, TRANSPORT);
  io.on('connection', (socket) => {
    socket.on('join-room', ({ roomId, name }: { roomId: string; name: string }, ack: (reply: unknown) => void) => {
      socket.to(roomId).emit('user-connected', { id: socket.id, name });
      void socket.join(roomId);
      ack({ ok: true, id: socket.id });
    });
    socket.on('#rtcio:message', ({ target, data }: { target: string; data: unknown }) => {
      socket.to(target).emit('#rtcio:message', { source: socket.id, target, data });
    });
  });
  return new Promise((resolve) => {
    http.listen(0, '127.0.0.1', () => { resolve((http.address() as AddressInfo).port); });
  });
}

/** The processor's time first: collecting is the measurement's and not the server's. */
async function cost(): Promise<Cost> {
  const { user, system } = process.cpuUsage();
  for (let i = 0; i < 2; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  return { cpuUs: user + system, rssBytes: process.memoryUsage.rss() };
}

const [side, built = ''] = process.argv.slice(2);
const port = await (side === 'ours' ? startOurs(built) : startBare());
process.on('message', () => { void cost().then((now) => process.send?.(now)); });
process.once('disconnect', () => { process.exit(); });
process.send?.(port);
