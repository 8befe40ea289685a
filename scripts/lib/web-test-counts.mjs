// @ts-check
import { noCounts, writeCounts } from './counts.mjs';

/** A reporter for @web/test-runner: prints nothing, counts tests, and a file that failed outside of its tests as one. */
export function webTestCounts() {
  return {
    /** @param {{ sessions: import('@web/test-runner').TestSession[] }} run */
    onTestRunFinished({ sessions }) {
      const counts = noCounts();
      for (const { testResults, passed } of sessions) {
        const before = counts.failed;
        if (testResults) countSuite(testResults, counts);
        if (!passed && counts.failed === before) counts.failed++;
      }
      writeCounts(counts);
    },
  };
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @param {import('./counts.mjs').Counts} counts
 */
function countSuite(suite, counts) {
  for (const { passed, skipped } of suite.tests) counts[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
  for (const child of suite.suites) countSuite(child, counts);
}
