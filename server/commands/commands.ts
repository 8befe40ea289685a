import type { RunnableCommand } from './runnable-command.ts';
import { token } from './token.ts';
import { vouchKey } from './vouch-key.ts';

/** By their first word on the command line; `config` in the invocation is what `serve` would be given. */
export const COMMANDS: Readonly<Record<string, RunnableCommand>> = { token, 'vouch-key': vouchKey };
