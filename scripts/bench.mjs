// @ts-check
// Figures, not tests (docs/benchmarks.md). The engine's; or `relay`, or `interface`, as the first word.
import { build, isStale } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureDeps } from './lib/deps.mjs';
import { runNode } from './lib/run.mjs';

const args = process.argv.slice(2);
const folder = ['relay', 'interface'].find((name) => name === args[0]);
if (folder) args.shift();

ensureDeps();
if (folder !== 'relay') process.env['CHROME_PATH'] = ensureChromium();
if (isStale() && !await build()) process.exit(1);
process.exitCode = await runNode(['--import', 'tsx', folder ? `bench/${folder}/main.ts` : 'bench/main.ts', ...args]);
