// @ts-check
// The relay with the demo, installed and built first where needed; flags and environment are the relay's own.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, isStale } from './lib/build.mjs';
import { ensureDeps } from './lib/deps.mjs';
import { root } from './lib/root.mjs';

ensureDeps();
if (isStale()) {
  console.error('Building …');
  if (!await build()) process.exit(1);
}
const main = resolve(root, 'dist/lib/server/main.js');
// In this process, not in a child: Ctrl-C and signals need no forwarding.
process.argv = [process.execPath, main, 'serve', '--demo', ...process.argv.slice(2)];
await import(pathToFileURL(main).href);
