import { existsSync } from 'node:fs';
import { installPackages } from '../../scripts/lib/install-packages.mjs';

/**
 * A program that is no package of npm; root on Debian or Ubuntu installs it.
 * @param places where it may stand
 * @param debianPackage that has it
 * @returns the reason to skip where it cannot be had, written loudly
 */
export function findProgram(places: readonly string[], debianPackage: string): { path: string } | { missing: string } {
  const found = () => places.find((path) => existsSync(path));
  if (!found()) installPackages(debianPackage);
  const path = found();
  if (path) return { path };
  const missing = `SKIPPED: no ${debianPackage}. Install it (Debian, Ubuntu: apt-get install ${debianPackage}) to run this test.`;
  console.error(missing);
  return { missing };
}
