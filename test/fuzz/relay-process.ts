/** The relay under fire, in a process of its own. It tells its port, its weight when asked, and at once what may never happen. */
import { createRelay } from '../../server/index.ts';
import { ORIGIN, SECRET } from '../../server/relay.testing.ts';

/** Bytes on the heap after a collection, and resident. */
export interface Weight { heapBytes: number; rssBytes: number }

const ROOMY = { burst: 1e12, perSecond: 1e12 };

for (const mishap of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(mishap, (error: unknown) => {
    process.send?.({ mishap, error: error instanceof Error ? error.stack : String(error) });
  });
}
const relay = createRelay({
  port: 0, host: '127.0.0.1', stunPort: false, secret: SECRET, origins: [ORIGIN], capacity: 50,
  // The handlers are what is under fire: no limit of number stands before them, those of size and shape do.
  limits: {
    socketsPerAddress: 1e9, connects: ROOMY, messages: ROOMY, bytes: ROOMY, joins: ROOMY, rooms: ROOMY,
    banFirstMs: 0, holdMs: 500,
  },
  rooms: { waitingRoom: (roomId) => roomId === 'waiting', knockMs: 1_000, banMs: 500, endedMs: 200 },
  authenticate: ({ token }) => ({ ...(token === 'host' && { roles: ['host'] }) }),
  authorize: (_identity, roomId) => roomId !== 'forbidden',
  events: { echo: { handle: (body) => body } },
  onJoin: () => { throw new Error('a hook of the operator that fails'); },
});
const { port } = await relay.ready;
process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed: heapBytes, rss: rssBytes } = process.memoryUsage();
  process.send?.({ heapBytes, rssBytes });
});
process.once('disconnect', () => { process.exit(); });
process.send?.({ port });
