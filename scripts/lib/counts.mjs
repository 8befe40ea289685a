// @ts-check
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts `failures`: one line each */

/** Names the file into which a test runner's reporter writes its counts; unset when no one asks. */
export const COUNTS_FILE = 'RTC_TEST_COUNTS';

/** @returns {Counts} */
export function noCounts() {
  return { passed: 0, failed: 0, skipped: 0, failures: [] };
}

/** What failed and why, in one line: the end of a log is what is read first, and often all that is kept. */
export function failure(/** @type {string} */ where, /** @type {unknown} */ error) {
  const why = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return `${where}: ${String(why ?? 'without a reason').replace(/\s+/g, ' ').slice(0, 300)}`;
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
