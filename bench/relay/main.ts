/**
 * The relay beside a bare socket.io forwarder, in one run (docs/benchmarks.md).
 *   --pairs 20             interleaved pairs for each figure
 *   --only cpu,memory,crowd,flood
 *   --server URL           of the relay; else the built one
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measurePairs, type Side } from '../pairs.ts';
import { MIN_PAIRS, judge, median, medianInterval, type Goal } from '../statistics.ts';
import { Crowd, freshAddress, percentile } from './crowd.ts';
import type { Flood } from './flooder.ts';
import { startSide } from './side.ts';

const PER_SECOND = 1_000;
const TALK_MS = 1_500;
const TALKING_ROOMS = 20;
const IDLE_ROOMS = 400;
const WARM_ROOMS = 200;
const FLOOD = 100_000;
/** So long that the bare forwarder takes all of it, too. */
const FLOOD_MS = 2_500;

const { values } = parseArgs({ options: {
  pairs: { type: 'string', default: String(MIN_PAIRS) }, only: { type: 'string' },
  server: { type: 'string', default: new URL('../../dist/lib/server/index.js', import.meta.url).href },
} });
const pairs = Number(values.pairs);
const wanted = (name: string) => !values.only || values.only.split(',').includes(name);
const start = (side: Side) => startSide(side, values.server);

function row(label: string, ...cells: string[]): void {
  console.log(`${label.padEnd(40)}${cells.map((cell) => cell.padStart(14)).join('')}`);
}

interface Compared { label: string; unit: string; bare: number[]; ours: number[]; goal: Goal; difference?: boolean }

function compare({ label, unit, bare, ours, goal, difference = false }: Compared): void {
  const against = ours.map((value, i) => difference ? value - (bare[i] ?? NaN) : value / (bare[i] ?? NaN));
  const interval = medianInterval(against);
  const mark = difference ? ` ${unit}` : ' x';
  row(label, `${median(bare).toPrecision(3)} ${unit}`, `${median(ours).toPrecision(3)} ${unit}`, `${median(against).toFixed(2)}${mark}`,
    interval.map((edge) => edge.toFixed(2)).join('..'), `${judge(interval, goal, pairs)}${goal.atMost === undefined ? '' : ` (<= ${goal.atMost}${mark})`}`);
}

/** Processor time and delay at a steady rate, both sides held open all along. */
async function measureTalk(): Promise<void> {
  const servers = { bare: await start('bare'), ours: await start('ours') };
  const gather = (side: Side) => Crowd.gather(servers[side].port, TALKING_ROOMS);
  const crowds = { bare: await gather('bare'), ours: await gather('ours') };
  const { bare, ours } = await measurePairs(pairs, 2, async (side) => {
    await servers[side].cost(); // Collects, so that neither pays for the time before.
    const before = await servers[side].cost();
    const delays = await crowds[side].talk(PER_SECOND, TALK_MS);
    const after = await servers[side].cost();
    return { cpuMs: (after.cpuUs - before.cpuUs) / delays.length, p99: percentile(delays, 0.99), p50: percentile(delays, 0.5) };
  });
  const of = (key: 'cpuMs' | 'p99' | 'p50') => ({ bare: bare.map((one) => one[key]), ours: ours.map((one) => one[key]) });
  compare({ label: 'CPU for 1,000 envelopes', unit: 'ms', ...of('cpuMs'), goal: { atMost: 1.2 } });
  compare({ label: 'delay at 1,000 envelopes/s, median', unit: 'ms', ...of('p50'), goal: { atMost: 2 }, difference: true });
  compare({ label: 'delay at 1,000 envelopes/s, p99', unit: 'ms', ...of('p99'), goal: { atMost: 2 }, difference: true });
  for (const side of ['bare', 'ours'] as const) {
    crowds[side].leave();
    await servers[side].stop();
  }
}

