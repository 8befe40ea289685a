import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { LazyVouches } from './lazy-vouches.ts';
import type { Signaling } from '../../signaling/signaling.ts';
import type { TopologyContext } from '../topology.ts';
import type { Member } from './member.ts';

type Load = ConstructorParameters<typeof LazyVouches>[2];

/** Vouches whose code comes after so many attempts in vain. */
function flaky(failures: number, vouching: TopologyContext['vouching']) {
  class Vouches {
    own = { forJoin: () => Promise.resolve('mine') };
    joined(): void { /* Nothing to look at. */ }
    prove = () => Promise.resolve({});
  }
  const load = (() => (failures-- > 0 ? Promise.reject(new Error('no network')) : Promise.resolve({ Vouches }))) as unknown as Load;
  const context = { vouching, roomId: 'r', server: '', scope: new AbortController().signal } as unknown as TopologyContext;
  return new LazyVouches(context, {} as Signaling, load);
}

const JOINED = { id: 'me', participants: [], iceServers: [] };

/** So often as a load is tried again. */
async function pass(): Promise<void> {
  for (let tries = 0; tries < 2; tries++) {
    await new Promise((resolve) => { setImmediate(resolve); });
    mock.timers.tick(2000);
  }
}

describe('LazyVouches', () => {
  beforeEach(() => { mock.timers.enable({ apis: ['setTimeout'] }); });
  afterEach(() => { mock.timers.reset(); });

  it('lets whoever comes with the first vouch wait while its code is asked for again', async () => {
    const vouches = flaky(2, {});
    const member = { announcement: { id: 'a', vouch: 'theirs' } } as unknown as Member;
    const proving = vouches.prove(member, undefined);
    await pass();
    await proving;
    assert.deepEqual(member.proof, {});
  });

  it('tells the join that its code could not be had, and asks for it again at the next', async () => {
    const vouches = flaky(3, { getVouch: () => 'mine' });
    const present = vouches.present('fp');
    const presenting = assert.rejects(async () => present?.('me'), /no network/);
    await pass();
    await presenting;
    vouches.joined('fp', JOINED);
    assert.deepEqual(await vouches.present('fp')?.('me'), { vouch: 'mine' });
    assert.equal(vouches.said, 'mine');
  });

  it('leaves no rejection behind where somebody else came with the first vouch', async () => {
    const vouches = flaky(3, {});
    assert.equal(vouches.present('fp'), undefined);
    const member = { announcement: { id: 'a', vouch: 'theirs' } } as unknown as Member;
    const proving = vouches.prove(member, undefined);
    vouches.joined('fp', JOINED);
    const refused = assert.rejects(proving, /no network/);
    await pass();
    await refused;
    assert.equal(member.proof, undefined);
    await vouches.prove(member, undefined);
    assert.deepEqual(member.proof, {});
  });
});
