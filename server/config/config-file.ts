import { readFileSync } from 'node:fs';
import { ConfigError, nearest } from './config-error.ts';
import type { Leaf } from './leaves.ts';

/** The values of a JSON file by their path, none of them checked. @throws ConfigError for a key that nobody knows. */
export function readConfigFile(path: string, leaves: readonly Leaf[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const keys = new Set(leaves.map(({ key }) => key));
  const walk = (node: Record<string, unknown>, above: string) => {
    for (const [name, value] of Object.entries(node)) {
      const key = `${above}${name}`;
      if (keys.has(key)) values.set(key, value);
      else if (isObject(value) && leaves.some((leaf) => leaf.key.startsWith(`${key}.`))) walk(value, `${key}.`);
      else throw unknownKey(key, path, [...keys]);
    }
  };
  walk(readObject(path), '');
  return values;
}

function unknownKey(key: string, path: string, keys: readonly string[]): ConfigError {
  const meant = nearest(key, [...keys, ...new Set(keys.flatMap((known) => known.split('.').slice(0, -1)))]);
  return new ConfigError(`unknown key in ${path}: ${key}${meant ? `. Did you mean ${meant}?` : ''}`);
}

function readObject(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const name = path.includes('{') ? 'a file is wanted, not JSON itself' : path;
    throw new ConfigError(`the configuration file cannot be read: ${name}`, undefined, { cause });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (cause) {
    // The parser's own sentence quotes the text, where secrets may stand.
    const at = /line \d+ column \d+/.exec((cause as Error).message)?.[0];
    throw new ConfigError(`${path} is not JSON${at ? ` (${at})` : ''}`, undefined, { cause });
  }
  throw new ConfigError(`${path} is not a JSON object, such as {"capacity": 8}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
