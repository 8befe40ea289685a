import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * A program that is no package of npm. Root on Debian or Ubuntu installs it; no service of it is started.
 * @param places where it may stand
 * @param debianPackage that has it
 * @returns the reason to skip where it cannot be had, written loudly
 */
export function findProgram(places: readonly string[], debianPackage: string): { path: string } | { missing: string } {
  const found = () => places.find((path) => existsSync(path));
  let path = found();
  if (!path && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.error(`Installing the package "${debianPackage}" with apt-get …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    for (const args of [['update', '-q'], ['install', '-y', '-q', '--no-install-recommends', debianPackage]]) {
      spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env });
    }
    path = found();
  }
  if (path) return { path };
  const missing = `SKIPPED: no ${debianPackage}. Install it (Debian, Ubuntu: apt-get install ${debianPackage}) to run this test.`;
  console.error(missing);
  return { missing };
}
