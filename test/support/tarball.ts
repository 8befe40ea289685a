import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../scripts/lib/root.mjs';

const NPM_FLAGS = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/** Packs the built package. @returns the tarball's path */
export async function packInto(folder: string): Promise<string> {
  const packed = await run(root, 'npm', 'pack', '--json', ...NPM_FLAGS, '--pack-destination', folder);
  return join(folder, (JSON.parse(packed) as [{ filename: string }])[0].filename);
}

/** Installs what the folder's package.json asks for, and these. @throws Error that names the registry where npm fails */
export async function npmInstall(folder: string, ...packages: string[]): Promise<void> {
  await run(folder, 'npm', 'install', ...NPM_FLAGS, ...packages).catch((cause: unknown) => {
    throw new Error(`npm could not install (is its registry within reach?): ${String(cause)}`, { cause });
  });
}

/** @returns what it wrote. @throws Error with all that it wrote, if it ended badly */
export function run(folder: string, command: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 1e8 } as const;
    execFile(command, args, options, (error, output, errors) => {
      if (error) reject(new Error(`${command} ${args.join(' ')}:\n${output}${errors}`));
      else resolve(output);
    });
  });
}
