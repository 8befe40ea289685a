import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import * as v from 'valibot';
import { Screening } from './screening.ts';
import type { EventRules, SchemaResult, StandardSchema } from './event-rules.ts';

/** A schema of whatever a function says. */
function schemaOf(validate: (value: unknown) => SchemaResult<unknown> | Promise<SchemaResult<unknown>>): StandardSchema {
  return { '~standard': { version: 1, vendor: 'test', validate } };
}

describe('Screening', () => {
  let heard: string[];
  let dropped: string[];
  let screening: Screening;

  const screen = (rules: EventRules) => {
    screening = new Screening(rules, (from, reason) => dropped.push(`${from} ${reason}`));
  };
  const say = (from: string, event: string, ...args: unknown[]) => {
    screening.hear(from, event, args, (taken) => heard.push(`${from} ${event} ${JSON.stringify(taken)}`));
  };
  const settled = () => new Promise((resolve) => { setImmediate(resolve); });

  beforeEach(() => {
    mock.restoreAll();
    heard = [];
    dropped = [];
  });

  it('lets through what matches, as the schema makes it and without what was sent beside it', () => {
    screen({ draw: { schema: v.object({ x: v.pipe(v.string(), v.transform(Number)) }) } });
    say('a', 'draw', { x: '7', more: 1 }, 'beside');
    assert.deepEqual(heard, ['a draw [{"x":7}]']);
  });

  it('drops and counts what does not match, and the rest flows', () => {
    screen({ draw: { schema: v.object({ x: v.number() }) } });
    for (const payload of [undefined, null, 1, [], {}, { x: '1' }, { x: NaN }, JSON.parse('{"__proto__":{"x":1}}') as unknown]) say('a', 'draw', payload);
    say('a', 'draw', { x: 1 });
    say('a', 'other', 'as it is', 2);
    assert.deepEqual(heard, ['a draw [{"x":1}]', 'a other ["as it is",2]']);
    assert.deepEqual(dropped, Array(8).fill('a invalid-payload'));
  });

  it('takes a schema that throws, rejects or says nothing for one that says no', async () => {
    screen({
      sync: { schema: schemaOf(() => { throw new Error('boom'); }) },
      async: { schema: schemaOf(() => Promise.reject(new Error('boom'))) },
      foreign: { schema: schemaOf(() => ({ then: () => undefined }) as unknown as Promise<SchemaResult<unknown>>) },
    });
    for (const event of ['sync', 'async', 'foreign']) say('a', event, 1);
    await settled();
    assert.deepEqual([heard, dropped], [[], Array(3).fill('a invalid-payload')]);
  });

  it('keeps the order of a sender while a schema takes its time, and holds nobody else up', async () => {
    const answers: (() => void)[] = [];
    screen({ slow: { schema: schemaOf((value) => new Promise((resolve) => { answers.push(() => { resolve({ value }); }); })) } });
    say('a', 'slow', 1);
    say('a', 'slow', 2);
    say('a', 'quick', 3);
    say('b', 'quick', 4);
    assert.deepEqual(heard, ['b quick [4]']);
    answers[1]?.();
    await settled();
    assert.deepEqual(heard, ['b quick [4]']);
    answers[0]?.();
    await settled();
    assert.deepEqual(heard.slice(1), ['a slow [1]', 'a slow [2]', 'a quick [3]']);
    say('a', 'quick', 5);
    assert.equal(heard.at(-1), 'a quick [5]');
  });

  it('lets 256 of one sender wait and no more', async () => {
    let answer = () => {};
    const once = new Promise<void>((resolve) => { answer = resolve; });
    screen({ slow: { schema: schemaOf((value) => once.then(() => ({ value }))) } });
    for (let i = 0; i < 300; i++) say('a', 'slow', i);
    say('b', 'slow', 0);
    answer();
    await settled();
    assert.deepEqual([heard.length, dropped], [257, Array(44).fill('a backlog')]);
  });

  it('forgets who left, with all that waits', async () => {
    let answer = () => {};
    const once = new Promise<void>((resolve) => { answer = resolve; });
    screen({ slow: { schema: schemaOf((value) => once.then(() => ({ value }))) } });
    say('a', 'slow', 1);
    screening.forget('a');
    answer();
    await settled();
    assert.deepEqual(heard, []);
  });

  it('holds each participant to the rate of each event', () => {
    let nowMs = 0;
    mock.method(performance, 'now', () => nowMs);
    screen({ move: { rate: { perSecond: 2, burst: 3 } } });
    for (let i = 0; i < 5; i++) say('a', 'move');
    say('b', 'move');
    say('a', 'else');
    assert.deepEqual([heard.length, dropped], [5, ['a rate-limited', 'a rate-limited']]);
    nowMs = 1000;
    for (let i = 0; i < 5; i++) say('a', 'move');
    assert.deepEqual([heard.length, dropped.length], [7, 5]);
  });

  it('finds no rule under a name that every object has', () => {
    screen({ draw: { schema: v.number() } });
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) say('a', name, 1);
    assert.equal(heard.length, 4);
  });

  it('gives a handler what the schema made of a request, or refuses with a code', async () => {
    screen({ sum: { schema: v.array(v.number()), rate: { perSecond: 1, burst: 3 } } });
    const codeOf = (error: unknown) => (error as { code: string }).code;
    assert.deepEqual(await screening.answerable('a', 'sum', [1, 2]), [1, 2]);
    assert.equal(await screening.answerable('a', 'sum', ['1']).catch(codeOf), 'invalid-payload');
    assert.equal(await screening.answerable('a', 'free', 'anything'), 'anything');
    await screening.answerable('a', 'sum', []);
    assert.equal(await screening.answerable('a', 'sum', []).catch(codeOf), 'rate-limited');
    assert.deepEqual(dropped, ['a invalid-payload', 'a rate-limited']);
  });
});
