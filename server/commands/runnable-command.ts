import type { Command } from '../config/flags.ts';
import type { Invocation } from '../config/read.ts';

/** Something the program does besides serving. */
export interface RunnableCommand extends Command {
  run(invocation: Invocation): Promise<void>;
}
