import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigError, nearest } from './config-error.ts';
import type { Leaf } from './leaves.ts';
import { readText } from './setting.ts';

type FlagType = { type: 'string' | 'boolean'; multiple?: boolean };
export type Flags = Readonly<Record<string, unknown>>;

/** What the program can be asked for besides `serve`: flags of its own stand beside those of the settings. */
export interface Command {
  readonly about: string;
  readonly flags: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly about: string }>>;
}

export const COMMON_FLAGS: Command['flags'] = {
  config: { type: 'string', about: 'JSON file with settings (RELAY_CONFIG)' },
  'print-config': { type: 'boolean', about: 'print what would hold, and where it comes from' },
  help: { type: 'boolean', about: '' },
  version: { type: 'boolean', about: '' },
};

export interface ParsedFlags {
  /** By key. */
  flags: Map<string, { from: string; value: unknown }>;
  command: string;
  /** {@link COMMON_FLAGS} and the command's own. */
  values: Flags;
}

/** @throws ConfigError for a flag or a command that nobody knows. */
export function parseFlags(
  args: readonly string[], leaves: readonly Leaf[], commands: Readonly<Record<string, Command>>,
): ParsedFlags {
  const options: Record<string, FlagType> = {};
  for (const { flag, setting: { kind, off } } of leaves) {
    if (flag !== undefined) options[flag] = { type: kind === 'switch' ? 'boolean' : 'string', multiple: kind === 'list' };
    if (off !== undefined) options[off] = { type: 'boolean' };
  }
  const [word = 'serve'] = args;
  const own = Object.hasOwn(commands, word) ? commands[word]?.flags : undefined;
  for (const [name, { type }] of Object.entries({ ...COMMON_FLAGS, ...own })) options[name] = { type };

  const { values, positionals } = parse(args, options);
  const [command = 'serve', ...extra] = positionals;
  if (!['serve', ...Object.keys(commands)].includes(command)) throw new ConfigError(`unknown command: ${nameIn(command)}`);
  if (extra.length > 0) throw new ConfigError(`unknown words after ${command}: ${extra.map(nameIn).join(' ')}`);

  const flags: ParsedFlags['flags'] = new Map();
  for (const { key, flag, setting: { kind, off } } of leaves) {
    const value = flag === undefined ? undefined : values[flag];
    if (off !== undefined && values[off] === false) flags.set(key, { from: `--no-${off}`, value: false });
    else if (typeof value === 'boolean') flags.set(key, { from: `--${value ? '' : 'no-'}${flag ?? ''}`, value });
    else if (value !== undefined) flags.set(key, { from: `--${flag ?? ''}`, value: readText(kind, [value].flat().join(',')) });
  }
  return { flags, command, values };
}

function parse(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, allowNegative: true, options });
  } catch (cause) {
    const { message } = cause as Error;
    const unknown = /^Unknown option '(-+[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) throw new ConfigError(message, undefined, { cause });
    const meant = nearest(unknown, Object.keys(options).map((name) => `--${name}`));
    throw new ConfigError(`unknown option ${nameIn(unknown)}${meant ? `. Did you mean ${meant}?` : ''}`, undefined, { cause });
  }
}

/** `NAME=value` -> `NAME`: a value may be a secret. */
function nameIn(word: string): string {
  return word.split('=', 1).join('');
}
