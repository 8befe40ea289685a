// @ts-check
// Everything that must hold, stage by stage; the last line is `N passed, N failed`.
//   --only lint,node   these stages only        --long   with what takes long (and skips what is not there)
import { parseArgs } from 'node:util';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureDeps } from './lib/deps.mjs';
import { runStage, STAGES } from './lib/stages.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' }, long: { type: 'boolean', default: false } } });
const only = values.only?.split(',');
const unknown = only?.filter((name) => !STAGES.some((stage) => stage.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are: ${STAGES.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const stages = STAGES.filter(({ name, long }) => only ? only.includes(name) : values.long || !long);

ensureDeps();
if (stages.some(({ browser }) => browser)) process.env['CHROME_PATH'] = ensureChromium();

/** @type {({ name: string, seconds: number } & import('./lib/counts.mjs').Counts)[]} */
const results = [];
/** @type {Promise<void>[]} */
const aside = [];
for (const stage of stages) {
  if (!stage.check) await Promise.all(aside);
  const running = run(stage);
  if (stage.aside) aside.push(running);
  else await running;
}
await Promise.all(aside);

async function run(/** @type {import('./lib/stages.mjs').Stage} */ stage) {
  console.log(`\n── ${stage.name} ${'─'.repeat(70 - stage.name.length)}`);
  const startedMs = performance.now();
  const counts = await runStage(stage);
  results.push({ name: stage.name, seconds: (performance.now() - startedMs) / 1000, ...counts });
}

console.log(`\n── results ${'─'.repeat(63)}`);
for (const { name, seconds, passed, failed, skipped } of results) {
  console.log(`${failed ? '✖' : '✔'} ${name.padEnd(10)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`
    + `${skipped ? ` ${String(skipped).padStart(4)} skipped` : ''}  ${seconds.toFixed(1)} s`);
}
for (const line of results.flatMap(({ failures }) => failures)) console.log(`✖ ${line}`);
const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((total, result) => total + result[key], 0);
const showSkipped = values.long || sum('skipped') > 0;
console.log(`${sum('passed')} passed, ${sum('failed')} failed${showSkipped ? `, ${sum('skipped')} skipped` : ''}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
