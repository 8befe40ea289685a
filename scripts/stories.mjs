// @ts-check
// Every element in every state, on PORT (8081); a page that is loaded again shows what was written meanwhile.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDeps } from './lib/deps.mjs';

ensureDeps();
const { storiesIn } = await import('./lib/build-stories.mjs');
const folder = mkdtempSync(join(tmpdir(), 'rtc-stories-'));
process.once('exit', () => { rmSync(folder, { recursive: true, force: true }); });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => { process.exit(0); });
const stories = await storiesIn(folder);
const { port } = await stories.serve({ servedir: folder, port: Number(process.env['PORT'] ?? 8081), host: '127.0.0.1' });
console.log(`Stories: http://localhost:${port}/`);
