import * as v from 'valibot';
import type { Rate } from '../../src/protocol/token-bucket.ts';

/** How the text of a flag or of the environment becomes a value; a configuration file has the value itself. */
export type Kind = 'text' | 'number' | 'switch' | 'list' | 'rate' | 'json';

export interface Facts<T> {
  /** One line for the help and the documentation. */
  readonly about: string;
  /** As it is written after the flag. */
  readonly example: string;
  readonly default?: T;
  /** Where the default is no value of its own: in words. */
  readonly defaultText?: string;
  /** Instead of the names made from the key: `limits.joinMs` -> `limits-join-ms`, `LIMITS_JOIN_MS`. */
  readonly flag?: string;
  readonly env?: string;
  /** The switch whose `--no-…` gives `false`: `stun` for `--no-stun`. */
  readonly off?: string;
  /** May hold a credential: the value is never shown. */
  readonly hidden?: true;
  /** Errors do not repeat it: a secret may have been written where its place is wanted. */
  readonly unquoted?: true;
  /** Hidden, and no flag of its own (others see command lines): `--…-file`, `…_FILE` and `…File` name a file that holds it. */
  readonly secret?: true;
}

/** One option: what it may be, and all that help, errors and documentation say of it. */
export interface Setting<T = unknown> extends Facts<T> {
  readonly kind: Kind;
  /** Completes "… is not". */
  readonly is: string;
  readonly schema: v.GenericSchema<unknown, T>;
}

export interface Bounds { min?: number; max?: number }

const OFF = new Set(['false', '0', 'no', 'off']);
const ON = new Set(['true', '1', 'yes', 'on']);

const toRate = v.strictObject({ burst: v.pipe(v.number(), v.minValue(0)), perSecond: v.pipe(v.number(), v.minValue(0)) });

export function whole(facts: Facts<number>, bounds: Bounds = {}): Setting<number> {
  return { kind: 'number', is: describeWhole(bounds), schema: wholeSchema(bounds), ...facts };
}

/** A whole number, or `false`: not at all. */
export function wholeOrOff(facts: Facts<number | false>, bounds: Bounds = {}): Setting<number | false> {
  return {
    kind: 'number', is: `${describeWhole(bounds)}, or off`, schema: v.union([wholeSchema(bounds), v.literal(false)]), ...facts,
  };
}

export function text(facts: Facts<string>, pattern = /^[^]+$/, is = 'a text'): Setting<string> {
  return { kind: 'text', is, schema: v.pipe(v.string(), v.regex(pattern)), ...facts };
}

/** Of a file: keys in PEM or JSON are recognised, lest they be shown. */
export function file(facts: Omit<Facts<string>, 'unquoted'>, pattern = /^(?!-----BEGIN)[^{\n]+$/, is = 'the name of a file'): Setting<string> {
  return { ...text(facts, pattern, is), unquoted: true };
}

export function secret(facts: Omit<Facts<string>, 'default' | 'hidden' | 'secret'>, minChars = 16): Setting<string> {
  return {
    kind: 'text', is: `a text of at least ${minChars} characters`, schema: v.pipe(v.string(), v.minLength(minChars)),
    ...facts, hidden: true, secret: true,
  };
}

export function oneOf<const T extends string>(facts: Facts<T>, words: readonly T[]): Setting<T> {
  return { kind: 'text', is: `one of ${words.join(', ')}`, schema: v.picklist(words), ...facts };
}

/** Called a switch because "flag" is the word for what stands on the command line. */
export function onOff(facts: Omit<Facts<boolean>, 'example'> & { example?: string }): Setting<boolean> {
  return { kind: 'switch', is: 'true or false', schema: v.boolean(), default: false, example: 'true', ...facts };
}

/** Several words: by commas, by repeating the flag, or a JSON list in a file. */
export function list(facts: Facts<string[]>): Setting<string[]>;
export function list<T extends string>(facts: Facts<T[]>, item: v.GenericSchema<unknown, T>, is: string): Setting<T[]>;
export function list(
  facts: Facts<string[]>, item: v.GenericSchema<unknown, string> = v.pipe(v.string(), v.nonEmpty()), is = 'a list of words',
): Setting<string[]> {
  return { kind: 'list', is, schema: v.array(item), ...facts };
}

/** `{burst, perSecond}`; as text `burst,perSecond`. */
export function rate(facts: Facts<Rate>): Setting<Rate> {
  return { kind: 'rate', is: 'burst,perSecond: two numbers of zero or more', schema: toRate, ...facts };
}

export function json<T>(facts: Facts<T>, schema: v.GenericSchema<unknown, T>, is: string): Setting<T> {
  return { kind: 'json', is, schema, ...facts };
}

/** What cannot be read stays text, which the setting's schema then refuses. */
export function readText(kind: Kind, given: string): unknown {
  const word = given.trim();
  switch (kind) {
    case 'text': return given;
    case 'number': return isNumber(word) ? Number(word) : OFF.has(word) ? false : given;
    case 'switch': return ON.has(word) ? true : OFF.has(word) ? false : given;
    case 'list': return word.split(',').map((entry) => entry.trim()).filter(Boolean);
    case 'rate': return readRate(word) ?? given;
    case 'json': return parseJson(word) ?? given;
  }
}

/** A value as one would write it after its flag. */
export function writeText(kind: Kind, value: unknown): string {
  if (kind === 'rate' && v.is(toRate, value)) return `${value.burst},${Number(value.perSecond.toFixed(3))}`;
  return kind === 'list' && Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : JSON.stringify(value);
}

function readRate(word: string): Rate | undefined {
  const parts = word.split(',').map((part) => part.trim());
  const [burst, perSecond, more] = parts;
  if (burst === undefined || perSecond === undefined || more !== undefined || !parts.every(isNumber)) return undefined;
  return { burst: Number(burst), perSecond: Number(perSecond) };
}

function parseJson(word: string): unknown {
  try {
    return JSON.parse(word) as unknown;
  } catch {
    return undefined; // The schema refuses the text, and says what was wanted.
  }
}

function isNumber(word: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(word);
}

function wholeSchema({ min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds) {
  return v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
}

function describeWhole({ min = 0, max }: Bounds): string {
  return max === undefined ? `a whole number of ${min} or more` : `a whole number from ${min} to ${max}`;
}