/** A fresh process each time: memory once resident seldom goes back. */
async function measureMemory(): Promise<void> {
  const { bare, ours } = await measurePairs(pairs, 1, async (side) => {
    const server = await start(side);
    // The first thousand pay for what all share: code, tables, and room in the heap for what comes and goes with a handshake.
    const first = await Crowd.gather(server.port, WARM_ROOMS);
    const { rssBytes } = await server.cost();
    const crowd = await Crowd.gather(server.port, IDLE_ROOMS);
    const grown = (await server.cost()).rssBytes - rssBytes;
    if (first.lost + crowd.lost > 0) throw new Error('Not all of them stayed.');
    crowd.leave();
    first.leave();
    await server.stop();
    return grown / (5 * IDLE_ROOMS) / 1024;
  });
  compare({ label: 'resident memory, an idle participant', unit: 'kB', bare, ours, goal: { atMost: 1.2 } });
}

/** Longer than two pings, so that whoever is not kept alive is gone. */
async function measureCrowd(): Promise<void> {
  const server = await start('ours');
  const crowd = await Crowd.gather(server.port, 1_000);
  const before = await server.cost();
  await new Promise((resolve) => { setTimeout(resolve, 25_000); });
  const after = await server.cost();
  const delays = await crowd.talk(PER_SECOND, 2_000);
  row('1,000 rooms of five, idle for 25 s', `${crowd.lost} lost`, `${Math.round(after.rssBytes / 2 ** 20)} MB`,
    `${((after.cpuUs - before.cpuUs) / 250_000).toFixed(1)} % CPU`, `p99 ${percentile(delays, 0.99).toFixed(1)} ms`,
    crowd.lost === 0 ? 'reached' : 'missed');
  crowd.leave();
  await server.stop();
}

/** Someone floods a member of a room in which none of the others is. */
async function measureFlood(side: Side): Promise<void> {
  const server = await start(side);
  const crowd = await Crowd.gather(server.port, 4);
  const shared = await Crowd.gather(server.port, 1, 2);
  const target = shared.rooms[0]?.[0]?.id ?? '';
  const flooder = await startFlooder();
  let sent = 0;
  const runs = await measurePairs(pairs, 1, async (which) => {
    const order: Flood = { port: server.port, room: shared.nameOf(0), target, address: freshAddress(), messages: FLOOD };
    if (which === 'ours') flooder.send(order);
    const p95 = percentile(await crowd.talk(200, FLOOD_MS), 0.95);
    if (which === 'ours') sent += FLOOD - await stopFlood(flooder);
    return p95;
  });
  flooder.disconnect();
  // Here the columns are without and with the flood.
  compare({ label: `p95 of others: none, flood (${side})`, unit: 'ms', ...runs, goal: side === 'ours' ? { atMost: 1.5 } : {} });
  row(`  messages got rid of in each flood, ${side}`, String(Math.round(sent / (pairs + 1))), `lost: ${crowd.lost + shared.lost}`);
  crowd.leave();
  shared.leave();
  await server.stop();
}

async function startFlooder(): Promise<ChildProcess> {
  const flooder = fork(fileURLToPath(new URL('flooder.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--import', 'tsx'],
  });
  await once(flooder, 'message');
  return flooder;
}

/** @returns how many messages it did not get rid of */
async function stopFlood(flooder: ChildProcess): Promise<number> {
  const told = once(flooder, 'message');
  flooder.send('stop');
  const [left] = await told as [number];
  return left;
}

console.log(`${pairs} interleaved pairs; medians; 95 % bootstrap interval of the median of ours against bare.\n`);
row('', 'bare', 'ours', 'against', 'interval', 'verdict');
if (wanted('cpu')) await measureTalk();
if (wanted('memory')) await measureMemory();
if (wanted('crowd')) await measureCrowd();
if (wanted('flood')) for (const side of ['bare', 'ours'] as const) await measureFlood(side);
