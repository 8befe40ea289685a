import { generateVouchKey } from '../identity/signing-key.ts';
import type { RunnableCommand } from './runnable-command.ts';

/** Prints a key to keep. */
export const vouchKey: RunnableCommand = {
  about: 'prints a fresh private key for vouch.key',
  flags: {},
  run() {
    process.stdout.write(generateVouchKey());
    return Promise.resolve();
  },
};
