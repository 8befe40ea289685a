// @ts-check
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { root } from './root.mjs';

/** The tools by the file that Node runs: no shell and no `.cmd` stands between. */
const TOOLS = {
  eleventy: '@11ty/eleventy/cmd.cjs',
  eslint: 'eslint/bin/eslint.js',
  rollup: 'rollup/dist/bin/rollup',
  tsc: 'typescript/bin/tsc',
  tsx: 'tsx/dist/cli.mjs',
  wtr: '@web/test-runner/dist/bin.js',
};

/** @typedef {keyof typeof TOOLS} Tool */

/** @returns {name is Tool} */
export function isTool(/** @type {string} */ name) {
  return Object.hasOwn(TOOLS, name);
}

/** @returns {string[]} the arguments for Node that run a tool. */
export function toolArgs(/** @type {Tool} */ name, /** @type {string[]} */ ...args) {
  return [resolve(root, 'node_modules', TOOLS[name]), ...args];
}

/**
 * Runs Node with these arguments in the repository; signals that end us end it too, and so does the time limit.
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number, inside?: readonly string[], holdBack?: boolean }} [options] `inside`: a
 *   command that becomes the one given to it; `holdBack`: what it says comes in one piece, once it has ended
 * @returns {Promise<number>} the exit code; 1 after a signal
 */
export function runNode(args, { env = {}, timeoutMs, inside = [], holdBack = false } = {}) {
  return new Promise((done) => {
    const [program = '', ...rest] = [...inside, process.execPath, ...args];
    const stdio = holdBack ? 'pipe' : 'inherit';
    const child = spawn(program, rest, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', stdio, stdio] });
    /** @type {Buffer[]} */
    const held = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (/** @type {Buffer} */ chunk) => { held.push(chunk); });
    const stop = () => child.kill('SIGTERM');
    const timer = timeoutMs && setTimeout(() => {
      console.error(`Stopped after ${timeoutMs / 1000} s: ${args.join(' ').slice(0, 200)}`);
      child.kill('SIGKILL');
    }, timeoutMs);
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.once('close', (code) => { // Not "exit": what it said may still be on its way.
      clearTimeout(timer);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      process.stdout.write(Buffer.concat(held));
      done(code ?? 1);
    });
  });
}
