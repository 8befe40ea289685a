// @ts-check
// Plain Node on purpose: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from './root.mjs';

const SUPPORTED = /^(?:20\.(?:19|[2-9]\d)|22\.(?:1[3-9]|[2-9]\d)|2[4-9]|[3-9]\d)\b/;

/** Ends the process with a clear message on a Node that the tools refuse. */
export function requireNode() {
  if (SUPPORTED.test(process.versions.node)) return;
  console.error(`rtc-elements needs Node 20.19, 22.13, or 24 and newer; this is ${process.versions.node} (${process.execPath}).`);
  process.exit(1);
}

/** Installs what package-lock.json says with `npm ci`, unless it stands in node_modules already. */
export function ensureDeps() {
  requireNode();
  if (installed()) return;
  console.error('Installing dependencies (npm ci) …');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Compares the lock file with the one npm keeps of what it installed. Times would lie: a checkout renews the one, a copy
 * the other.
 */
function installed() {
  const hidden = resolve(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = packages(resolve(root, 'package-lock.json'));
  const present = packages(hidden);
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) =>
    path === '' || present[path]?.version === version || (!present[path] && (optional ?? devOptional ?? peer ?? false)));
}

/** @returns {Record<string, {version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean}>} */
function packages(/** @type {string} */ file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
