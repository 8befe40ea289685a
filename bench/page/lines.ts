/** Lines of a chat from one page to another and back, with or without bulk from the first to the second. */
import { checkedBytes, wordsFrom } from './scenarios.ts';
import type * as Engine from '../../src/index.ts';

const CHUNK_BYTES = 16 * 1024;
const EVERY_MS = 25;

const pause = () => new Promise((resolve) => { setTimeout(resolve, EVERY_MS); });

let room: Engine.Room;
let bulk: Engine.Channel;
let received = 0;

/** Both pages come into the room and open the channel. Settles when it is open. */
export async function joinLines(server: string, name: string): Promise<void> {
  const path = '/engine.js';
  const { createRoom } = await import(path) as typeof Engine;
  room = createRoom({ server, name });
  received = 0;
  room.on('line', (n, { from }) => { room.to(from).emit('echo', n); });
  room.handle('received', () => received);
  await room.join();
  bulk = await room.openChannel('bulk', { priority: 'low' });
  bulk.lifecycle.on('data', ({ data }) => { received += checkedBytes(data, received / 4); });
  await new Promise((resolve) => { bulk.lifecycle.once('open', resolve); });
}

/** @returns the 95th percentile of the round trips, in ms, and what bulk there was, as received and checked over there */
export async function measureLines(lines: number, withBulk: boolean): Promise<{ p95Ms: number; bytes: number }> {
  const [other] = room.snapshot.participants;
  if (!other) throw new Error('Nobody is there.');
  const tripsMs: number[] = [];
  let done = !withBulk;
  const sending = (async () => {
    let sent = 0;
    for (; !done; sent += CHUNK_BYTES) {
      const more = bulk.send(wordsFrom(sent / 4, CHUNK_BYTES / 4));
      if (!more) await new Promise((resolve) => { bulk.lifecycle.once('drain', resolve); });
    }
    return sent;
  })();
  for (let n = 0; n < lines; n++) {
    await pause();
    const startMs = performance.now();
    await new Promise<void>((resolve) => {
      const stop = room.on('echo', (echo) => {
        if (echo !== n) return;
        stop();
        resolve();
      });
      room.to(other.id).emit('line', n);
    });
    tripsMs.push(performance.now() - startMs);
  }
  done = true;
  const bytes = await sending;
  while (await room.to(other.id).request<number>('received') < bytes) await pause();
  return { p95Ms: tripsMs.sort((a, b) => a - b)[Math.floor(lines * 0.95)] ?? NaN, bytes };
}

export function leaveLines(): void {
  room.close();
}
