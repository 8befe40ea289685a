// @ts-check
import { findBrowser } from './find-browser.mjs';
import { installPackages } from './install-packages.mjs';

/** @returns {string | undefined} the path of a Chromium or Chrome: `CHROME_PATH`, else the usual places. */
export function findChromium() {
  return findBrowser({
    variable: 'CHROME_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
    apps: ['Google Chrome', 'Chromium'].map((app) => `${app}.app/Contents/MacOS/${app}`),
    exes: ['Google\\Chrome', 'Chromium'].map((app) => `${app}\\Application\\chrome.exe`),
    linux: ['/opt/google/chrome/chrome', '/snap/bin/chromium'],
  });
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
