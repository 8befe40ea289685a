import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../../test/support/until.ts';
import { toBase64Url } from '../../shared/ids.ts';
import { Pins } from './pins.ts';
import { Verification } from './verification.ts';
import { NO_VERIFICATION } from './view.ts';
import type { RoomError } from '../../shared/errors.ts';
import type { VerificationView } from './view.ts';

const NO_VOUCHES: ReadonlyMap<string, string> = new Map();
const fpOf = (byte: number) => toBase64Url(new Uint8Array(32).fill(byte));

/** Ends in one page. What each believes of the others' keys is the test's to say; every word takes a task. */
class Net {
  readonly ends = new Map<string, { verification: Verification; view: VerificationView; errors: RoomError[]; end: AbortController; states: string[] }>();
  /** Words that are not to arrive. */
  lose: (from: string, to: string, args: readonly unknown[]) => boolean = () => false;

  /** @param keys of the others, as this end's connections show them. @param as the id that goes over the wire */
  add(id: string, fp: number, keys: Readonly<Record<string, number>>, { as = id, route = (to: string) => to, vouches = NO_VOUCHES } = {}): Verification {
    const end = new AbortController();
    const held = { verification: undefined as unknown as Verification, view: NO_VERIFICATION, errors: [] as RoomError[], end, states: [] as string[] };
    held.verification = new Verification({
      backchannel: {
        room: 'room',
        get self() { return { id: as, fp: fpOf(fp), vouch: vouches.get(as) }; },
        keyOf: (other) => (keys[other] === undefined ? undefined : { fp: fpOf(keys[other]), vouch: vouches.get(other) }),
        tell: (to, args) => {
          if (this.lose(id, to, args)) return;
          setTimeout(() => this.ends.get(route(to))?.verification.hear(as, structuredClone(args)));
        },
      },
      pins: new Pins(), scope: end.signal, phaseMs: 40, settleMs: 5, graceMs: 60,
      onView: (view) => { held.view = view; held.states.push(view.state); },
      onError: (error) => { held.errors.push(error); },
    });
    this.ends.set(id, held);
    held.verification.present(Object.keys(keys).map((other) => ({ id: other, name: other, state: 'connected' })));
    return held.verification;
  }

  view(id: string): VerificationView {
    return this.ends.get(id)!.view;
  }

  start(...ids: string[]): void {
    for (const id of ids) this.ends.get(id)!.verification.start();
  }

  close(): void {
    for (const { end } of this.ends.values()) end.abort();
  }
}

const wordsOf = (view: VerificationView) => view.code?.emoji.join(' ');

/** It looks like one; nobody here checks signatures. */
function vouchFor(pid: string, sub: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [
    encode({ alg: 'ES256', typ: 'rtc-vouch+jwt', kid: 'k' }),
    encode({ iss: 'i', aud: 'a', room: 'room', pid, sub, jti: 'j', iat: 1, nbf: 1, exp: 2, cnf: { 'x5t#S256': fpOf(1) } }),
    Buffer.alloc(64).toString('base64url'),
  ].join('.');
}

