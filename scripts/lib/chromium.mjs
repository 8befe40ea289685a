// @ts-check
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './install-packages.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = {
  darwin: ['Google Chrome', 'Chromium'].flatMap((app) => ['', process.env['HOME'] ?? '']
    .map((home) => `${home}/Applications/${app}.app/Contents/MacOS/${app}`)),
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((key) => ['Google\\Chrome', 'Chromium']
    .map((app) => join(process.env[key] ?? '', app, 'Application', 'chrome.exe'))),
  linux: ['/opt/google/chrome/chrome', '/snap/bin/chromium'],
};

/** @returns {string | undefined} the path of a Chromium or Chrome: `CHROME_PATH`, else the usual places. */
export function findChromium() {
  const named = process.env['CHROME_PATH'];
  if (named) return existsSync(named) ? named : undefined;
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  const places = process.platform in PLACES ? PLACES[/** @type {keyof typeof PLACES} */ (process.platform)] : [];
  return [...(process.platform === 'win32' ? [] : onPath), ...places].find((path) => existsSync(path));
}

/** Finds a Chromium; root on Debian or Ubuntu installs one; anyone else reads what to do, and the process ends. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.env['CHROME_PATH']) fail(`CHROME_PATH names ${process.env['CHROME_PATH']}, where no file is.`);
  installPackages('chromium');
  return findChromium() ?? fail('No Chromium or Chrome found. Install one (Debian, Ubuntu: `apt-get install chromium`; macOS: '
    + '`brew install --cask google-chrome`; Windows: `winget install Google.Chrome`), or set CHROME_PATH to the executable.');
}

/** @returns {never} */
function fail(/** @type {string} */ message) {
  console.error(message);
  process.exit(1);
}

/**
 * A Chromium for tests: fake devices without prompts, sound without a click, no background work, and addresses instead of
 * mDNS names, with which pages of one machine may never connect.
 */
export const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--lang=en-US',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-features=WebRtcHideLocalIpsWithMdns,Translate,MediaRouter',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
];
