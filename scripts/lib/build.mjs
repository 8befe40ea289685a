// @ts-check
import { cpSync, existsSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { latestChangeMs } from './files.mjs';
import { root } from './root.mjs';
import { runNode, toolArgs } from './run.mjs';

const INPUTS = ['src', 'components', 'server', 'demo', 'package.json', 'package-lock.json', 'tsconfig.json',
  'tsconfig.build.json', 'rollup.config.mjs', 'scripts/lean-socket-io', 'scripts/lib/build.mjs',
  'scripts/manifest.ts', 'scripts/lib/manifest', 'scripts/lib/element-docs.ts'];
const STAMP = resolve(root, 'dist/.built');

/** Whether a source is newer than the last whole build. */
export function isStale() {
  return !existsSync(STAMP) || INPUTS.some((input) => latestChangeMs(input) > statSync(STAMP).mtimeMs);
}

/**
 * Builds dist/: lib/ (modules and types, by tsc), rtc.js and engine.js with their chunks and rtc-<version>.js (by
 * rollup), custom-elements.json and what is made of it, demo/.
 * @returns {Promise<boolean>} whether all of it went well
 */
export async function build() {
  const started = new Date();
  rmSync(resolve(root, 'dist'), { recursive: true, force: true });
  mkdirSync(resolve(root, 'dist'), { recursive: true });
  const codes = await Promise.all([
    runNode(toolArgs('tsc', '-p', 'tsconfig.build.json')),
    runNode(toolArgs('rollup', '--config', '--silent')),
    runNode(toolArgs('tsx', 'scripts/manifest.ts')),
  ]);
  copyDemo();
  cpSync(resolve(root, 'components/rtc.css'), resolve(root, 'dist/rtc.css'));
  if (codes.some((code) => code !== 0)) return false;
  writeFileSync(STAMP, '');
  utimesSync(STAMP, started, started);
  return true;
}

/** The demo is what a page of a stranger is: HTML and plain modules, served as they are. */
export function copyDemo() {
  cpSync(resolve(root, 'demo'), resolve(root, 'dist/demo'), { recursive: true });
}
