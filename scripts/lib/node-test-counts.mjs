// @ts-check
// A reporter for node:test (`--test-reporter`): prints nothing, counts tests (suites and files are none).
import { failure, noCounts, writeCounts } from './counts.mjs';

/** @param {AsyncIterable<import('node:test/reporters').TestEvent>} events */
export default async function* report(events) {
  const counts = noCounts();
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { details, name, file, skip, todo } = data;
    if (details.type === 'suite') continue;
    const isFile = data.nesting === 0 && file !== undefined && name.length > 0 && file.endsWith(name);
    if (type === 'test:fail') {
      counts.failed++;
      const error = 'error' in details ? details.error : undefined;
      counts.failures.push(failure(`${file ?? ''} ${name}`, error?.cause ?? error));
    }
    else if (skip !== undefined || todo !== undefined) counts.skipped++;
    else if (!isFile) counts.passed++;
  }
  writeCounts(counts);
  yield '';
}
