/** Every scenario runs with all its participants in this one page: one clock, and the same conditions for both sides. */
import type { Bulk, Participant, Side } from './side.ts';

const TIMEOUT_MS = 30_000;
const CHUNK_BYTES = 16 * 1024;

interface Progress { participant: Participant; heard: Set<string> }

/** Each participant greets everyone it meets. Settles when each has heard all the others. */
function greetAll(participants: readonly Participant[]): Promise<void> {
  const { promise, resolve, reject } = withResolvers();
  const all: Progress[] = participants.map((participant) => ({ participant, heard: new Set<string>() }));
  const timer = setTimeout(() => {
    reject(new Error(`After ${TIMEOUT_MS} ms they had heard ${all.map(({ heard }) => heard.size).join(', ')} others.`));
  }, TIMEOUT_MS);
  for (const { participant, heard } of all) {
    participant.onPeer((peer) => { participant.send(peer, 'hello'); });
    participant.onMessage((from) => {
      heard.add(from);
      if (all.some((one) => one.heard.size < participants.length - 1)) return;
      clearTimeout(timer);
      resolve();
    });
  }
  return promise;
}

export function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let [resolve, reject] = [(): void => undefined, (_: Error): void => undefined];
  const promise = new Promise<void>((ok, bad) => { resolve = ok; reject = bad; });
  return { promise, resolve, reject };
}

export async function withPair<T>(side: Side, server: string, room: string, run: (a: Bulk, b: Bulk) => Promise<T>): Promise<T> {
  const [a, b] = [side(server, room), side(server, room)];
  const met = greetAll([a, b]);
  await a.join();
  await b.join();
  await met;
  const [bulkA, bulkB] = await Promise.all([a.openBulk(), b.openBulk()]);
  try {
    return await run(bulkA, bulkB);
  } finally {
    a.leave();
    b.leave();
  }
}

/** Join -> first message both ways: one is in the room, the other comes. @returns ms */
export async function joinMs(side: Side, server: string, room: string): Promise<number> {
  const [first, second] = [side(server, room), side(server, room)];
  const met = greetAll([first, second]);
  await first.join();
  const startMs = performance.now();
  await second.join();
  await met;
  const elapsedMs = performance.now() - startMs;
  first.leave();
  second.leave();
  return elapsedMs;
}

/** All join at once -> everyone has heard everyone. @returns ms */
export async function meshMs(side: Side, server: string, room: string, size: number): Promise<number> {
  const participants = Array.from({ length: size }, () => side(server, room));
  const met = greetAll(participants);
  const startMs = performance.now();
  await Promise.all(participants.map((participant) => participant.join()));
  await met;
  const elapsedMs = performance.now() - startMs;
  for (const participant of participants) participant.leave();
  return elapsedMs;
}

/** Every 32-bit word says where it stands: a lost, doubled or moved byte is seen. */
export function checkedBytes(data: ArrayBuffer, firstWord: number): number {
  const words = new Uint32Array(data);
  for (let i = 0; i < words.length; i++) {
    if (words[i] !== Math.imul(firstWord + i, 0x9e3779b1) >>> 0) throw new Error(`Wrong bytes in word ${firstWord + i}.`);
  }
  return data.byteLength;
}

/** So many words, of which the first stands there. */
export function wordsFrom(firstWord: number, count: number): ArrayBuffer {
  return new Uint32Array(count).map((_word, i) => Math.imul(firstWord + i, 0x9e3779b1) >>> 0).buffer;
}

/** One-way bulk over an ordered, reliable channel. @returns megabytes (10^6) a second, of bytes received and checked */
export function throughput(
  side: Side, server: string, room: string, totalBytes: number, chunkBytes = CHUNK_BYTES,
): Promise<number> {
  return withPair(side, server, room, async (from, to) => {
    const chunks = Array.from({ length: Math.ceil(totalBytes / chunkBytes) }, (_, i) =>
      wordsFrom(i * chunkBytes / 4, chunkBytes / 4));
    const { promise, resolve, reject } = withResolvers();
    let received = 0;
    to.onData((data) => {
      try {
        received += checkedBytes(data, received / 4);
        if (received === chunks.length * chunkBytes) resolve();
      } catch (error) {
        reject(error as Error);
      }
    });
    const startMs = performance.now();
    for (const chunk of chunks) if (!from.send(chunk)) await from.drained();
    await promise;
    return received / 1000 / (performance.now() - startMs);
  });
}

/** Small messages of an app, one way. @returns messages a second, of those received */
export function messageRate(side: Side, server: string, room: string, total: number): Promise<number> {
  return withPair(side, server, room, async (from, to) => {
    const { promise, resolve } = withResolvers();
    let received = 0;
    to.onEvent('move', () => { if (++received === total) resolve(); });
    const startMs = performance.now();
    for (let i = 0; i < total; i++) if (!from.emit('move', { x: i, y: total - i })) await from.drained();
    await promise;
    return received * 1000 / (performance.now() - startMs);
  });
}
