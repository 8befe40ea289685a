import { readFileSync } from 'node:fs';
import { COMMANDS } from '../../server/commands/commands.ts';
import { parseFlags } from '../../server/config/flags.ts';
import { leavesOf } from '../../server/config/leaves.ts';
import { settings } from '../../server/config/schema.ts';
import { root } from '../../scripts/lib/root.mjs';

const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { scripts: Record<string, string> };
const PROGRAM = /^(?:[A-Z_]+=\S* |npx )*rtc-elements (.*)$/;

/**
 * Somebody's server is not set up here; that the program takes what it is told, and that npm knows the command, is seen without.
 * @returns a line for each that would be refused
 */
export function checkShell(code: string): string[] {
  const lines = code.replaceAll(/\\\n\s*/g, '').split('\n').map((line) => line.replace(/\s+(?:#|>).*/, ''));
  return lines.flatMap((line) => {
    const args = PROGRAM.exec(line)?.[1]?.split(/\s+/);
    if (args) return refusalOf(args);
    const [, name] = /^npm (?:run )?(start|test|(?<=run )[a-z:]+)/.exec(line) ?? [];
    return name === undefined || name in scripts ? [] : [`there is no command "${name}"`];
  });
}

function refusalOf(args: readonly string[]): string[] {
  try {
    parseFlags(args, leavesOf(settings), COMMANDS);
    return [];
  } catch (error) {
    return [String(error)];
  }
}
