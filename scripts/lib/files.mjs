// @ts-check
import { existsSync, readdirSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { root } from './root.mjs';

const LEFT_OUT = new Set(['node_modules', 'dist', 'dist-docs', '.git']);

/**
 * Files in a folder of the repository, at any depth, as sorted paths with `/`. What is built, installed or git's is left out.
 * @returns {string[]} empty if the folder is not there
 */
export function listFiles(/** @type {string} */ folder) {
  if (!existsSync(posix.join(root, folder))) return [];
  const entries = readdirSync(posix.join(root, folder), { withFileTypes: true });
  return entries.filter(({ name }) => !LEFT_OUT.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

/** The latest change in a file or folder, in ms; a folder's own time tells of what was removed. @returns {number} */
export function latestChangeMs(/** @type {string} */ path) {
  const stat = statSync(posix.join(root, path), { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const children = readdirSync(posix.join(root, path)).map((name) => latestChangeMs(posix.join(path, name)));
  return Math.max(stat.mtimeMs, ...children);
}
