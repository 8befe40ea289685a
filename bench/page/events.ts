/** Small events over a channel: how many a second, and how late each is. */
import { withPair, withResolvers } from './scenarios.ts';
import type { Side } from './side.ts';

const EVENT_CHARS = 100;
const PER_SECOND = 1000;
/** Browsers let an interval fire every 4 ms at most: four of them, one after the other. */
const TICK_MS = 4;

/** The n-th event: 100 characters with its envelope. */
function payloadOf(n: number): unknown {
  const payload = { n, text: '' };
  const chars = JSON.stringify({ e: 'move', d: [payload] }).length;
  return { n, text: 'x'.repeat(EVENT_CHARS - chars) };
}

/** @returns the number of an event that is as it was sent. */
function checked(payload: unknown, expected: number): number {
  const came = JSON.stringify(payload);
  if (came !== JSON.stringify(payloadOf(expected))) throw new Error(`Event ${expected} came as ${came}.`);
  return expected;
}

/** As fast as it goes, one way. @returns events a second, of those received and checked */
export function eventRate(side: Side, server: string, room: string, total: number): Promise<number> {
  return withPair(side, server, room, async (from, to) => {
    const { promise, resolve } = withResolvers();
    const received: unknown[] = [];
    to.onEvent('move', (payload) => { if (received.push(payload) === total) resolve(); });
    const payloads = Array.from({ length: total }, (_, n) => payloadOf(n));
    const startMs = performance.now();
    for (const payload of payloads) if (!from.emit('move', payload)) await from.drained();
    await promise;
    const elapsedMs = performance.now() - startMs;
    received.forEach(checked); // Afterwards: what it costs is not the channel's.
    return total * 1000 / elapsedMs;
  });
}

/**
 * A thousand a second. As many come before as are counted: meanwhile the browser compiles what runs so often.
 * @returns the 99th percentile of the time from `emit` to the listener, in ms
 */
export function eventDelayMs(side: Side, server: string, room: string, counted: number): Promise<number> {
  const total = 2 * counted;
  return withPair(side, server, room, async (from, to) => {
    const { promise, resolve, reject } = withResolvers();
    const sentMs: number[] = [];
    const delaysMs: number[] = [];
    to.onEvent('move', (payload) => {
      try {
        const n = checked(payload, delaysMs.length);
        if (delaysMs.push(performance.now() - (sentMs[n] ?? NaN)) === total) resolve();
      } catch (error) {
        reject(error as Error);
      }
    });
    const startMs = performance.now();
    const sendDue = () => {
      const due = Math.min(total, Math.floor((performance.now() - startMs) * PER_SECOND / 1000));
      while (sentMs.length < due) from.emit('move', payloadOf(sentMs.push(performance.now()) - 1));
    };
    const timers: number[] = [];
    for (let i = 0; i < TICK_MS; i++) setTimeout(() => { timers.push(window.setInterval(sendDue, TICK_MS)); }, i);
    await promise;
    for (const timer of timers) clearInterval(timer);
    return delaysMs.slice(-counted).sort((a, b) => a - b)[Math.floor(counted * 0.99)] ?? NaN;
  });
}
