// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';

/** Program -> Debian package. */
const NEEDS = { ip: 'iproute2', nft: 'nftables', nsenter: 'util-linux', unshare: 'util-linux' };

/** @returns {string | undefined} why nothing can be run in a network of its own here; root on Debian installs what is missing. */
export function noOwnNetwork() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs Linux and root, for network namespaces';
  const missing = Object.entries(NEEDS).filter(([program]) => !has(program)).map(([, name]) => name);
  if (missing.length > 0 && existsSync('/etc/debian_version')) {
    console.error(`Installing ${missing.join(' ')} with apt-get …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update', '-q'], ['install', '-y', '-q', '--no-install-recommends', ...missing]]) {
      spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env });
    }
  }
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
