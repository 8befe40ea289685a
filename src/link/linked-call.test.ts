import { expect } from '@open-wc/testing';
import { HostileRelay } from '../../test/support/hostile-relay.ts';
import { TestIssuer } from '../../test/support/issuer.ts';
import { until } from '../../test/support/until.ts';
import { errorsOf, join, seen } from '../identity/hostile-stage.testing.ts';
import { createLinkSecret } from '../room/link-secret.ts';
import type { Guest } from '../identity/hostile-stage.testing.ts';
import type { VouchRequest } from '../identity/vouch-options.ts';
import type { RoomOptions } from '../room/room-options.ts';

const nowS = () => Math.floor(Date.now() / 1000);
const levelsOf = ({ room }: Guest) => room.snapshot.participants.map(({ name, state, levels }) => [name, state, ...levels].join(' '));
const sound = () => new AudioContext().createMediaStreamDestination().stream;

describe('a call under a link', () => {
  const linkSecret = createLinkSecret();
  let relay: HostileRelay;
  let issuer: TestIssuer;

  before(async () => { issuer = await TestIssuer.make(); });
  beforeEach(() => { relay = new HostileRelay(); });
  afterEach(() => { relay.close(); });

  const guest = (sub: string, more: Partial<RoomOptions> = {}) => relay.guest(sub, { linkSecret, ...more });
  const vouched = (sub: string, more: Partial<RoomOptions> = {}) =>
    guest(sub, { getVouch: issuer.forPerson(sub), vouchKeys: issuer.keys, requireVouch: true, ...more });
  const met = (one: Guest, ...others: string[]) => until(
    () => JSON.stringify(levelsOf(one).sort()) === JSON.stringify(others), `met ${others.join()}: ${levelsOf(one).join()}`,
  );

  it('with vouches is both, and the relay sees neither the vouch nor its renewal', async () => {
    const short = ({ room, participant, fp }: VouchRequest) =>
      issuer.sign({ room, pid: participant, fp, sub: 'ada', name: 'ADA', exp: nowS() + 2 });
    const [ada, bo] = [vouched('ada', { getVouch: short }), vouched('bo')];
    const told = new Set<string | undefined>();
    relay.announce = (_to, announcement) => {
      told.add(announcement.vouch);
      return announcement;
    };
    const first = bo.signaling;
    await join(ada, bo);
    await Promise.all([met(ada, 'BO connected linked vouched'), met(bo, 'ADA connected linked vouched')]);
    const { vouch } = ada.signaling.announcement;
    await until(() => ada.signaling.announcement.vouch !== vouch, 'it was renewed');
    const cleo = vouched('cleo');
    await cleo.room.join();
    await met(cleo, 'ADA connected linked vouched', 'BO connected linked vouched');
    expect(told.size).to.be.at.least(4);
    expect([...told, first.announcement.vouch].filter((text) => text === undefined || text.includes('.'))).to.deep.equal([]);
  });

  it('is vouched for by the relay, too, which then has nothing to be hidden from', async () => {
    const enter = relay.enter.bind(relay);
    relay.enter = (newcomer, answer) => {
      const { id, fp = '' } = newcomer.announcement;
      expect(newcomer.announcement.vouch).to.equal('');
      void issuer.sign({ room: roomId, pid: id, fp, sub: id.slice(0, 4) }).then((vouch) => {
        newcomer.announcement = { ...newcomer.announcement, vouch };
        enter(newcomer, (reply) => { answer('participants' in reply ? { ...reply, vouch } : reply); });
      });
    };
    let roomId = '';
    const [ada, bo] = ['ada', 'bo'].map((name) => guest(name, { vouchKeys: issuer.keys, requireVouch: true })) as [Guest, Guest];
    for (const { signaling } of [ada, bo]) {
      const joinAs = signaling.join.bind(signaling);
      signaling.join = (request, present) => { ({ roomId } = request); return joinAs(request, present); };
    }
    await join(ada, bo);
    await Promise.all([met(ada, 'bo connected linked vouched'), met(bo, 'ada connected linked vouched')]);
    expect(ada.room.snapshot.participants[0]?.vouched).to.include({ byRelay: true, sub: bo.id.slice(0, 4) });
  });

  it('keeps the name of a room that a token is for, and hides the rest all the same', async () => {
    const [ada, bo] = [guest('Ada Canary', { token: 't' }), guest('Bo', { getToken: () => 't' })];
    const requests: string[] = [];
    for (const { signaling } of [ada, bo]) {
      const joinAs = signaling.join.bind(signaling);
      signaling.join = (request, present) => { requests.push(request.roomId); return joinAs(request, present); };
    }
    const carried: string[] = [];
    relay.carry = (data) => { carried.push(...Object.keys(data)); return data; };
    await join(ada, bo);
    await Promise.all([met(ada, 'Bo connected linked'), met(bo, 'Ada Canary connected linked')]);
    expect(requests).to.deep.equal(['test', 'test']);
    expect(JSON.stringify(relay.members.map(({ announcement }) => announcement))).not.to.contain('Canary');
    expect(new Set(carried)).to.deep.equal(new Set(['sealed']));
  });

  it('goes on where it was when the relay is back: same keys, numbers that only grow', async () => {
    const [ada, bo] = [guest('Ada'), guest('Bo')];
    const numbers = new Map<string, string[]>();
    relay.carry = (data, source) => {
      const nonce = 'sealed' in data ? atob(data.sealed.slice(0, 16).replaceAll('-', '+').replaceAll('_', '/')) : '';
      numbers.set(source, [...numbers.get(source) ?? [], nonce]);
      return data;
    };
    await join(ada, bo);
    await Promise.all([met(ada, 'Bo connected linked'), met(bo, 'Ada connected linked')]);
    const errors = errorsOf(ada);
    const { presence } = bo.signaling.announcement;
    for (const one of [ada, bo]) one.signaling.break();
    const before = numbers.get(bo.id)?.length ?? 0;
    bo.room.publish({ source: 'board', stream: sound() });
    for (const one of [ada, bo]) one.signaling.restore();
    await until(() => ada.room.snapshot.participants[0]?.tracks.some(({ track }) => track), 'what was published meanwhile arrives');
    expect([seen(ada), seen(bo), errors]).to.deep.equal([['Bo connected linked'], ['Ada connected linked'], []]);
    expect(bo.signaling.announcement.presence).to.equal(presence);
    expect(numbers.get(bo.id)?.length).to.be.greaterThan(before);
    for (const list of numbers.values()) expect(list).to.deep.equal([...new Set(list)].sort());
  });

  it('costs not one message more than without', async () => {
    const count = async (options: Partial<RoomOptions>) => {
      relay = new HostileRelay();
      const sent: string[] = [];
      // Of candidates there are as many as the machine has addresses, and no more are sent once a path was found.
      relay.carry = (data, source) => {
        sent.push(`${source === ada.id ? 'first' : 'second'} ${'sealed' in data && data.sealed.length > 600 ? 'description' : Object.keys(data).join()}`);
        return data;
      };
      const enter = relay.enter.bind(relay);
      relay.enter = (...newcomer) => { sent.push('join'); enter(...newcomer); };
      const [ada, bo] = [relay.guest('Ada', options), relay.guest('Bo', options)];
      await join(ada, bo);
      await until(() => [ada, bo].every((one) => seen(one)[0]?.includes(' connected ')), 'they met');
      relay.close();
      return sent.filter((what) => !/candidate|sealed/.test(what));
    };
    expect(await count({ linkSecret })).to.deep.equal(await count({}));
  });

  it('fits the longest vouch there may be', async () => {
    const roles = Array.from({ length: 16 }, (_, i) => `${i}`.padStart(60, 'r'));
    const [ada, bo] = [vouched('ada', { getVouch: issuer.forPerson('ada', { roles }) }), vouched('bo')];
    await join(ada, bo);
    await met(bo, 'ADA connected linked vouched');
    expect(bo.room.snapshot.participants[0]?.roles).to.deep.equal(roles);
  });
});
