import * as v from 'valibot';
import { readFileSync } from 'node:fs';
import { parseFlags, type Command, type Flags } from './flags.ts';
import { ConfigError, shown } from './config-error.ts';
import { leavesOf, type Leaf } from './leaves.ts';
import { readConfigFile } from './config-file.ts';
import { settings, type Config } from './schema.ts';
import { readText } from './setting.ts';

export interface Sources {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  commands?: Readonly<Record<string, Command>>;
}

/** One value and where it stood, in the operator's own words: `--capacity`, `CAPACITY`, `capacity in relay.json`. */
export interface Given { leaf: Leaf; from: string; value: unknown }

export interface Invocation {
  /** Only what was given; defaults are their owners'. */
  config: Config;
  given: readonly Given[];
  command: string;
  /** The command's own flags. */
  values: Flags;
}

/** Flags before the environment, before the file. @throws ConfigError */
export function readConfig({ args, env, commands = {} }: Sources): Invocation {
  const leaves = leavesOf(settings);
  const { flags, command, values } = parseFlags(args, leaves, commands);
  const path = typeof values['config'] === 'string' ? values['config'] : env['RELAY_CONFIG'];
  const file = path ? readConfigFile(path, leaves) : new Map<string, unknown>();

  const given = leaves.flatMap((leaf): Given[] => {
    const [flag, variable] = [flags.get(leaf.key), env[leaf.env]];
    if (flag) return [{ leaf, ...flag }];
    if (variable) return [{ leaf, from: leaf.env, value: readText(leaf.setting.kind, variable) }];
    return file.has(leaf.key) ? [{ leaf, from: `${leaf.key} in ${path ?? ''}`, value: file.get(leaf.key) }] : [];
  });
  const effective = openSecrets(given).map(check);
  return { config: nest(effective), given: effective, command, values };
}

/** A file that holds a secret stands for it, unless the secret itself was given. */
function openSecrets(given: readonly Given[]): Given[] {
  const keys = new Set(given.map(({ leaf }) => leaf.key));
  return given.flatMap((one): Given[] => {
    const { holds } = one.leaf;
    if (holds === undefined) return [one];
    const leaf = leavesOf(settings).find(({ key }) => key === holds);
    return !leaf || keys.has(holds) ? [] : [{ leaf, from: one.from, value: readSecret(check(one)) }];
  });
}

function readSecret({ leaf, from, value }: Given): string {
  try {
    return readFileSync(String(value), 'utf8').trim();
  } catch (cause) {
    // Not its name, which may be the secret itself.
    throw new ConfigError(`${from} names a file that cannot be read (${(cause as NodeJS.ErrnoException).code ?? ''})`, leaf, { cause });
  }
}

function check(given: Given): Given {
  const { leaf, from, value } = given;
  const { schema, is, hidden, unquoted } = leaf.setting;
  const result = v.safeParse(schema, value);
  if (result.success) return { ...given, value: result.output };
  throw new ConfigError(`${from} is not ${is}${hidden || unquoted ? '' : `: ${shown(value)}`}`, leaf);
}

/** Each key was checked against its own schema, of which `Config` is made. */
function nest(given: readonly Given[]): Config {
  const root: Record<string, unknown> = {};
  for (const { leaf, value } of given) {
    const path = leaf.key.split('.');
    const last = path.pop() ?? '';
    let at = root;
    for (const name of path) at = (at[name] ??= {}) as Record<string, unknown>;
    at[last] = value;
  }
  return root;
}
