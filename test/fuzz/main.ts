/**
 * `npm run fuzz -- --seed 1 --payloads 100000 --envelopes 1000000 --from 0`: fires payloads at a relay process and envelopes at
 * our engine, at its parsers and over real connections, and ends with 1 if either took harm.
 */
import { parseArgs } from 'node:util';
import { fuzzEngine } from './engine/engine-fuzz.ts';
import { fuzzParsers } from './engine/parsers.ts';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({ options: {
  seed: { type: 'string', default: String(Date.now() % 1_000_000) }, payloads: { type: 'string', default: '100000' },
  envelopes: { type: 'string', default: '1000000' }, from: { type: 'string', default: '0' },
} });
const { seed, payloads, envelopes, from } = {
  seed: Number(values.seed), payloads: Number(values.payloads), envelopes: Number(values.envelopes), from: Number(values.from),
};
const failures: string[] = [];
const list = (counts: Iterable<readonly [string, number]>) =>
  [...counts].map(([key, count]) => `${JSON.stringify(key.slice(0, 30))} ${count}`).join(', ');
const mega = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
const timed = async <T>(what: string, run: () => T | Promise<T>): Promise<T> => {
  console.log(what);
  const startMs = performance.now();
  const result = await run();
  console.log(`${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  return result;
};

console.log(`seed ${seed}`);
if (payloads > 0) {
  const report = await timed(`${payloads} payloads at a relay`, () => fuzz({ seed, payloads, from }));
  const { kinds, reached, codes, before, after } = report;
  failures.push(...report.failures);
  console.log(`fired     ${list(kinds)}\nhandled   ${list(reached)}\nanswered  ${list(codes)}`);
  console.log(`heap      ${mega(before.heapBytes)} -> ${mega(after.heapBytes)} MB`);
  console.log(`resident  ${mega(before.rssBytes)} -> ${mega(after.rssBytes)} MB`);
}
if (envelopes > 0) {
  const part = (share: number) => Math.round(envelopes * share);
  const { failures: found, reached } = await timed(`${part(0.7)} envelopes at the parsers`, () => fuzzParsers(seed, part(0.7), from));
  failures.push(...found);
  for (const [parser, { taken, refused }] of reached) console.log(`${parser.padEnd(24)}${taken} taken, ${refused} refused`);
  const over = { control: part(0.2), channel: part(0.04), relayed: part(0.05), strict: part(0.01) };
  const report = await timed(`${list(Object.entries(over))} at an engine in a page`, () => fuzzEngine({ seed, from, ...over }));
  failures.push(...report.failures);
  for (const [round, counts] of report.rounds) console.log(`${round.padEnd(24)}${JSON.stringify(counts)}`);
  console.log(`heap      ${report.heapBytes.map(mega).join(' -> ')} MB`);
}
for (const failure of failures) console.error(`FAILED: ${failure}`);
if (failures.length > 0) console.error(`Again: npm run fuzz -- --seed ${seed} --payloads ${payloads} --envelopes ${envelopes} --from ${from}`);
else console.log('All are alive, and the honest noticed nothing.');
process.exit(failures.length > 0 ? 1 : 0);
