// @ts-check
import { build, isStale } from './lib/build.mjs';
import { ensureDeps } from './lib/deps.mjs';
import { runNode } from './lib/run.mjs';

ensureDeps();
if (isStale() && !await build()) process.exit(1);
process.exitCode = await runNode(['--import', 'tsx', 'bench/relay/main.ts', ...process.argv.slice(2)]);
