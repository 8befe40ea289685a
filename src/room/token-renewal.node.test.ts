import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { TokenRenewal, renewInMs } from './token-renewal.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomOptions } from './room-options.ts';

const MINUTE_MS = 60_000;

describe('renewInMs', () => {
  const table: readonly [leftMs: number, delayMs: number][] = [
    [60 * MINUTE_MS, 59 * MINUTE_MS], [2 * MINUTE_MS, MINUTE_MS], [MINUTE_MS, MINUTE_MS / 2], [10_000, 5000], [1000, 2000],
    [0, 2000], [-5 * MINUTE_MS, 2000],
  ];
  for (const [leftMs, delayMs] of table) {
    it(`is ${delayMs} ms where ${leftMs} ms are left`, () => { assert.equal(renewInMs(1e12 + leftMs, 1e12), delayMs); });
  }

  it('never comes after the end of a token of four seconds or more, nor over a minute before it is half way', () => {
    fc.assert(fc.property(fc.integer({ min: 4000, max: 2 ** 40 }), (leftMs) => {
      const delayMs = renewInMs(leftMs, 0);
      return delayMs < leftMs && delayMs >= leftMs / 2 && leftMs - delayMs <= MINUTE_MS;
    }));
  });
});

describe('TokenRenewal', () => {
  /** Runs with a clock of its own. */
  async function follow(
    expiresAt: number, { getToken, renew = () => Promise.resolve(undefined), forMs }:
    { getToken?: RoomOptions['getToken']; renew?: (token: string) => Promise<number | undefined>; forMs: number },
    meanwhile: (renewal: TokenRenewal) => void = () => undefined,
  ): Promise<string[]> {
    const told: string[] = [];
    const { timers } = mock;
    timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
    const end = new AbortController();
    try {
      const lifecycle = new Emitter<RoomEvents>();
      lifecycle.on('token-expiring', (payload) => told.push(`expiring ${payload.expiresAt} at ${Date.now()}`));
      lifecycle.on('error', ({ error }) => told.push(`${error.code} at ${Date.now()}`));
      const topology = { renewToken: (token: string) => { told.push(`${token} at ${Date.now()}`); return renew(token); } };
      const renewal = new TokenRenewal({ topology, getToken, lifecycle, scope: end.signal });
      renewal.hear({ type: 'joined', id: 'me', standing: { host: false, locked: false, knocks: [], tokenExpiresAt: expiresAt } });
      meanwhile(renewal);
      for (let ms = 0; ms < forMs; ms += 1000) {
        timers.tick(1000);
        for (let i = 0; i < 8; i++) await Promise.resolve(); // As many as a promise of a promise may need.
      }
    } finally {
      end.abort();
      timers.reset();
    }
    return told;
  }

  it('asks for a token before ours ends, and again before the next one does', async () => {
    let count = 0;
    const told = await follow(120_000, {
      getToken: () => `token-${++count}`, renew: () => Promise.resolve(Date.now() + 120_000), forMs: 130_000,
    });
    assert.deepEqual(told, ['token-1 at 60000', 'token-2 at 120000']);
  });

  it('tells once that it ends where there is nobody to ask', async () => {
    assert.deepEqual(await follow(120_000, { forMs: 200_000 }), ['expiring 120000 at 60000']);
  });

  it('tells a refusal, and tries again until the token has ended, no longer', async () => {
    const renew = () => Promise.reject(new RoomError('unauthorized', 'No.'));
    const told = await follow(16_000, { getToken: () => 'no', renew, forMs: 60_000 });
    assert.deepEqual(told.filter((line) => line.startsWith('no')).map((line) => line.split(' ')[2]), ['8000', '12000', '14000', '16000']);
    assert.equal(told.filter((line) => line.startsWith('unauthorized')).length, 4);
  });

  it('tells what getToken threw as `unauthorized`, and takes the next one', async () => {
    let count = 0;
    const getToken = () => { if (count++ === 0) throw new Error('down'); return 'late'; };
    assert.deepEqual(await follow(20_000, { getToken, forMs: 60_000 }), ['unauthorized at 10000', 'late at 15000']);
  });

  it('asks nothing while the relay is away', async () => {
    const told = await follow(20_000, { getToken: () => 'no', forMs: 60_000 }, (renewal) => { renewal.hear({ type: 'relay-lost' }); });
    assert.deepEqual(told, []);
  });

  it('waits longer than a timer can', () => {
    const days = 40 * 24 * 3600_000;
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
    const end = new AbortController();
    try {
      const lifecycle = new Emitter<RoomEvents>();
      const told: number[] = [];
      lifecycle.on('token-expiring', () => told.push(Date.now()));
      const renewal = new TokenRenewal({ topology: { renewToken: () => Promise.resolve(undefined) }, getToken: undefined, lifecycle, scope: end.signal });
      renewal.hear({ type: 'joined', id: 'me', standing: { host: false, locked: false, knocks: [], tokenExpiresAt: days } });
      mock.timers.tick(2 ** 31 - 1);
      assert.deepEqual(told, []);
      mock.timers.tick(days - MINUTE_MS - (2 ** 31 - 1));
      assert.deepEqual(told, [days - MINUTE_MS]);
    } finally {
      end.abort();
      mock.timers.reset();
    }
  });
});
