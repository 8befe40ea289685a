import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { ORIGIN } from '../../server/relay.testing.ts';
import { Attacker } from './attacker.ts';
import { payloadOf, type Payload } from './payloads.ts';
import type { Weight } from './relay-process.ts';

export interface FuzzOptions {
  seed: number;
  payloads: number;
  /** The number of the first one: to replay a part. */
  from?: number;
}

export interface FuzzReport {
  /** What went wrong; empty if nothing did. */
  failures: string[];
  kinds: Map<Payload['kind'], number>;
  /** Answers, by event: payloads that came past every limiter and were handled. */
  reached: Map<string, number>;
  codes: Map<string, number>;
  before: Weight;
  after: Weight;
}

const ATTACKERS = 12;
/** What the heap may grow by under any number of payloads. */
export const MAX_GROWTH_BYTES = 24 * 2 ** 20;

/** Two who met before all of it, and go on while it lasts. */
class Pair {
  readonly failures: string[] = [];
  readonly #sockets: [Socket, Socket];
  #exchanged = 0;

  constructor(port: number) {
    const open = () => io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { origin: ORIGIN },
    });
    this.#sockets = [open(), open()];
  }

  async meet(): Promise<string[]> {
    for (const [i, socket] of this.#sockets.entries()) {
      socket.on('disconnect', (reason) => { this.failures.push(`one of the honest pair was disconnected: ${reason}`); });
      const request = { roomId: 'honest-and-unguessed', engine: { v: 1 } };
      const ack = await socket.timeout(10_000).emitWithAck('join-room', request) as { ok: boolean };
      if (!ack.ok) throw new Error('The pair could not join.');
      socket.onAny((event: string, body: { id?: string; source?: string; data?: { mid?: string } }) => {
        const other = this.#sockets[1 - i];
        const isPairs = event === '#rtcio:message' && body.source === other?.id && body.data?.mid?.startsWith('honest') === true;
        const isArrival = (event === 'user-connected' && body.id === other?.id)
          || (event === '#rtcio:init-offer' && body.source === other?.id);
        if (!isPairs && !isArrival) this.failures.push(`the honest pair heard ${event}`);
      });
    }
    await this.exchange();
    return this.#sockets.map(({ id = '' }) => id);
  }

  /** One envelope each way. */
  async exchange(): Promise<void> {
    const mid = `honest ${this.#exchanged++}`;
    await Promise.all(this.#sockets.map(async (socket, i) => {
      const other = this.#sockets[1 - i];
      const heard = new Promise((resolve, reject) => {
        const timer = setTimeout(() => { reject(new Error('an honest envelope did not arrive within 10 s')); }, 10_000);
        other?.once('#rtcio:message', (envelope) => { clearTimeout(timer); resolve(envelope); });
      });
      socket.emit('#rtcio:message', { target: other?.id, data: { mid } });
      await heard;
    }));
  }

  part(): void {
    for (const socket of this.#sockets) socket.off('disconnect').disconnect();
  }
}

/** Fires payloads at a relay process and watches it. Never rejects for what the relay does. */
export async function fuzz({ seed, payloads, from = 0 }: FuzzOptions): Promise<FuzzReport> {
  const child = fork(fileURLToPath(new URL('relay-process.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const failures: string[] = [];
  let isOver = false;
  child.on('message', (message: { mishap?: string; error?: string }) => {
    if (message.mishap) failures.push(`${message.mishap} in the relay: ${message.error ?? ''}`);
  });
  child.on('exit', (code, signal) => { if (!isOver) failures.push(`the relay ended: ${code ?? signal ?? ''}`); });
  const [{ port }] = await once(child, 'message') as [{ port: number }];
  const weigh = async (): Promise<Weight> => {
    const answer = once(child, 'message');
    child.send('weigh');
    const [weight] = await answer as [Weight];
    return weight;
  };

  const pair = new Pair(port);
  const honest = await pair.meet();
  const attackers = Array.from({ length: ATTACKERS }, (_, i) =>
    new Attacker(port, i % 3 === 0 ? 'host' : 'guest', i % 4 === 0 ? undefined : 'lobby'));
  const kinds = new Map<Payload['kind'], number>();
  const world = { get ids() { return [...honest, ...attackers.map(({ id }) => id)]; } };
  const fireRange = async (begin: number, end: number) => {
    let next = begin;
    await Promise.all(attackers.map(async (attacker) => {
      while (next < end && failures.length === 0) {
        const index = next++;
        const payload = payloadOf(seed, index, world);
        kinds.set(payload.kind, (kinds.get(payload.kind) ?? 0) + 1);
        try {
          await attacker.fire(payload);
        } catch (error) {
          failures.push(`payload ${index}, ${JSON.stringify(payload).slice(0, 300)}: ${String(error)}`);
        }
      }
      await attacker.settle().catch((error: unknown) => { failures.push(String(error)); });
    }));
  };

  // The first tenth fills caches and compiles; what grows after that is a leak.
  const warm = from + Math.ceil(payloads / 10);
  await fireRange(from, warm);
  const before = await weigh();
  for (let begin = warm; begin < from + payloads && failures.length === 0; begin += 500) {
    await fireRange(begin, Math.min(begin + 500, from + payloads));
    await pair.exchange().catch((error: unknown) => { failures.push(String(error)); });
  }
  const after = failures.length === 0 ? await weigh() : before;
  const grownBytes = after.heapBytes - before.heapBytes;
  if (grownBytes > MAX_GROWTH_BYTES) failures.push(`the heap grew by ${grownBytes} bytes`);
  failures.push(...pair.failures);
  isOver = true;
  pair.part();
  for (const attacker of attackers) attacker.close();
  if (child.connected) child.disconnect();
  return {
    failures, kinds, before, after,
    reached: total(attackers.map(({ reached }) => reached)), codes: total(attackers.map(({ codes }) => codes)),
  };
}

function total(counts: readonly Map<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const [key, count] of counts.flatMap((one) => [...one])) sum.set(key, (sum.get(key) ?? 0) + count);
  return new Map([...sum].sort(([, a], [, b]) => b - a));
}
