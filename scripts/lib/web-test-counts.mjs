// @ts-check
import { failure, noCounts, writeCounts } from './counts.mjs';

/** A reporter for @web/test-runner: prints nothing, counts tests, and a file that failed outside of its tests as one. */
export function webTestCounts() {
  return {
    /** @param {{ sessions: import('@web/test-runner').TestSession[] }} run */
    onTestRunFinished({ sessions }) {
      const counts = noCounts();
      for (const { testResults, passed, testFile, errors } of sessions) {
        const before = counts.failed;
        if (testResults) countSuite(testResults, counts, testFile);
        if (passed || counts.failed > before) continue;
        counts.failed++;
        counts.failures.push(failure(testFile, errors[0]));
      }
      writeCounts(counts);
    },
  };
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @param {import('./counts.mjs').Counts} counts
 * @param {string} where
 */
function countSuite(suite, counts, where) {
  for (const { name, passed, skipped, error } of suite.tests) {
    counts[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
    if (!passed && !skipped) counts.failures.push(failure(`${where} ${name}`, error));
  }
  for (const child of suite.suites) countSuite(child, counts, `${where} ${child.name}`);
}
