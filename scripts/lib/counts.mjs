// @ts-check
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts `failures`: one line each */

/** Names the file into which a test runner's reporter writes its counts; unset when no one asks. */
export const COUNTS_FILE = 'RTC_TEST_COUNTS';

/** @returns {Counts} */
export function noCounts() {
  return { passed: 0, failed: 0, skipped: 0, failures: [] };
}

/** A line of a stack, down to the path within the repository and the line there. */
const FRAMES = /^\s*at (?!.*node_modules).*?\b((?:bench|components|scripts|server|src|test)\/[\w./-]+:\d+)/gm;

/** What failed, where and why, in one line: the end of a log is what is read first, and often all that is kept. */
export function failure(/** @type {string} */ what, /** @type {unknown} */ error) {
  const isObject = typeof error === 'object' && error !== null;
  const { message, stack } = isObject ? /** @type {Partial<Error>} */ (error) : { message: error };
  const [, place] = [...(stack ?? '').matchAll(FRAMES)].at(-1) ?? []; // The outermost of ours stands in the test.
  const why = String(message ?? 'without a reason').replace(/\s+/g, ' ').slice(0, 300);
  return `${what.replace(`${root}/`, '')}${place === undefined ? '' : ` (${place})`}: ${why}`;
}

/** Called by a reporter when its run has ended. */
export function writeCounts(/** @type {Counts} */ counts) {
  const file = process.env[COUNTS_FILE];
  if (file) writeFileSync(file, JSON.stringify(counts));
}

/** A fresh place for one run's counts: `env` for the runner, `take()` once it has ended. */
export function countsFile() {
  const file = join(tmpdir(), `rtc-test-counts-${process.pid}-${Math.random().toString(36).slice(2)}.json`);
  return {
    env: { [COUNTS_FILE]: file },
    /** @returns {Counts} zeros when the runner never came to write them */
    take() {
      if (!existsSync(file)) return noCounts();
      const counts = JSON.parse(readFileSync(file, 'utf8'));
      rmSync(file);
      return counts;
    },
  };
}
