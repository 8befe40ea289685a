import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Emitter } from './emitter.ts';

interface Events { hello: string; other: number }

/** Runs with a host whose uncaught errors are collected, as a page's `window.onerror` would. */
function withReports(run: () => void): unknown[] {
  const reported: unknown[] = [];
  const host = globalThis as { reportError?: (error: unknown) => void };
  host.reportError = (error) => { reported.push(error); };
  try {
    run();
  } finally {
    delete host.reportError;
  }
  return reported;
}

describe('Emitter', () => {
  it('tells every listener of that event, in order, and no other', () => {
    const emitter = new Emitter<Events>();
    const heard: unknown[] = [];
    emitter.on('hello', (text) => heard.push(['first', text]));
    emitter.on('other', (number) => heard.push(['other', number]));
    emitter.on('hello', (text) => heard.push(['second', text]));
    assert.equal(emitter.emit('hello', 'x'), true);
    assert.deepEqual(heard, [['first', 'x'], ['second', 'x']]);
  });

  it('says whether anyone listened', () => {
    const emitter = new Emitter<Events>();
    const off = emitter.on('hello', () => undefined);
    off();
    assert.equal(emitter.emit('hello', ''), false);
  });

  it('hands over the context besides the payload', () => {
    const emitter = new Emitter<Events, [{ from: string }]>();
    const heard: unknown[] = [];
    emitter.on('hello', (...all) => heard.push(all));
    emitter.emit('hello', 'x', { from: 'a' });
    assert.deepEqual(heard, [['x', { from: 'a' }]]);
  });

  it('hears once only, even when the listener emits again', () => {
    const emitter = new Emitter<Events>();
    let calls = 0;
    emitter.once('hello', () => { calls++; emitter.emit('hello', ''); });
    emitter.emit('hello', '');
    emitter.emit('hello', '');
    assert.equal(calls, 1);
  });

  it('takes back a `once` by its listener', () => {
    const emitter = new Emitter<Events>();
    const listener = () => { assert.fail('was taken back'); };
    emitter.once('hello', listener);
    emitter.off('hello', listener);
    emitter.emit('hello', '');
  });

  it('does not call who was taken off while it emits, nor who was added', () => {
    const emitter = new Emitter<Events>();
    const heard: string[] = [];
    const second = () => heard.push('second');
    emitter.on('hello', () => {
      heard.push('first');
      emitter.off('hello', second);
      emitter.on('hello', () => heard.push('third'));
    });
    emitter.on('hello', second);
    emitter.emit('hello', '');
    assert.deepEqual(heard, ['first']);
  });

  it('reports what a listener throws and goes on to the next', () => {
    const emitter = new Emitter<Events>();
    const error = new Error('mine');
    const heard: string[] = [];
    emitter.on('hello', () => { throw error; });
    emitter.on('hello', (text) => heard.push(text));
    assert.deepEqual(withReports(() => emitter.emit('hello', 'x')), [error]);
    assert.deepEqual(heard, ['x']);
  });

  it('ends with its signal, and never begins under one that has aborted', () => {
    const emitter = new Emitter<Events>();
    const end = new AbortController();
    const heard: string[] = [];
    emitter.on('hello', (text) => heard.push(text), { signal: end.signal });
    emitter.emit('hello', 'before');
    end.abort();
    emitter.on('hello', (text) => heard.push(text), { signal: end.signal });
    emitter.emit('hello', 'after');
    assert.deepEqual(heard, ['before']);
  });

  it('leaves nothing on a signal that outlives the subscription', () => {
    const emitter = new Emitter<Events>();
    const { signal } = new AbortController();
    let listening = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = function (...args: Parameters<typeof addEventListener>) { listening++; addEventListener.apply(this, args); };
    signal.removeEventListener = function (...args: Parameters<typeof removeEventListener>) { listening--; removeEventListener.apply(this, args); };
    const listener = () => undefined;
    emitter.on('hello', listener, { signal })();
    emitter.on('hello', listener, { signal });
    emitter.off('hello', listener);
    emitter.once('hello', listener, { signal });
    emitter.emit('hello', '');
    assert.equal(listening, 0);
  });

  it('is not misled by names of Object.prototype', () => {
    const emitter = new Emitter<Record<string, unknown>>();
    for (const name of ['__proto__', 'constructor', 'toString']) assert.equal(emitter.emit(name, 1), false);
  });
});
