// @ts-check
// The documentation as a site in dist-docs/; with --serve it is also served on PORT (8080), and follows what is written.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, isStale } from './lib/build.mjs';
import { ensureDeps } from './lib/deps.mjs';
import { root } from './lib/root.mjs';
import { runNode, toolArgs } from './lib/run.mjs';

ensureDeps();
// Its examples are the elements themselves.
if (isStale() && !await build()) process.exit(1);
rmSync(resolve(root, 'dist-docs'), { recursive: true, force: true });
const serve = process.argv.includes('--serve') ? ['--serve', `--port=${process.env['PORT'] ?? 8080}`] : [];
process.exitCode = await runNode(toolArgs('eleventy', '--config=scripts/site/eleventy.config.mjs', '--quiet', ...serve));
