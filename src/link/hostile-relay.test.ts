import { expect } from '@open-wc/testing';
import { HostileRelay } from '../../test/support/hostile-relay.ts';
import { until } from '../../test/support/until.ts';
import { errorsOf, join, seen } from '../identity/hostile-stage.testing.ts';
import { createLinkSecret } from '../room/link-secret.ts';
import type { Guest } from '../identity/hostile-stage.testing.ts';
import type { Signal } from '../protocol/wire.ts';

describe('a relay that acts, against a link', () => {
  const linkSecret = createLinkSecret();
  let relay: HostileRelay;

  beforeEach(() => { relay = new HostileRelay(); });
  afterEach(() => { relay.close(); });

  const guest = (displayName: string) => relay.guest(displayName, { linkSecret });
  const met = (one: Guest, name: string) => seen(one)[0] === `${name} connected linked`;

  /** Two who met. */
  async function pair(): Promise<[Guest, Guest]> {
    const [ada, bo] = [guest('Ada'), guest('Bo')];
    await join(ada, bo);
    await until(() => met(ada, 'Bo') && met(bo, 'Ada'), 'they met');
    return [ada, bo];
  }

  /** What goes from one to the others, from now on. */
  function sealedBy(source: string): string[] {
    const sealed: string[] = [];
    relay.carry = (data, from) => {
      if (from === source && 'sealed' in data) sealed.push(data.sealed);
      return data;
    };
    return sealed;
  }

  it('never makes anybody use a nonce twice, whatever it says of the other\'s join', async () => {
    const [ada, bo] = [guest('Ada'), guest('Bo')];
    const sealed = sealedBy(ada.id);
    await join(ada, bo);
    await until(() => met(ada, 'Bo'), 'they met');
    const { announcement } = bo.signaling;
    const [own = '', note = ''] = announcement.presence?.split('.') ?? [];
    const other = `${own.startsWith('A') ? 'B' : 'A'}${own.slice(1)}`;
    const { length } = sealed;
    for (const told of [other, own]) relay.deceive(ada.id, 'announced', { ...announcement, presence: `${told}.${note}`, resumed: true });
    ada.room.publish({ source: 'board', stream: new AudioContext().createMediaStreamDestination().stream });
    await until(() => sealed.length > length, 'Ada says more');
    expect(new Set(sealed.map((text) => text.slice(0, 16))).size).to.equal(sealed.length);
    expect(seen(ada)).to.deep.equal(['Bo connected linked']);
  });

  it('cannot call back somebody who left: what they once told of themselves connects nobody, and links nobody', async () => {
    const [ada, bo] = [guest('Ada'), guest('Bo')];
    const sealed = sealedBy(bo.id);
    await join(ada, bo);
    await until(() => met(ada, 'Bo'), 'they met');
    const { announcement } = bo.signaling;
    await bo.room.leave();
    await until(() => seen(ada).length === 0, 'Bo is gone');
    const errors = errorsOf(ada);
    const states: string[] = [];
    ada.room.subscribe(({ participants }) => { states.push(...participants.map(({ state, identity }) => `${state} ${identity}`)); });
    relay.deceive(ada.id, 'announced', announcement);
    for (const data of sealed) relay.deceive(ada.id, 'envelope', { source: bo.id, data: { sealed: data } });
    relay.deceive(ada.id, 'init-offer', { source: bo.id });
    const cleo = guest('Cleo');
    await cleo.room.join();
    await until(() => seen(ada)[1] === 'Cleo connected linked', 'a true one is met meanwhile');
    expect([seen(ada)[0], errors]).to.deep.equal(['Bo connecting unverified', []]);
    expect(new Set(states)).to.deep.equal(new Set(['connecting unverified', 'connected linked']));
  });

  it('meets nobody by swapping what two told of themselves, nor by taking away that they are engines: link-missing, once each', async () => {
    const ada = guest('Ada');
    await ada.room.join();
    const errors = errorsOf(ada);
    const [bo, cleo, dan] = [guest('Bo'), guest('Cleo'), guest('Dan')];
    relay.announce = () => undefined;
    await join(bo, cleo, dan);
    const [bos, cleos, dans] = [bo, cleo, dan].map(({ signaling }) => signaling.announcement);
    const { engine: _, ...asRtcio } = dans ?? { id: '' };
    relay.announce = (_to, announcement) => announcement;
    for (const told of [{ ...bos, presence: cleos?.presence }, { ...cleos, presence: bos?.presence }, asRtcio, asRtcio]) {
      relay.deceive(ada.id, 'announced', told as typeof asRtcio);
    }
    relay.deceive(ada.id, 'announced', bos ?? { id: '' });
    await until(() => seen(ada)[0]?.startsWith('Bo '), 'what came last was in order');
    expect([seen(ada).length, errors]).to.deep.equal([1, ['link-missing', 'link-missing', 'link-missing']]);
  });

  it('changes nothing by fingerprints of its own, which the descriptions do not name', async () => {
    const [ada, bo] = [guest('Ada'), guest('Bo')];
    relay.announce = (to, announcement) => (to === ada.id ? { ...announcement, fp: '7'.repeat(42) + '4' } : announcement);
    const errors = errorsOf(ada);
    await join(ada, bo);
    await until(() => errors.includes('identity-mismatch'), 'it is refused');
    expect(seen(ada).filter((view) => view.includes('connected '))).to.deep.equal([]);
  });

  it('cannot go back to an open room by plain descriptions', async () => {
    const [ada, bo] = await pair();
    const pc = new RTCPeerConnection();
    pc.createDataChannel('x');
    const { sdp = '' } = await pc.createOffer();
    const plain: Signal[] = [{ description: { type: 'offer', sdp } }, { mid: '{7a}', events: { board: ['x'] } }];
    const errors = errorsOf(ada);
    const dropped = JSON.stringify(ada.room.drops);
    for (const data of plain) relay.deceive(ada.id, 'envelope', { source: bo.id, data });
    const heard = new Promise((resolve) => { bo.room.on('still', resolve); });
    ada.room.emit('still', 'here');
    expect(await heard).to.equal('here');
    expect([seen(ada), errors, JSON.stringify(ada.room.drops)]).to.deep.equal([['Bo connected linked'], [], dropped]);
    pc.close();
  });
});
