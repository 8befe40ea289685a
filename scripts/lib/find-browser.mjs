// @ts-check
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {object} BrowserPlaces
 * @property {string} variable of the environment, which names the executable
 * @property {readonly string[]} names looked for on the PATH
 * @property {readonly string[]} apps of macOS
 * @property {readonly string[]} exes below the program folders of Windows
 * @property {readonly string[]} linux
 */

/** @returns {string | undefined} the path of the executable: what the variable names, else the usual places. */
export function findBrowser(/** @type {BrowserPlaces} */ { variable, names, apps, exes, linux }) {
  const named = process.env[variable];
  if (named) return existsSync(named) ? named : undefined;
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)));
  const places = {
    darwin: apps.flatMap((app) => ['', process.env['HOME'] ?? ''].map((home) => `${home}/Applications/${app}`)),
    win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .flatMap((key) => exes.map((exe) => join(process.env[key] ?? '', exe))),
    linux: [...linux],
  };
  const usual = process.platform in places ? places[/** @type {keyof typeof places} */ (process.platform)] : [];
  return [...(process.platform === 'win32' ? [] : onPath), ...usual].find((path) => existsSync(path));
}
