import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { Rogue } from '../../test/support/rogue.ts';
import { until } from '../../test/support/until.ts';
import { INTERNALS } from '../shared/internals.ts';
import { GESTURE } from '../protocol/gesture.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { MeshTopology } from '../topology/mesh/mesh-topology.ts';

/** Names, the hand that went up first before the others. */
const inLine = ({ room: { snapshot: { participants } } }: Guest): string[] => participants.filter(({ hand }) => hand !== undefined)
  .sort((one, other) => (one.hand ?? 0) - (other.hand ?? 0)).map(({ name }) => name);

describe('a raised hand', () => {
  let party: Party;
  beforeEach(() => { party = new Party(); });
  afterEach(() => { party.close(); });

  it('is seen by everyone, late joiners too, in the order in which they went up, and until it is lowered', async () => {
    const [ada, bo] = await party.pair();
    await bo.room.raiseHand();
    await until(() => inLine(ada).length === 1, 'one is up');
    await ada.room.raiseHand();
    expect(ada.room.snapshot.local.hand).to.be.a('number');
    await until(() => inLine(bo).length === 1, 'both are up');
    const [cem] = await party.enter('Cem');
    await until(() => inLine(cem!).length === 2, 'both are seen by who comes late');
    expect(inLine(cem!)).to.deep.equal(['Bo', 'Ada']);
    await bo.room.raiseHand(false);
    await until(() => inLine(cem!).length === 1 && inLine(ada).length === 0, 'one is down');
    expect(bo.room.snapshot.local.hand).to.equal(undefined);
  });

  it('outlives a rebuilt connection, which brings what was missed', async () => {
    const [ada, bo] = await party.pair();
    await bo.room.raiseHand();
    await until(() => inLine(ada).length === 1, 'it is up');
    const since = ada.room.snapshot.participants[0]?.hand;
    const { members } = (ada.room[INTERNALS] as MeshTopology)[INTERNALS];
    const [member] = [...members];
    const rebuild = async (): Promise<void> => {
      member!.rebuild();
      await until(() => ada.room.snapshot.participants[0]?.state === 'interrupted', 'it is made anew');
      await until(() => ada.room.snapshot.participants[0]?.state === 'connected', 'they are back');
    };
    await rebuild();
    await ada.room.to(bo.id).request('ping', 0).catch(() => undefined); // Whatever comes first on the new one has come.
    expect(ada.room.snapshot.participants[0]?.hand).to.equal(since);
    const again = rebuild();
    await bo.room.raiseHand(false);
    await again;
    await until(() => inLine(ada).length === 0, 'that it is down is told');
  });

  it('ends with leaving, here and there', async () => {
    const [ada, bo] = await party.pair();
    await bo.room.raiseHand();
    await until(() => inLine(ada).length === 1, 'it is up');
    await bo.room.leave();
    expect(bo.room.snapshot.local.hand).to.equal(undefined);
    await until(() => ada.room.snapshot.participants.length === 0, 'they left');
  });

  it('is raised in a room, and not more often than others take it', async () => {
    const alone = party.guest('Ada');
    const refusal = (promise: Promise<void>) => promise.then(() => '', String);
    expect(await refusal(alone.room.raiseHand())).to.contain('not-joined');
    await alone.room.join();
    for (let i = 0; i < 10; i++) await alone.room.raiseHand(i % 2 === 0);
    expect(await refusal(alone.room.react('👍'))).to.contain('rate-limited');
    expect(await refusal(alone.room.react('hi' as '👍'))).to.contain('Reactions are');
  });
});

describe('a reaction', () => {
  let party: Party;
  beforeEach(() => { party = new Party(); });
  afterEach(() => { party.close(); });

  const told = ({ room }: Guest) => {
    const all: string[] = [];
    room.lifecycle.on('reaction', ({ participant, reaction }) => { all.push(`${participant.name} ${reaction}`); });
    return all;
  };

  it('is told to everyone, and here', async () => {
    const [ada, bo] = await party.pair();
    const [here, there] = [told(ada), told(bo)];
    await ada.room.react('🎉');
    await ada.room.react('❤️');
    await until(() => there.length === 2, 'both arrived');
    expect([here, there]).to.deep.equal([['Ada 🎉', 'Ada ❤️'], ['Ada 🎉', 'Ada ❤️']]);
  });

  it('that is none, or one too many, is dropped and counted; a hand raised late does not go to the front', async () => {
    let rogue: Rogue | undefined;
    const victim = party.guest('Victim');
    await victim.room.join();
    await party.guest('Mallory', {}, (parts) => (rogue = new Rogue(parts))).room.join();
    await until(() => victim.room.snapshot.participants.some(({ state }) => state === 'connected'), 'they met');
    const heard = told(victim);
    const id = party.guests[1]!.id;
    const since = Date.now();
    for (const args of [['hand', null], ['hand', 9e6], ['hand', -1], ['reaction', '<b>'], ['reaction', 'buy this'], [{}]]) rogue!.say(GESTURE, ...args);
    for (let i = 0; i < 30; i++) rogue!.say(GESTURE, 'reaction', '👎');
    await until(() => (victim.room.drops(id)['gesture'] ?? 0) >= 20, 'the flood was dropped');
    expect(heard.length).to.be.within(1, 12);
    expect(victim.room.snapshot.participants[0]!.hand).to.be.at.least(since);
  });

  it('is not said to who does not know it', async () => {
    const said: string[] = [];
    const victim = party.guest('Victim');
    await victim.room.join();
    await party.guest('Old', {}, (parts) => {
      const old = new Rogue(parts, (hello) => ({ ...hello, features: [] }));
      old.receive = (...[envelope]: unknown[]) => { said.push((envelope as { e: string }).e); };
      return old;
    }).room.join();
    await until(() => victim.room.snapshot.participants.some(({ state }) => state === 'connected'), 'they met');
    await victim.room.raiseHand();
    await victim.room.react('👍');
    victim.room.emit('last');
    await until(() => said.includes('last'), 'what came after was heard');
    expect(said).not.to.contain(GESTURE);
  });
});
