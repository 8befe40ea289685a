import { RoomError } from '../shared/errors.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { IncomingFile } from './incoming-file.ts';

export const MIB = 1024 * 1024;

/** Bytes that differ from block to block. */
export function bytesOf(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(size / 4));
  for (let i = 0; i < words.length; i++) words[i] = Math.imul(i + seed, 0x9e3779b1);
  return new Uint8Array(words.buffer, 0, size);
}

/** The next file that is offered here. */
export function nextOffer({ room }: Guest): Promise<IncomingFile> {
  return new Promise((resolve) => { room.files.lifecycle.once('offer', ({ file }) => { resolve(file); }); });
}

export const same = async (blob: Blob | undefined, bytes: Uint8Array): Promise<boolean> => {
  return indexedDB.cmp(await blob!.arrayBuffer(), bytes) === 0; // Byte by byte, and fast.
};

/** The code of what a promise rejects with. */
export const codeOf = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'done', (error: unknown) =>
  (error instanceof RoomError ? error.code : (error as Error).name));
