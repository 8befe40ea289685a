// @ts-check
import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { installPackages } from './install-packages.mjs';

/** Program -> Debian package. */
const NEEDS = { ip: 'iproute2', nft: 'nftables', nsenter: 'util-linux', unshare: 'util-linux' };

/** @returns {string | undefined} why nothing can be run in a network of its own here; root on Debian installs what is missing. */
export function noOwnNetwork() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs Linux and root, for network namespaces';
  const missing = Object.entries(NEEDS).filter(([program]) => !has(program)).map(([, name]) => name);
  if (missing.length > 0) installPackages(...missing);
  const absent = Object.keys(NEEDS).filter((program) => !has(program));
  if (absent.length > 0) return `it needs ${absent.join(', ')}`;
  const [program, ...rest] = OWN_NETWORK;
  return spawnSync(program, [...rest, 'true']).status === 0 ? undefined : 'this machine allows no network namespaces';
}

/** Put before a command: it then runs in a network namespace that ends with it. */
export const OWN_NETWORK = /** @type {const} */ (['unshare', '--net', '--']);

/** What tells the tests that they are in one. */
export function outside() {
  return { FAULTS_OUTSIDE: readlinkSync('/proc/self/ns/net') };
}

function has(/** @type {string} */ program) {
  return spawnSync(program, ['-V'], { stdio: 'ignore' }).error === undefined;
}
