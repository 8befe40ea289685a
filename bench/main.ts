/**
 * Our engine beside a bare RTCPeerConnection that does the same work, in one run (docs/benchmarks.md).
 *   --pairs 20        interleaved pairs for each figure
 *   --only join,mesh  these figures only
 */
import { parseArgs } from 'node:util';
import { lineDelayMs, secondPage } from './lines.ts';
import { fittingCost } from './fitting.ts';
import { IDENTITY_LEVELS, measureIdentity } from './identity.ts';
import { measurePairs } from './pairs.ts';
import { setUp } from './setup.ts';
import { MIN_PAIRS, judge, median, medianInterval } from './statistics.ts';
import { WireCounter } from './wire-counts.ts';
import type { Scenario } from './page/page.ts';
import type { Bench } from './setup.ts';
import type { Goal } from './statistics.ts';
import type { WireCounts } from './wire-counts.ts';

interface Figure { label: string; unit: string; scenario: Scenario; goal: Goal }

const FIGURES: readonly Figure[] = [
  { label: 'join -> first message both ways', unit: 'ms', scenario: { name: 'join', size: 2 }, goal: { atMost: 1.15 } },
  { label: 'join -> first picture both ways', unit: 'ms', scenario: { name: 'picture', size: 2 }, goal: { atMost: 1.15 } },
  { label: 'unseen picture, seen again', unit: 'ms', scenario: { name: 'seen', size: 2 }, goal: {} },
  { label: 'mesh of 4 joining at once', unit: 'ms', scenario: { name: 'mesh', size: 4 }, goal: { atMost: 1.3 } },
  { label: 'mesh of 8 joining at once', unit: 'ms', scenario: { name: 'mesh', size: 8 }, goal: { atMost: 1.2 } },
  { label: 'bulk throughput, one way', unit: 'MB/s', scenario: { name: 'throughput', size: 16_777_216 }, goal: { atLeast: 0.9 } },
  { label: 'bulk, messages of 64 KiB', unit: 'MB/s', scenario: { name: 'bulk', size: 16_777_216 }, goal: { atLeast: 1 } },
  { label: 'events of 100 bytes', unit: '/s', scenario: { name: 'events', size: 50_000 }, goal: { atLeast: 3 } },
  { label: 'their delay at 1,000/s, p99', unit: 'ms', scenario: { name: 'delay', size: 2000 }, goal: { atMost: 1.2 } },
  { label: 'small messages', unit: '/s', scenario: { name: 'messages', size: 20_000 }, goal: {} },
];
const COUNTS: readonly (keyof WireCounts)[] = ['hops', 'descriptions', 'envelopes'];
const WARM_UPS = 2;

const { values } = parseArgs({ options: { pairs: { type: 'string', default: String(MIN_PAIRS) }, only: { type: 'string' } } });
const pairs = Number(values.pairs);
const only = values.only?.split(',');
const wanted = (name: string) => !only || only.includes(name);

function row(label: string, cells: readonly string[], verdict: string): void {
  console.log(`${label.padEnd(34)}${cells.map((cell) => cell.padStart(14)).join('')}  ${verdict}`);
}

async function measureCounts(bench: Bench): Promise<void> {
  const counter = new WireCounter();
  await counter.watch(bench.session);
  const { bare, ours } = await measurePairs(pairs, WARM_UPS, async (side) => {
    counter.take();
    await bench.run(side, { name: 'join', size: 2 });
    return counter.take();
  });
  await bench.session.send('Network.disable');
  for (const key of COUNTS) {
    const [theirs, mine] = [median(bare.map((counts) => counts[key])), median(ours.map((counts) => counts[key]))];
    const spread = (all: WireCounts[]) => `${Math.min(...all.map((one) => one[key]))}-${Math.max(...all.map((one) => one[key]))}`;
    row(`${key} through the relay, a pair`, [String(theirs), String(mine), `${spread(bare)} | ${spread(ours)}`, ''],
      mine <= theirs ? 'reached' : 'missed');
  }
}

async function measureFigure(bench: Bench, { label, unit, scenario, goal }: Figure): Promise<void> {
  const { bare, ours } = await measurePairs(pairs, WARM_UPS, (side) => bench.run(side, scenario));
  report(label, unit, goal, bare, ours);
}

function report(label: string, unit: string, goal: Goal, bare: readonly number[], ours: readonly number[]): void {
  const ratios = ours.map((value, i) => value / (bare[i] ?? NaN));
  const interval = medianInterval(ratios);
  const show = (value: number) => `${value.toPrecision(value < 1000 ? 3 : 5)} ${unit}`;
  const limit = goal.atMost !== undefined ? `<= ${goal.atMost}` : goal.atLeast !== undefined ? `>= ${goal.atLeast}` : '';
  row(label, [show(median(bare)), show(median(ours)), `${median(ratios).toFixed(2)} x`,
    interval.map((edge) => edge.toFixed(2)).join('-')], `${judge(interval, goal, pairs)} ${limit && `(${limit})`}`);
}

/** Here `bare` is our engine too, where nobody says what they show. */
async function measureFitting(bench: Bench): Promise<void> {
  const { bare, ours } = await measurePairs(pairs, 0, (side) => fittingCost(bench, side === 'ours'));
  for (const [key, label, unit, atMost] of [
    ['cpuSeconds', 'pictures fitted: CPU', 's', 0.5], ['bytes', 'pictures fitted: sent', 'bytes', 0.4],
  ] as const) report(label, unit, { atMost }, bare.map((cost) => cost[key]), ours.map((cost) => cost[key]));
}

/** Here `bare` is without the file, and what counts is the difference. */
async function measureLines(bench: Bench): Promise<void> {
  const other = await secondPage(bench);
  const { bare, ours } = await measurePairs(pairs, WARM_UPS, (side) => lineDelayMs(bench, other, side === 'ours'));
  await other.close();
  const more = ours.map((value, i) => value - (bare[i] ?? NaN));
  const interval = medianInterval(more);
  const medians = [bare, ours].map((all) => `${median(all).toPrecision(3)} ms`);
  row('a line beside a file, p95', [...medians, `+ ${median(more).toFixed(1)} ms`,
    interval.map((edge) => edge.toFixed(1)).join('-')], `${judge(interval, { atMost: 20 }, pairs)} (<= 20 ms)`);
}

/** Here `bare` is our engine without that level. */
async function measureLevels(bench: Bench): Promise<void> {
  for (const level of IDENTITY_LEVELS) {
    const { bare, ours } = await measureIdentity(bench, level, pairs, WARM_UPS);
    report(`join ${level}`, 'ms', {}, bare.map(({ ms }) => ms), ours.map(({ ms }) => ms));
    const [without, withIt] = [bare, ours].map((all) => median(all.map(({ hops }) => hops))) as [number, number];
    row('  hops', [String(without), String(withIt), '', ''], withIt <= without ? 'reached' : 'missed');
  }
}

const bench = await setUp();
console.log(`${pairs} interleaved pairs after ${WARM_UPS} to warm up; medians; 95 % bootstrap interval of the median ratio ours/bare.\n`);
row('', ['bare', 'ours', 'ratio', 'interval'], 'verdict');
if (wanted('counts')) await measureCounts(bench);
if (wanted('fitting')) await measureFitting(bench);
if (wanted('lines')) await measureLines(bench);
if (wanted('identity')) await measureLevels(bench);
for (const figure of FIGURES) if (wanted(figure.scenario.name)) await measureFigure(bench, figure);
await bench.close();
