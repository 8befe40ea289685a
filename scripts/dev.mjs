// @ts-check
// Watches, rebuilds, restarts the relay and reloads the page. Pages come through a proxy that adds the reloading script,
// so that nothing of it is ever in dist/. PORT is the proxy's; flags go to the relay.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { resolve } from 'node:path';
import { build, copyDemo, isStale } from './lib/build.mjs';
import { ensureDeps } from './lib/deps.mjs';
import { startDevProxy } from './lib/dev-proxy.mjs';
import { root } from './lib/root.mjs';
import { toolArgs } from './lib/run.mjs';

ensureDeps();
if (isStale()) await build();
const port = Number(process.env['PORT'] ?? 3000);
const relayPort = port + 1;

const start = (/** @type {string[]} */ ...args) =>
  spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
// Its link would be the wrong one: it is told by errors only.
const startRelay = () => spawn(process.execPath,
  ['dist/lib/server/main.js', 'serve', '--demo', '--port', String(relayPort), ...process.argv.slice(2)],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });

const watchers = [
  start(...toolArgs('tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput')),
  start(...toolArgs('rollup', '--config', '--watch', '--no-watch.clearScreen')),
];
const proxy = startDevProxy({ port, relayPort });
let relay = startRelay();

/** @type {NodeJS.Timeout | undefined} */
let pending;
watch(resolve(root, 'demo'), { recursive: true }, copyDemo);
watch(resolve(root, 'dist'), { recursive: true }, () => {
  clearTimeout(pending);
  // One change writes many files; the relay starts again once they are all there.
  pending = setTimeout(() => {
    relay.once('exit', () => {
      relay = startRelay();
      proxy.reload();
    });
    // One that had not started, for want of a first build, has ended already.
    if (!relay.kill()) relay.emit('exit');
  }, 300);
});

console.log(`Development pages: http://localhost:${port}/`);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    for (const child of [relay, ...watchers]) child.kill();
    process.exit(0);
  });
}
