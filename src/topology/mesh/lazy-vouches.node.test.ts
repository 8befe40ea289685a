import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LazyVouches } from './lazy-vouches.ts';
import type { Signaling } from '../../signaling/signaling.ts';
import type { TopologyContext } from '../topology.ts';
import type { Member } from './member.ts';

type Load = ConstructorParameters<typeof LazyVouches>[2];

/** Vouches whose code comes at the second attempt. */
function flaky(vouching: TopologyContext['vouching']) {
  let attempts = 0;
  class Vouches {
    own = { forJoin: () => Promise.resolve('mine') };
    joined(): void { /* Nothing to look at. */ }
    prove = () => Promise.resolve({});
  }
  const load = (() => (++attempts === 1 ? Promise.reject(new Error('no network')) : Promise.resolve({ Vouches }))) as unknown as Load;
  const context = { vouching, roomId: 'r', server: '', scope: new AbortController().signal } as unknown as TopologyContext;
  return new LazyVouches(context, {} as Signaling, load);
}

const JOINED = { id: 'me', participants: [], iceServers: [] };

describe('LazyVouches', () => {
  it('tells the join that its code could not be had, and asks for it again at the next', async () => {
    const vouches = flaky({ getVouch: () => 'mine' });
    const present = vouches.present('fp');
    await assert.rejects(async () => present?.('me'), /no network/);
    vouches.joined('fp', JOINED);
    assert.deepEqual(await vouches.present('fp')?.('me'), { vouch: 'mine' });
    assert.equal(vouches.said, 'mine');
  });

  it('leaves no rejection behind where somebody else came with the first vouch', async () => {
    const vouches = flaky({});
    assert.equal(vouches.present('fp'), undefined);
    const member = { announcement: { id: 'a', vouch: 'theirs' } } as unknown as Member;
    const proving = vouches.prove(member, undefined);
    vouches.joined('fp', JOINED);
    await assert.rejects(proving, /no network/);
    assert.equal(member.proof, undefined);
    await vouches.prove(member, undefined);
    assert.deepEqual(member.proof, {});
  });
});
