import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder: one up from the sources, three up from `dist/lib/server`. */
export const packageDir = findPackage(dirname(fileURLToPath(import.meta.url)));
export const distDir = join(packageDir, 'dist');
export const demoDir = join(distDir, 'demo');
export const version = (JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }).version;
/** `rtc.js` and all its chunks in one file, which `integrity` covers whole. */
export const pinnedFile = `rtc-${version}.js`;

function findPackage(dir: string): string {
  return existsSync(join(dir, 'package.json')) || dirname(dir) === dir ? dir : findPackage(dirname(dir));
}