describe('Verification', () => {
  it('gives pairs their codes where one never answers, and the same one to both', async () => {
    const net = new Net();
    net.add('a', 1, { b: 2, c: 3, x: 9 });
    net.add('b', 2, { a: 1, c: 3, x: 9 });
    net.add('c', 3, { a: 1, b: 2, x: 9 });
    net.start('a', 'b', 'c');
    const codes = (id: string) => new Map(net.view(id).pairs.map((pair) => [pair.id, pair.code?.emoji.join(' ')]));
    await until(() => ['a', 'b', 'c'].every((id) => [...codes(id).values()].filter(Boolean).length === 2), 'every pair has a code');
    for (const [one, other] of [['a', 'b'], ['a', 'c'], ['b', 'c']] as const) assert.equal(codes(one).get(other), codes(other).get(one));
    assert.deepEqual([net.view('a').state, net.view('a').missing], ['stalled', ['x']]);
    await until(() => net.view('a').pairs.find(({ id }) => id === 'x')?.state === 'silent', 'the silent one is told apart');
    const pair = net.view('a').pairs.find(({ id }) => id === 'b')!;
    net.ends.get('a')!.verification.confirm(pair.code!);
    assert.deepEqual(net.view('a').verified, ['b']);
    // Then the silent one wakes, and somebody asks again.
    net.add('x', 9, { a: 1, b: 2, c: 3 });
    net.ends.get('a')!.verification.retry();
    await until(() => ['a', 'b', 'c', 'x'].every((id) => net.view(id).state === 'ready'), 'all have a code');
    assert.equal(new Set(['a', 'b', 'c', 'x'].map((id) => wordsOf(net.view(id)))).size, 1);
    net.close();
  });

  it('shows different codes to the two ends of a connection that somebody split in two', async () => {
    const net = new Net();
    // `m` stands between them: to each it is the other, under a key of its own.
    net.add('a', 1, { b: 77 }, { route: () => 'm-as-b' });
    net.add('b', 2, { a: 78 }, { route: () => 'm-as-a' });
    net.add('m-as-b', 77, { a: 1 }, { as: 'b' });
    net.add('m-as-a', 78, { b: 2 }, { as: 'a' });
    net.start('a', 'b');
    await until(() => wordsOf(net.view('a')) && wordsOf(net.view('b')), 'both see a code');
    assert.notEqual(wordsOf(net.view('a')), wordsOf(net.view('b')));
    net.close();
  });

  it('warns where the words of the true ends are only passed on under other keys', async () => {
    const net = new Net();
    net.add('a', 1, { b: 77 });
    net.add('b', 2, { a: 1 });
    net.start('a', 'b');
    await until(() => net.view('a').state === 'mismatch', 'it is seen');
    assert.deepEqual([net.view('a').code, net.ends.get('a')!.errors.map(({ code }) => code)], [undefined, ['verification-mismatch']]);
    net.close();
  });

  it('does not warn of a vouch that one end has heard of before the other', async () => {
    const net = new Net();
    const [as, bs] = [new Map<string, string>(), new Map<string, string>()];
    net.add('a', 1, { b: 2 }, { vouches: as });
    const b = net.add('b', 2, { a: 1 }, { vouches: bs });
    net.start('a', 'b');
    await until(() => wordsOf(net.view('a')) && wordsOf(net.view('b')), 'there is a code');
    const first = wordsOf(net.view('b'));
    bs.set('b', vouchFor('b', 'bob'));
    b.present([{ id: 'a', name: 'a', state: 'connected' }]);
    await until(() => wordsOf(net.view('b')) !== undefined && wordsOf(net.view('b')) !== first, 'b has another code already');
    as.set('b', vouchFor('b', 'bob'));
    await until(() => wordsOf(net.view('a')) !== undefined && wordsOf(net.view('a')) === wordsOf(net.view('b')), 'both see one code');
    assert.deepEqual([net.ends.get('a')!.errors, net.ends.get('a')!.states.includes('mismatch')], [[], false]);
    net.close();
  });

  it('does not warn of a vouch that others have heard of before its owner, whose relay signed it', async () => {
    const net = new Net();
    const [as, bs] = [new Map<string, string>(), new Map<string, string>()];
    const a = net.add('a', 1, { b: 2 }, { vouches: as });
    const b = net.add('b', 2, { a: 1 }, { vouches: bs });
    const people = (id: string) => [{ id, name: id, state: 'connected' }];
    net.lose = (from, to, [what]) => {
      // Its owner hears of it when it has spoken of itself without.
      if (from === 'b' && what === 'reveal' && as.size > 0) bs.set('b', vouchFor('b', 'bob'));
      if (to === 'b') b.present(people('a')); // As the room does: who hears a word looks who is here.
      return false;
    };
    net.start('a', 'b');
    await until(() => wordsOf(net.view('a')) && wordsOf(net.view('b')), 'there is a code');
    const first = wordsOf(net.view('a'));
    as.set('b', vouchFor('b', 'bob'));
    a.present(people('b'));
    await until(() => {
      const code = wordsOf(net.view('a'));
      return code !== undefined && code !== first && code === wordsOf(net.view('b'));
    }, 'both see another code');
    assert.deepEqual([net.ends.get('a')!.errors, net.ends.get('a')!.states.includes('mismatch')], [[], false]);
    net.close();
  });

  it('warns of who says two things and then nothing more', async () => {
    const net = new Net();
    net.add('a', 1, { b: 77 });
    net.add('b', 2, { a: 1 });
    net.lose = (from, _, args) => from === 'b' && args[2] !== 1;
    net.start('a', 'b');
    await until(() => net.view('a').state === 'mismatch', 'it is seen');
    assert.deepEqual(net.ends.get('a')!.errors.map(({ code }) => code), ['verification-mismatch']);
    net.close();
  });

  it('goes on warning when people come and go, until somebody here tries again', async () => {
    const net = new Net();
    const keys: Record<string, number> = { b: 77 };
    const a = net.add('a', 1, keys);
    net.add('b', 2, { a: 1 });
    net.start('a', 'b');
    await until(() => net.view('a').state === 'mismatch', 'it is seen');
    keys['b'] = 2;
    a.present([{ id: 'b', name: 'b', state: 'connected' }]);
    await until(() => wordsOf(net.view('b')), 'b has a code');
    assert.equal(net.view('a').state, 'mismatch');
    a.retry();
    await until(() => net.view('a').state === 'ready' && wordsOf(net.view('a')) === wordsOf(net.view('b')), 'both see one code');
    net.close();
  });

  it('warns of a pair as it does of the whole room', async () => {
    const net = new Net();
    net.add('a', 1, { b: 77, x: 9 });
    net.add('b', 2, { a: 1, x: 9 });
    net.start('a', 'b');
    await until(() => net.view('a').state === 'mismatch', 'it is seen');
    assert.equal(net.view('a').pairs.find(({ id }) => id === 'b')?.code, undefined);
    net.close();
  });

  it('gives no code to two who do not see the same people', async () => {
    const net = new Net();
    net.add('a', 1, { b: 2, ghost: 3 });
    net.add('b', 2, { a: 1 });
    net.start('a', 'b');
    await until(() => net.view('a').state === 'stalled' && net.view('b').state === 'stalled', 'neither gets anywhere');
    assert.deepEqual([net.view('a').code, net.view('b').code], [undefined, undefined]);
    net.close();
  });

  it('takes up what was said of a set before it saw itself in it', async () => {
    const net = new Net();
    net.add('a', 1, { b: 2, c: 3 });
    net.add('b', 2, { a: 1, c: 3 });
    const keys: Record<string, number> = { a: 1 };
    const late = net.add('c', 3, keys);
    let heard = 0;
    net.lose = (_, to) => { if (to === 'c') heard++; return false; };
    net.start('a', 'b');
    await until(() => heard >= 2, 'both have committed');
    keys['b'] = 2;
    late.present(['a', 'b'].map((id) => ({ id, name: id, state: 'connected' })));
    await until(() => ['a', 'b', 'c'].every((id) => net.view(id).state === 'ready'), 'all have a code');
    assert.equal(new Set(['a', 'b', 'c'].map((id) => wordsOf(net.view(id)))).size, 1);
    net.close();
  });

  it('hears nothing from who is not here, and nothing that is no word', () => {
    const net = new Net();
    const a = net.add('a', 1, { b: 2 });
    const word: unknown[] = ['commit', 'room', 1, ['a', 'b'], 'A'.repeat(43)];
    assert.equal(a.hear('b', word), true);
    assert.equal(a.hear('x', word), false);
    const wrongs = [
      [0, 'shout'], [1, 'all'], [2, 0], [2, 2 ** 31], [2, 1.5], [3, ['a']], [3, 'ab'], [3, ['a', '<b>']], [4, 'AA'], [4, `${'A'.repeat(42)}B`],
    ] as const;
    for (const [at, wrong] of wrongs) {
      assert.equal(a.hear('b', word.with(at, wrong)), false, JSON.stringify(wrong));
    }
    net.close();
  });
});
