import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Liveness, silenceLimitMs } from './liveness.ts';

describe('silenceLimitMs', () => {
  const table: readonly [word: string, socketClosed: boolean, placeHeld: boolean, limitMs: number][] = [
    ['nothing, or is out of reach', false, false, 30_000],
    ['that it holds the place', false, true, 60_000],
    ['that the socket closed', true, false, 5000],
    ['that the socket closed and the place is held', true, true, 5000],
  ];
  for (const [word, socketClosed, placeHeld, limitMs] of table) {
    it(`is ${limitMs / 1000} s when the relay says ${word}`, () => {
      assert.equal(silenceLimitMs({ socketClosed, placeHeld }), limitMs);
    });
  }
});

describe('Liveness', () => {
  let nowMs: number;
  let told: string[];
  let word: { socketClosed: boolean; placeHeld: boolean };
  let end: AbortController;

  beforeEach(() => {
    nowMs = 0;
    told = [];
    word = { socketClosed: false, placeHeld: true };
    end = new AbortController();
    mock.timers.enable({ apis: ['setInterval'] });
    mock.method(performance, 'now', () => nowMs);
  });

  afterEach(() => {
    end.abort();
    mock.timers.reset();
    mock.restoreAll();
  });

  const watch = (heardMs = 0) => new Liveness({
    word: () => word, heardMs, scope: end.signal,
    onSilent: (silent) => { told.push(`${nowMs / 1000} s ${silent ? 'silent' : 'heard'}`); },
    onGone: () => { told.push(`${nowMs / 1000} s gone`); end.abort(); },
  });
  const pass = (seconds: number) => {
    // (A mocked interval goes on when it is cleared from within.)
    for (let i = 0; i < 2 * seconds && !end.signal.aborted; i++) {
      nowMs += 500;
      mock.timers.tick(500);
    }
  };

  it('tells of silence after 4 s, once, and of its end at once', () => {
    const liveness = watch();
    pass(10);
    liveness.heard();
    pass(3);
    assert.deepEqual(told, ['4 s silent', '10 s heard']);
  });

  it('says nothing about a peer that is heard', () => {
    const liveness = watch();
    for (let i = 0; i < 50; i++) { pass(2); liveness.heard(); }
    assert.deepEqual(told, []);
  });

  it('gives up after 60 s where the relay holds the place, and after 30 s where it does not', () => {
    watch();
    pass(100);
    assert.deepEqual(told, ['4 s silent', '60 s gone']);
  });

  it('takes the relay\'s word of the moment', () => {
    watch();
    pass(40);
    word = { socketClosed: false, placeHeld: false };
    pass(10);
    assert.deepEqual(told, ['4 s silent', '40.5 s gone']);
  });

  it('gives up after 5 s where the relay saw the socket close, and not while the peer is heard', () => {
    const liveness = watch();
    word = { socketClosed: true, placeHeld: true };
    for (let i = 0; i < 10; i++) { pass(2); liveness.heard(); }
    assert.deepEqual(told, []);
    pass(10);
    assert.deepEqual(told, ['24 s silent', '25 s gone']);
  });

  it('counts on over a new pc', () => {
    nowMs = 50_000;
    watch(45_000);
    pass(1);
    assert.deepEqual(told, ['50.5 s silent']);
  });

  it('does not hold against a peer that this page itself slept', () => {
    watch();
    pass(1);
    nowMs += 3_600_000;
    mock.timers.tick(500);
    pass(3);
    assert.deepEqual(told, ['3603.5 s silent']);
  });
});
