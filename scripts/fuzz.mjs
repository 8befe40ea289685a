// @ts-check
import { ensureDeps } from './lib/deps.mjs';
import { runNode } from './lib/run.mjs';

ensureDeps();
process.exitCode = await runNode(['--import', 'tsx', 'test/fuzz/main.ts', ...process.argv.slice(2)]);
