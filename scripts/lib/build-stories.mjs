// @ts-check
import { cpSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { context } from 'esbuild';
import { root } from './root.mjs';

/**
 * The stories (test/stories) from the sources, as a site in a folder.
 * @param {string} folder
 * @returns what builds it, again whenever asked
 */
export async function storiesIn(folder) {
  const from = resolve(root, 'test/stories');
  mkdirSync(folder, { recursive: true });
  for (const file of ['index.html', 'stories.css']) cpSync(resolve(from, file), resolve(folder, file));
  return context({
    entryPoints: ['main.ts', 'inspect.ts'].map((file) => resolve(from, file)), outdir: resolve(folder, 'built'),
    bundle: true, splitting: true, format: 'esm', target: 'es2022', sourcemap: 'linked', logLevel: 'warning',
    tsconfig: resolve(root, 'tsconfig.json'),
  });
}
