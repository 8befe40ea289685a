// @ts-check
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { CHROMIUM_ARGS, ensureChromium } from './scripts/lib/chromium.mjs';
import { webTestCounts } from './scripts/lib/web-test-counts.mjs';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['src/**/*.test.ts', 'components/**/*.test.ts', '!**/*.node.test.ts'],
  // As a bundler for browsers would: socket.io-client has another file for Node.
  nodeResolve: { browser: true, exportConditions: ['browser', 'production'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' })],
  // What a test does not want to be had.
  middleware: [(context, next) => {
    const missing = context.cookies.get('missing')?.split('|') ?? [];
    if (!missing.includes(context.path)) return next();
    context.respond = false;
    context.res.destroy();
  }],
  // `gc`: Chromium lets a page make 500 connections, closed ones that were not collected included.
  browsers: [chromeLauncher({
    launchOptions: { executablePath: ensureChromium(), args: [...CHROMIUM_ARGS, '--js-flags=--expose-gc'] },
  })],
  // A page in the background is throttled; one at a time, each is in front.
  concurrency: 1,
  testsStartTimeout: 30_000,
  testsFinishTimeout: 600_000,
  testFramework: { config: { timeout: 15_000 } },
  // Elements speak the page's language, else that of whose browser it is.
  testRunnerHtml: (framework) => `<!doctype html><html lang="en"><script type="module" src="${framework}"></script></html>`,
  reporters: [defaultReporter(), webTestCounts()],
};
