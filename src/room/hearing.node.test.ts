import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import * as v from 'valibot';
import { createRoom } from './create-room.ts';
import { Hearing } from './hearing.ts';
import type { Room } from './room.ts';

describe('Hearing', () => {
  let hearing: Hearing;
  let dropped: string[];

  beforeEach(() => {
    dropped = [];
    hearing = new Hearing((from, reason) => dropped.push(`${from} ${reason}`));
  });

  it('gives each of several listeners a payload of its own', () => {
    const heard: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      hearing.on('draw', (payload, { args }) => {
        heard.push(structuredClone([payload, args]));
        (payload as { points: number[] }).points.push(99);
        (args as unknown[]).push('forged');
      });
    }
    hearing.hear('a', 'draw', [{ points: [1] }, 'beside']);
    const asSent = [{ points: [1] }, [{ points: [1] }, 'beside']];
    assert.deepEqual(heard, [asSent, asSent]);
  });

  it('hands the same object to payload and arguments', () => {
    for (let i = 0; i < 2; i++) hearing.on('draw', (payload, { args }) => { assert.equal(payload, args[0]); });
    hearing.hear('a', 'draw', [{}]);
  });

  it('lets listeners hear only what matches, in the context too', async () => {
    await hearing.expect({ draw: { schema: v.object({ x: v.number() }) } });
    const heard: unknown[] = [];
    hearing.on('draw', (payload, context) => heard.push([payload, context]));
    hearing.hear('a', 'draw', [{ x: 'no' }]);
    hearing.hear('a', 'draw', [{ x: 1, y: 'unasked' }, 'unasked']);
    assert.deepEqual(heard, [[{ x: 1 }, { from: 'a', args: [{ x: 1 }] }]]);
    assert.deepEqual(dropped, ['a invalid-payload']);
  });

  it('shares what a schema made, where it cannot be copied', async () => {
    await hearing.expect({ tool: { schema: v.pipe(v.string(), v.transform((name) => ({ use: () => name }))) } });
    const heard: unknown[] = [];
    for (let i = 0; i < 2; i++) hearing.on('tool', (tool) => heard.push((tool as { use(): string }).use()));
    hearing.hear('a', 'tool', ['pen']);
    assert.deepEqual(heard, ['pen', 'pen']);
  });

  it('asks a handler only what matches', async () => {
    await hearing.expect({ sum: { schema: v.array(v.number()) } });
    let asked = 0;
    hearing.handle('sum', (payload) => { asked++; return (payload as number[]).length; });
    assert.equal(await hearing.answer('a', 'sum', [1, 2]), 2);
    await assert.rejects(hearing.answer('a', 'sum', 'x'), { code: 'invalid-payload' });
    await assert.rejects(hearing.answer('a', 'other', 'x'), { code: 'no-handler' });
    assert.equal(asked, 1);
  });
});

/** What the compiler says of a room whose events have schemas: `npm run typecheck` is what fails here. */
describe('the types of a room', () => {
  const make = () => createRoom({
    name: 'r', events: { draw: { schema: v.object({ at: v.pipe(v.string(), v.transform(Number)) }) }, ping: { rate: { perSecond: 1, burst: 1 } } },
  });

  it('follow from the schemas, what is heard and what is sent apart', () => {
    const room: Room<{ draw: { at: number }; ping: unknown }, { draw: { at: string }; ping: unknown }> = make();
    room.on('draw', ({ at }) => at.toFixed());
    room.handle('draw', ({ at }) => at.toFixed());
    room.handle('else', (payload: unknown) => payload);
    const send = () => {
      room.emit('draw', { at: '7' });
      room.to('x').emit('draw', { at: '7' });
      // @ts-expect-error what is sent is what goes into the schema
      room.emit('draw', { at: 7 });
      // @ts-expect-error no event of this name was declared
      room.emit('drwa', { at: '7' });
    };
    assert.throws(send, { code: 'not-joined' });
  });

  it('may be said by hand, or not at all', () => {
    createRoom<{ move: { x: number } }>({ name: 'r' }).on('move', ({ x }) => x.toFixed());
    createRoom({ name: 'r' }).on('anything', (payload) => String(payload));
  });
});
