import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { encodeEnvelope } from '../protocol/control.ts';
import { FrameReader } from './frame-reader.ts';
import * as packing from './packing.ts';
import type { FrameReaderOptions, Message } from './frame-reader.ts';

const text = (n: number) => encodeEnvelope('x', [n]);
const packed = (bytes: number) => packing.packBytes(new Uint8Array(bytes)).frames.map(({ buffer }) => buffer);
const nameOf = (message: Message) => message instanceof ArrayBuffer ? message.byteLength : message?.d[0];

describe('FrameReader', () => {
  let read: unknown[];
  let unread: number;
  let costs: number[];
  let loads: { resolve(): void; reject(): void }[];
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => { rejections.push(reason); };

  beforeEach(() => {
    [read, unread, costs, loads] = [[], 0, [], []];
    mock.timers.enable({ apis: ['setTimeout'] });
    process.on('unhandledRejection', onRejection);
  });

  afterEach(() => {
    mock.timers.reset();
    process.off('unhandledRejection', onRejection);
    assert.deepEqual(rejections, []);
  });

  const reader = (options: Partial<FrameReaderOptions> = {}) => new FrameReader({
    maxBytes: 1_000_000, scope: new AbortController().signal,
    takes: (cost) => costs.push(cost) > 0,
    onMessages: (messages, _, isTaken) => { for (const message of messages) read.push(isTaken ? nameOf(message) : 'counted'); },
    onUnread: () => { unread++; },
    load: () => new Promise((resolve, reject) => {
      loads.push({ resolve: () => { resolve(packing); }, reject: () => { reject(new Error('offline')); } });
    }),
    ...options,
  });
  const turns = () => new Promise((resolve) => { setImmediate(resolve); });

  it('reads in order what came while the rest of it was loaded, and judges it by when it came', async () => {
    const frames = reader();
    for (const frame of [text(1), ...packed(40_000), text(2)]) frames.take(frame);
    assert.deepEqual([read, costs.length], [[1], 5]);
    loads[0]?.resolve();
    await turns();
    frames.take(text(3));
    assert.deepEqual([read, costs.length, loads.length], [[1, 40_000, 2, 3], 6, 1]);
  });

  it('tries again where it cannot be loaded, and loses nothing by it', async () => {
    const frames = reader();
    for (const frame of [...packed(9), text(1)]) frames.take(frame);
    loads[0]?.reject();
    await turns();
    assert.deepEqual([read, loads.length], [[], 1]);
    mock.timers.tick(2000);
    await turns();
    loads[1]?.resolve();
    await turns();
    assert.deepEqual([read, unread], [[9, 1], 0]);
  });

  it('goes on without what is packed where it never loads, whole messages at a time', async () => {
    const frames = reader();
    const [first, second, ...rest] = packed(40_000);
    for (const frame of [text(1), first, second]) frames.take(frame as ArrayBuffer);
    for (let tries = 0; tries < 3; tries++) {
      loads[tries]?.reject();
      await turns();
      mock.timers.tick(2000);
      await turns();
    }
    frames.take(text(2));
    assert.deepEqual([read, unread], [[1, 2], 0]);
    for (const frame of [...rest, ...packed(5)]) frames.take(frame);
    loads[3]?.resolve();
    await turns();
    assert.deepEqual([read, unread], [[1, 2, 'counted', 5], 1]);
  });

  it('lets a bounded amount wait', () => {
    const frames = reader();
    const large = new ArrayBuffer(1024 * 1024);
    frames.take(packed(5)[0] as ArrayBuffer);
    for (let i = 0; i < 15; i++) frames.take(large);
    assert.deepEqual([read, unread], [[], 0]);
    frames.take(large);
    assert.deepEqual([read.length, unread], [17, 1]);
  });
});
