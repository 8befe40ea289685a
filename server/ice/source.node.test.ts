import assert from 'node:assert/strict';
import { describe, it, mock, type TestContext } from 'node:test';
import type { IceConfiguration } from '../../src/protocol/wire.ts';
import { createRelay } from '../index.ts';
import { SECRET, startRelay, TestClient } from '../relay.testing.ts';
import type { Participant } from '../types.ts';
import { IceSource, type IceOptions, type ProvidedIce } from './source.ts';

const TURN = { urls: ['turn:turn.example.com'], secret: 'the secret of coturn' };
const PROVIDED = { urls: ['turn:provider.example'], username: 'u', credential: 'canary-credential' };
const WHO: Participant = { id: 'Ada_1', roomId: 'r', name: 'Ada', identity: {} };

function make(options: IceOptions, lines: string[] = []): IceSource {
  return new IceSource(options, () => undefined, (...line) => { lines.push(JSON.stringify(line)); });
}

/** The clock stands until the test moves it. */
function stopClock(t: TestContext): void {
  mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_700_000_000_000 });
  t.after(() => { mock.timers.reset(); });
}

describe('IceSource', () => {
  it('mints for each participant, in the ack of the join and again on request', async (t) => {
    const relay = await startRelay(t, { turn: TURN, iceServers: [{ urls: 'stun:stun.example.com' }] });
    const client = new TestClient(t, relay);
    const joined = await client.join('r');
    const again = await client.ask<IceConfiguration>('#rtcio:ice-servers');
    assert.ok(again.ok);
    for (const { iceServers: [turn, stun], expiresAt = 0, expiresInMs = 0 } of [joined, again]) {
      assert.equal(turn?.username, `${expiresAt / 1000}:${joined.id}`);
      assert.deepEqual(stun, { urls: ['stun:stun.example.com'] });
      assert.ok(expiresInMs > 595_000 && expiresInMs <= 600_000, String(expiresInMs));
    }
    assert.equal(JSON.stringify([joined, again]).includes(TURN.secret), false);
  });

  it('makes no join wait for a provider: it says that there is more, and gives it on request', async (t) => {
    let answer: ((ice: ProvidedIce) => void) | undefined;
    const relay = await startRelay(t, { turn: TURN, iceProvider: () => new Promise((resolve) => { answer = resolve; }) });
    const client = new TestClient(t, relay);
    const { iceServers, expiresInMs } = await client.join('r');
    assert.deepEqual([iceServers.length, expiresInMs], [1, 0]);
    const asked = client.ask<IceConfiguration>('#rtcio:ice-servers');
    await client.codeOf('#rtcio:message', {}); // Behind it: the provider has been asked.
    const expiresAt = Date.now() + 300_000;
    answer?.({ iceServers: [PROVIDED], expiresAt });
    const given = await asked;
    assert.ok(given.ok);
    assert.deepEqual([given.iceServers[1], given.expiresAt], [PROVIDED, expiresAt]);
  });

  it('asks the provider with who it is for, and not for each request', async (t) => {
    stopClock(t);
    const iceProvider = mock.fn((_who: Participant) => ({ iceServers: [PROVIDED], expiresAt: Date.now() + 600_000 }));
    const source = make({ iceProvider });
    const ask = source.desk();
    const answers = await Promise.all([ask(WHO), ask(WHO), ask(WHO)]);
    assert.deepEqual(iceProvider.mock.calls.map(({ arguments: given }) => given), [[WHO]]);
    for (const answer of answers) assert.deepEqual([answer.iceServers, answer.expiresInMs], [[PROVIDED], 600_000]);
    await source.desk()(WHO);
    assert.equal(iceProvider.mock.callCount(), 2, 'another socket asks for itself');
  });

  for (const [how, iceProvider, kind] of [
    ['throws', () => { throw new TypeError('Bearer canary-key'); }, 'TypeError'],
    ['rejects', () => Promise.reject(new Error('canary-key', { cause: { code: 'ECONNREFUSED' } })), 'Error ECONNREFUSED'],
    ['answers nonsense', () => ({ iceServers: [{ urls: 'http://canary-key' }] }), 'RangeError'],
    ['never answers', () => new Promise<never>(() => {}), 'TimeoutError'],
  ] as const) {
    it(`does without a provider that ${how}, for half a minute, and logs none of its words`, async (t) => {
      stopClock(t);
      const lines: string[] = [];
      const answering = make({ turn: TURN, iceProvider }, lines).desk()(WHO);
      await new Promise(setImmediate); // Whoever answers at all has done so.
      mock.timers.tick(5000);
      const { iceServers, expiresInMs } = await answering;
      assert.deepEqual([iceServers.length, expiresInMs], [1, 30_000]);
      assert.deepEqual(lines, [JSON.stringify(['error', 'iceProvider gave no ICE servers', { error: kind }])]);
    });
  }

  it('warns of a credential that does not end', () => {
    const lines: string[] = [];
    make({ iceServers: [{ urls: 'stun:a' }] }, lines);
    assert.deepEqual(lines, []);
    make({ iceServers: [PROVIDED] }, lines);
    assert.match(lines.join(), /never ends/);
    assert.equal(lines.join().includes('canary'), false);
  });

  it('stops the start at what cannot be right', () => {
    const servers = (count: number) => Array.from({ length: count }, () => ({ urls: 'stun:a' }));
    for (const [options, says] of [
      [{ turn: { ...TURN, secret: 'short' } }, /^turn\.secret/],
      [{ iceServers: [{ urls: 'http://a' }] }, /^iceServers has an entry without/],
      [{ iceServers: servers(17) }, /more than 16/],
      [{ iceServers: servers(16), turn: TURN }, /more than 15/],
      [{ iceProvider: 'https://provider' as never }, /^iceProvider is not a function/],
    ] as const) assert.throws(() => createRelay({ secret: SECRET, ...options }), { name: 'TypeError', message: says });
  });
});
