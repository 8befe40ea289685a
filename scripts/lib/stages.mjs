// @ts-check
import { availableParallelism } from 'node:os';
import { countsFile, noCounts } from './counts.mjs';
import { listFiles } from './files.mjs';
import { noFirefox } from './firefox.mjs';
import { noOwnNetwork, OWN_NETWORK, outside } from './own-network.mjs';
import { runNode, toolArgs } from './run.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {number} timeoutMs
 * @property {boolean} [long] left out of `npm test`
 * @property {boolean} [browser] needs a Chromium
 * @property {boolean} [check] has no tests of its own: passed or failed as a whole
 * @property {boolean} [aside] runs beside the checks that follow it
 * @property {string} [needs] an environment variable, without which the stage is skipped and counted so
 * @property {boolean} [ownNetwork] runs in a network namespace, and is skipped and counted so where there can be none
 * @property {boolean} [firefox] runs in Firefox, and is skipped and counted so where there is none
 * @property {() => string[]} args for Node; an empty list if there is nothing to run
 */

const MINUTE_MS = 60_000;
const FLOORS_TEST = 'test/floors.node.test.ts';
/** These folders are stages of their own. */
const APART = ['test/e2e/', 'test/timed/', 'test/long/', 'test/faults/', 'test/firefox/', 'test/interop/'];

/** By itself Node leaves one idle, of two as well. */
const ALL_CORES = `--test-concurrency=${availableParallelism()}`;
/** Each with a browser, and much of it waiting. */
const TWO_FILES = '--test-concurrency=2';
/** Where a bound is in milliseconds, nothing runs beside it. */
const ONE_FILE = '--test-concurrency=1';
/** A file that hangs is ended and named, and the others go on. */
const ENDING = `--test-timeout=${3 * MINUTE_MS}`;

/** @type {readonly Stage[]} In the order they run: what is quick and tells most comes first. */
export const STAGES = [
  { name: 'floors', timeoutMs: MINUTE_MS, args: () => nodeTest([FLOORS_TEST]) },
  {
    name: 'lint', check: true, aside: true, timeoutMs: 5 * MINUTE_MS,
    args: () => toolArgs('eslint', '.', '--max-warnings', '0'),
  },
  { name: 'typecheck', check: true, timeoutMs: 5 * MINUTE_MS, args: () => toolArgs('tsc', '--noEmit', '-p', 'tsconfig.json') },
  { name: 'build', check: true, timeoutMs: 5 * MINUTE_MS, args: () => ['scripts/build.mjs'] },
  { name: 'node', timeoutMs: 10 * MINUTE_MS, args: () => nodeTest(nodeTests(), ALL_CORES, ENDING) },
  { name: 'browser', browser: true, timeoutMs: 10 * MINUTE_MS, args: () => toolArgs('wtr') },
  { name: 'e2e', browser: true, timeoutMs: 10 * MINUTE_MS, args: () => nodeTest(testsIn('test/e2e'), TWO_FILES, ENDING) },
  { name: 'timed', browser: true, timeoutMs: 10 * MINUTE_MS, args: () => nodeTest(testsIn('test/timed'), ONE_FILE, ENDING) },
  {
    name: 'long', browser: true, long: true, timeoutMs: 90 * MINUTE_MS,
    args: () => nodeTest(testsIn('test/long'), ONE_FILE),
  },
  {
    name: 'faults', browser: true, long: true, ownNetwork: true, timeoutMs: 20 * MINUTE_MS,
    args: () => nodeTest(testsIn('test/faults'), ONE_FILE),
  },
  {
    name: 'firefox', browser: true, long: true, firefox: true, timeoutMs: 30 * MINUTE_MS,
    args: () => nodeTest([...testsIn('test/firefox'), ...testsIn('test/e2e')], ONE_FILE),
  },
  {
    name: 'interop', browser: true, long: true, needs: 'RTCIO_DIR', timeoutMs: 10 * MINUTE_MS,
    args: () => nodeTest(testsIn('test/interop'), ONE_FILE),
  },
];

function testsIn(/** @type {string} */ folder) {
  return listFiles(folder).filter((file) => file.endsWith('.node.test.ts'));
}

function nodeTests() {
  return ['src', 'components', 'server', 'scripts', 'test', 'bench'].flatMap(testsIn)
    .filter((file) => file !== FLOORS_TEST && !APART.some((folder) => file.startsWith(folder)));
}

/** Files are listed here: Node 20 knows no patterns. */
function nodeTest(/** @type {string[]} */ files, /** @type {string[]} */ ...options) {
  if (files.length === 0) return [];
  return [
    '--import', 'tsx', '--test', ...options,
    '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/lib/node-test-counts.mjs', '--test-reporter-destination=stderr',
    ...files,
  ];
}

/** A runner that ran nothing has failed, and so has one that ended badly without saying which test did. */
export async function runStage(/** @type {Stage} */ stage) {
  const { name, check = false, aside = false, needs, ownNetwork = false, firefox = false, timeoutMs, args } = stage;
  if (needs !== undefined && !process.env[needs]) {
    console.error(`SKIPPED: the stage "${name}" needs ${needs} (CONTRIBUTING.md says what it is).`);
    return { ...noCounts(), skipped: 1 };
  }
  const why = (ownNetwork && noOwnNetwork()) || (firefox && noFirefox());
  if (why) {
    console.error(`SKIPPED: the stage "${name}": ${why}.`);
    return { ...noCounts(), skipped: 1 };
  }
  const file = countsFile();
  const nodeArgs = args();
  const code = nodeArgs.length > 0 ? await runNode(nodeArgs, {
    timeoutMs, holdBack: aside, ...(ownNetwork && { inside: OWN_NETWORK }),
    env: { ...file.env, ...(ownNetwork && outside()), ...(firefox && { RTC_BROWSER: 'firefox' }) },
  }) : 1;
  if (check) return { ...noCounts(), [code === 0 ? 'passed' : 'failed']: 1 };
  const counts = file.take();
  if (counts.passed + counts.failed + counts.skipped === 0) {
    console.error(`The stage "${name}" ran no test.`);
    counts.failed++;
  } else if (code !== 0 && counts.failed === 0) {
    counts.failed++;
  }
  return counts;
}
