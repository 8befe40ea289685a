/** A process of its own for each side: `bare` a forwarder that does the least, `ours` the relay. Prints its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { createRelay as CreateRelay } from '../server/index.ts';

const PLENTY = { burst: 1_000_000, perSecond: 1_000_000 };

/** @param built the relay as it ships, not its source */
async function startOurs(built: string): Promise<number> {
  const { createRelay } = await import(built) as { createRelay: typeof CreateRelay };
  const relay = createRelay({
    port: 0, host: '127.0.0.1', stunPort: false, secret: 'a secret of the benchmark alone',
    vouch: { issuer: 'https://relay.example' },
    // All pages come from one address, again and again: bounds against that are not what is measured.
    limits: {
      socketsPerAddress: 1000, connects: PLENTY, joins: PLENTY, addressJoins: PLENTY, rooms: { burst: 10_000, perSecond: 10_000 },
      messages: PLENTY, bytes: PLENTY,
    },
  });
  return (await relay.ready).port;
}

function startBare(): Promise<number> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false, cors: { origin: '*' } });
  io.on('connection', (socket) => {
    socket.on('join-room', (room: string) => {
      socket.to(room).emit('init-offer', socket.id);
      void socket.join(room);
    });
    socket.on('message', (target: string, data: unknown) => { socket.to(target).emit('message', socket.id, data); });
  });
  return new Promise((resolve) => {
    http.listen(0, '127.0.0.1', () => { resolve((http.address() as AddressInfo).port); });
  });
}

const [side, built = ''] = process.argv.slice(2);
console.log(await (side === 'ours' ? startOurs(built) : startBare()));
process.once('disconnect', () => { process.exit(); });
