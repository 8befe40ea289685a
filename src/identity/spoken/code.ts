import { utf8 } from '../../shared/bytes.ts';
import type { ParticipantId } from '../../protocol/wire.ts';

/** What people read to each other: the one or the other, it says the same. */
export interface Words {
  /** Seven numbers from 0 to 63: places in Matrix's table of emoji. 42 bits. */
  readonly emoji: readonly number[];
  /** Three numbers from 1000 to 9191. 39 bits. */
  readonly numbers: readonly number[];
}

/** The same on both sides where nobody stands between them. */
export interface SpokenCode extends Words {
  /** The others whom it covers. */
  readonly members: readonly ParticipantId[];
}

const EMOJI = { count: 7, bits: 6 };
const NUMBERS = { count: 3, bits: 13 };

/** @param key K of an epoch */
export async function wordsOf(key: Uint8Array): Promise<Words> {
  const material = await crypto.subtle.importKey('raw', new Uint8Array(key), 'HKDF', false, ['deriveBits']);
  const derive = async (info: string, { count, bits }: { count: number; bits: number }) => {
    const length = Math.ceil(count * bits / 8) * 8;
    const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(info) };
    return firstBits(new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, length)), count, bits);
  };
  const emoji = await derive('rtcroom/sas/v1/emoji', EMOJI);
  const numbers = await derive('rtcroom/sas/v1/decimal', NUMBERS);
  return { emoji, numbers: numbers.map((number) => number + 1000) };
}

/** So many numbers of so many bits, from the left. */
function firstBits(bytes: Uint8Array, count: number, bits: number): number[] {
  const all = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const end = BigInt(bytes.length * 8);
  return Array.from({ length: count }, (_, i) => Number(BigInt.asUintN(bits, all >> (end - BigInt((i + 1) * bits)))));
}
