import { randomFrom } from '../../support/random.ts';

/** Numbers and nestings that `JSON.stringify` would not write. */
const RAW_JSON = [
  '1e999', '-1e999', '1'.repeat(400), `${'['.repeat(5_000)}${']'.repeat(5_000)}`, `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  '{"__proto__":{"e":"x"}}', '"\\ud800\\u0000"', '{"e":"x","e":"y","d":[]}',
];
const KEYS = [
  'e', 'd', 'b', 'v', 'features', 'limits', 'progress', 'id', 'of', 'got', 'room', 'from', 'to', 'fpFrom', 'fpTo', 'vouchFrom',
  'mid', 'source', 'live', 'metadata', 'name', 'open', 'wish', 'rate', 'width', 'height', 'text', 'type', 'sdp', 'candidate',
  'roles', 'participants', '__proto__',
  'constructor', 'prototype', 'toString', 'toJSON', 'then', 'length', 'hasOwnProperty', 'polluted', '', '0',
];
const ATOMS: readonly unknown[] = [
  null, true, false, 0, -0, -1, 0.5, 1, 2, 65_535, 1e308, 2 ** 31, 2 ** 53, '', ' ', 'x', 'camera', 'microphone', 'screen', 'doc',
  'chat', 'x'.repeat(65), 'x'.repeat(4_001), '\u0000', '\ud800', '\u202e\u2066', '😀'.repeat(40), '__proto__', 'constructor',
  'offer', 'answer', 'rollback', 'A'.repeat(43), 'peer-connect', '#rtcio:hello', {}, [], [[]], [null],
];

/** What the payload of a number is made with: the same for the same seed, whatever came before it. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number, index: number) {
    this.#random = randomFrom(Math.imul(seed, 0x9e3779b1) + index);
  }

  below(max: number): number {
    return Math.floor(this.#random() * max);
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  key(): string {
    return this.pick(KEYS);
  }

  atom(): unknown {
    return this.pick(ATOMS);
  }

  bytes(max: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length: this.below(max) }, () => this.below(256));
  }

  grow(depth: number): unknown {
    const kind = this.#random();
    if (depth === 0 || kind < 0.4) return this.atom();
    if (kind < 0.6) return Array.from({ length: this.below(4) }, () => this.grow(depth - 1));
    return Object.fromEntries(Array.from({ length: this.below(5) }, () => [this.key(), this.grow(depth - 1)]));
  }

  /** Right mostly, so that what stands behind the first check is reached too. */
  mostly(value: unknown): unknown {
    return this.chance(0.1) ? this.grow(2) : value;
  }

  /** Each field right mostly, now and then one too many or one that is missing. */
  object(fields: Readonly<Record<string, unknown>>): unknown {
    const entries = Object.entries(fields).filter(() => !this.chance(0.03)).map(([key, value]) => [key, this.mostly(value)]);
    if (this.chance(0.1)) entries.push([this.key(), this.grow(2)]);
    return this.mostly(Object.fromEntries(entries));
  }

  /** What a text becomes by an accident. */
  hurt(text: string): string {
    const at = this.below(text.length + 1);
    return this.pick([
      () => text.slice(0, at),
      () => text.slice(at),
      () => text.slice(0, at) + this.pick(['"', '{', '[', '\u0000', '\ud800', '9', ',', '-', '\\', '}']) + text.slice(at),
      () => text.slice(0, at) + String.fromCharCode(this.below(0x2000)) + text.slice(at + 1),
      () => text + text,
      () => text.replace(/\d/, () => String(this.below(1e9))),
      () => text.replace(/null|true|\d+/, () => this.pick(RAW_JSON)),
    ])();
  }

  raw(): string {
    return this.pick(RAW_JSON);
  }
}
