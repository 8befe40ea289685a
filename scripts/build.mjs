// @ts-check
import { build } from './lib/build.mjs';
import { ensureDeps } from './lib/deps.mjs';

ensureDeps();
process.exitCode = await build() ? 0 : 1;
