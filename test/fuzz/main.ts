/** `npm run fuzz -- --seed 1 --payloads 100000 --from 0`: fires at a relay process, and ends with 1 if it took harm. */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({ options: {
  seed: { type: 'string', default: String(Date.now() % 1_000_000) }, payloads: { type: 'string', default: '100000' },
  from: { type: 'string', default: '0' },
} });
const seed = Number(values.seed);
console.log(`seed ${seed}, ${values.payloads} payloads`);
const startMs = performance.now();
const report = await fuzz({ seed, payloads: Number(values.payloads), from: Number(values.from) });
const { failures, kinds, reached, codes, before, after } = report;
const list = (counts: Map<string, number>) =>
  [...counts].map(([key, count]) => `${JSON.stringify(key.slice(0, 30))} ${count}`).join(', ');
console.log(`fired     ${list(kinds)}\nhandled   ${list(reached)}\nanswered  ${list(codes)}`);
const mega = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
console.log(`heap      ${mega(before.heapBytes)} -> ${mega(after.heapBytes)} MB`);
console.log(`resident  ${mega(before.rssBytes)} -> ${mega(after.rssBytes)} MB`);
console.log(`${((performance.now() - startMs) / 1000).toFixed(1)} s`);
for (const failure of failures) console.error(`FAILED: ${failure}`);
if (failures.length > 0) console.error(`Again: npm run fuzz -- --seed ${seed} --payloads ${values.payloads} --from ${values.from}`);
else console.log('The same process is alive, and the honest pair noticed nothing.');
process.exit(failures.length > 0 ? 1 : 0);
