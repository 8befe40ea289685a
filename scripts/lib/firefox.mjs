// @ts-check
import { findBrowser } from './find-browser.mjs';
import { installPackages } from './install-packages.mjs';

/** @returns {string | undefined} the path of a Firefox: `FIREFOX_PATH`, else the usual places. */
export function findFirefox() {
  return findBrowser({
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    apps: ['Firefox.app/Contents/MacOS/firefox'],
    exes: ['Mozilla Firefox\\firefox.exe'],
    linux: ['/snap/bin/firefox'],
  });
}

/** @returns {string | undefined} why there is none; root on Debian installs it. Else `FIREFOX_PATH` names it from now on. */
export function noFirefox() {
  if (!findFirefox() && !process.env['FIREFOX_PATH']) installPackages('firefox-esr');
  const found = findFirefox();
  if (found) process.env['FIREFOX_PATH'] = found;
  return found ? undefined : 'no Firefox (Debian: `apt-get install firefox-esr`; or set FIREFOX_PATH to the executable)';
}

/**
 * A Firefox for tests: fake devices without prompts, sound without a click, addresses of this machine instead of mDNS names,
 * and nothing asked of the network by itself.
 */
export const FIREFOX_PREFS = {
  'intl.accept_languages': 'en-US',
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // A page behind another one is throttled.
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
};
