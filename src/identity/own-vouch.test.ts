import { expect } from '@open-wc/testing';
import { Party, present } from '../../test/support/guests.ts';
import { TestIssuer } from '../../test/support/issuer.ts';
import { until } from '../../test/support/until.ts';
import { INTERNALS } from '../shared/internals.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { RoomOptions } from '../room/room-options.ts';
import type { MeshTopology } from '../topology/mesh/mesh-topology.ts';
import type { VouchRequest } from './vouch-options.ts';

const nowS = () => Math.floor(Date.now() / 1000);
const identities = ({ room }: Guest) => room.snapshot.participants.map(({ name, identity }) => `${name} ${identity}`);
const codesOf = ({ room }: Guest): string[] => {
  const codes: string[] = [];
  room.lifecycle.on('error', ({ error }) => { codes.push(error.code); });
  return codes;
};

describe('a vouch of one\'s own', () => {
  let party: Party;
  let issuer: TestIssuer;

  before(async () => { issuer = await TestIssuer.make(); });
  beforeEach(() => { party = new Party(); });
  afterEach(() => { party.close(); });

  const guest = (sub: string, more: Partial<RoomOptions> = {}) =>
    party.guest(sub, { getVouch: issuer.forPerson(sub), vouchKeys: issuer.keys, requireVouch: true, ...more });

  it('is asked for with room, participant, key and token, before the join, and shown to the others with what it says', async () => {
    let asked: VouchRequest | undefined;
    const honest = issuer.forPerson('ada', { roles: ['host'] });
    const ada = guest('ada', { token: 't', getVouch: (request) => honest((asked = request)) });
    const bo = guest('bo');
    await bo.room.join();
    await ada.room.join();
    await party.allMet();
    expect(asked).to.include({ room: 'test', participant: ada.id, fp: ada.signaling.announcement.fp, token: 't' });
    expect(bo.room.snapshot.participants[0]).to.deep.include({
      name: 'ADA', roles: ['host'], identity: 'vouched',
      vouched: { issuer: issuer.name, byRelay: false, sub: 'ada', name: 'ADA', roles: ['host'] },
    });
  });

  it('is missing: the join goes on where none is required, and rejects where one is', async () => {
    const failing = () => Promise.reject(new Error('the backend is away'));
    const ada = guest('ada', { getVouch: failing, requireVouch: false });
    const codes = codesOf(ada);
    await ada.room.join();
    expect(codes).to.deep.equal(['vouch-unavailable']);
    for (const getVouch of [failing, () => undefined, issuer.forPerson('bo', { room: 'attic' })]) {
      const refused = await guest('bo', { getVouch }).room.join().catch((error: unknown) => error);
      expect(['vouch-unavailable', 'vouch-room']).to.include((refused as { code: string }).code);
    }
    expect(party.relay.members.map(({ id }) => id)).to.deep.equal([ada.id]);
    const unset = await party.guest('cleo', { requireVouch: true }).room.join().catch((error: unknown) => error);
    expect(unset).to.have.property('code', 'vouch-keys-unavailable');
  });

  it('is renewed at half of its life, and a connection made meanwhile is made all the same', async () => {
    // It was signed just short of half a life ago: the renewal is due at once.
    const asked = issuer.asked;
    const short = ({ room, participant, fp }: VouchRequest) =>
      issuer.sign({ room, pid: participant, fp, sub: 'ada', name: 'ADA', exp: nowS() + 2 });
    const [ada, bo] = [guest('ada', { getVouch: short }), guest('bo')];
    await ada.room.join();
    const first = ada.signaling.announcement.vouch;
    await bo.room.join();
    await party.allMet();
    await until(() => ada.signaling.announcement.vouch !== first, 'it was renewed');
    const cleo = guest('cleo');
    await cleo.room.join();
    await party.allMet();
    expect([identities(bo).sort(), identities(cleo).sort()]).to.deep.equal([['ADA vouched', 'CLEO vouched'], ['ADA vouched', 'BO vouched']]);
    expect(issuer.asked - asked).to.equal(2, 'whose life is long is not asked for again');
  });

  it('sets the clock: an expired one makes no new connection and ends none', async () => {
    const [ada, bo] = [guest('ada', { requireVouch: false }), guest('bo')];
    await ada.room.join();
    await bo.room.join();
    await party.allMet();
    // By the issuer's clock ten minutes have passed when the next one is vouched for; hers and his were not renewed.
    const late = guest('cleo', { getVouch: issuer.forPerson('cleo', { iat: nowS() + 700 }) });
    const codes = codesOf(late);
    await late.room.join();
    await until(() => late.room.snapshot.participants.filter(({ reason }) => reason === 'vouch-expired').length === 2, 'both are refused');
    expect(codes.sort()).to.deep.equal(['vouch-expired', 'vouch-expired']);
    expect([present(ada), present(bo)]).to.deep.equal([['BO'], ['ADA']]);
  });

  it('comes late: whoever requires one looks again, and believes only what the participant says too', async () => {
    const ada = guest('ada', { requireVouch: false, getVouch: () => undefined });
    const bo = guest('bo');
    await bo.room.join();
    await ada.room.join();
    await until(() => bo.room.snapshot.participants[0]?.reason === 'vouch-missing', 'Bo does not meet them');
    const codes = codesOf(bo);
    const { fp = '' } = ada.signaling.announcement;
    const vouch = await issuer.sign({ room: 'test', pid: ada.id, fp, sub: 'ada', name: 'ADA' });
    await ada.signaling.emit('#rtcio:vouch', { vouch });
    // A connection is made, and Ada's engine, which knows of no vouch, says so at the hello.
    await until(() => codes.includes('hello-mismatch'), 'Bo looked again');
    expect(identities(bo).filter((view) => !view.endsWith('unverified'))).to.deep.equal([]);
  });

  it('first signed by the relay when one is back: who has not heard of it yet is met all the same', async () => {
    const { relay } = party;
    const [ada, bo] = [party.guest('ada', { vouchKeys: issuer.keys }), party.guest('bo', { vouchKeys: issuer.keys })];
    const codes = codesOf(bo);
    await ada.room.join();
    await bo.room.join();
    await party.allMet();
    ada.signaling.break();
    const { fp = '' } = ada.signaling.announcement;
    const vouch = await issuer.sign({ room: 'test', pid: ada.id, fp, sub: 'ada' });
    // It tells Ada, and Bo later.
    relay.returned = (who) => { who.deliver('returned', { id: who.id, vouch, participants: [bo.signaling.announcement], iceServers: [] }); };
    ada.signaling.restore();
    await until(() => ada.room.snapshot.state === 'joined', 'Ada is back');
    const rebuilt = [ada, bo].map(({ room }) => new Promise((resolve) => {
      room.subscribe(({ participants }) => { if (participants[0]?.reason === 'rebuilding') resolve(undefined); });
    }));
    const mesh = (bo.room[INTERNALS] as MeshTopology)[INTERNALS];
    for (const member of mesh.members) member.rebuild();
    await Promise.all(rebuilt);
    await party.allMet();
    expect(codes).to.deep.equal([]);
  });

  it('costs one question to its issuer, and not one message more to the relay', async () => {
    const count = async (options: Partial<RoomOptions>) => {
      const sent: string[] = [];
      const own = new Party();
      const { relay } = own;
      const forward = relay.forward.bind(relay);
      relay.forward = (source, target, data) => {
        if ('description' in data) sent.push(data.description.type);
        forward(source, target, data);
      };
      const enter = relay.enter.bind(relay);
      relay.enter = (...newcomer) => { sent.push('join'); enter(...newcomer); };
      const revised = relay.revised.bind(relay);
      relay.revised = (who) => { sent.push('vouch'); revised(who); };
      for (const name of ['ada', 'bo']) {
        const one = own.guest(name, options);
        await one.room.join();
      }
      await own.allMet();
      own.close();
      return sent;
    };
    const before = issuer.asked;
    const plain = await count({});
    expect(issuer.asked - before).to.equal(0);
    expect(await count({ getVouch: issuer.forPerson('x'), vouchKeys: issuer.keys, requireVouch: true })).to.deep.equal(plain);
    expect(issuer.asked - before).to.equal(2);
    expect(plain).to.deep.equal(['join', 'join', 'offer', 'answer']);
  });
});
