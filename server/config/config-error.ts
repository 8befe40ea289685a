import type { Leaf } from './leaves.ts';

/** A mistake of the operator: a sentence for them that names the key as it was given, and an example; no stack, no secret. */
export class ConfigError extends Error {
  constructor(message: string, leaf?: Leaf, options?: ErrorOptions) {
    super(leaf ? `${message}\nExample: ${exampleOf(leaf)}` : message, options);
  }
}

/** The one that was probably meant: mistyped, or cut off. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const far = (name: string) => name.startsWith(`${word}-`) ? 0 : distance(word.toLowerCase(), name.toLowerCase());
  const [best] = known.map((name) => ({ name, far: far(name) })).sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, word.length / 3) ? best.name : undefined;
}

/** A value in an error: short, on one line. */
export function shown(value: unknown): string {
  const word = typeof value === 'string' ? value : JSON.stringify(value);
  return word.length > 80 ? `${word.slice(0, 80)}…` : word;
}

function exampleOf({ flag, env, setting: { kind, example } }: Leaf): string {
  const quoted = /^[\w./:,@-]+$/.test(example) ? example : `'${example}'`;
  if (flag === undefined) return `${env}=${quoted}`;
  return kind === 'switch' ? `--${flag}` : `--${flag} ${quoted}`;
}

/** Levenshtein's: letters to put in, leave out or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split('').entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split('').entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
