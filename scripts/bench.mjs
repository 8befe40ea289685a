// @ts-check
import { build, isStale } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureDeps } from './lib/deps.mjs';
import { runNode } from './lib/run.mjs';

ensureDeps();
process.env['CHROME_PATH'] = ensureChromium();
if (isStale() && !await build()) process.exit(1);
process.exitCode = await runNode(['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)]);
