import { expect } from '@open-wc/testing';
import { RecordedPc } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import { HostileStage, errorsOf, join, seen } from './hostile-stage.testing.ts';
import type { Announcement, Signal } from '../protocol/wire.ts';
import type { Guest } from './hostile-stage.testing.ts';

const metBy = (guest: Guest) => seen(guest).filter((view) => view.endsWith('connected vouched')).length;

describe('a relay that acts, with the roster', () => {
  let stage: HostileStage;

  beforeEach(async () => { stage = await HostileStage.open(); });
  afterEach(() => { stage.close(); });

  it('adds a ghost: no connection to who is vouched for by nobody, or by what belongs to somebody else', async () => {
    const ada = stage.relay.guest('Ada', stage.required('ada'));
    const bo = stage.relay.guest('Bo', stage.required('bo'));
    const errors = errorsOf(ada);
    await join(ada, bo);
    await until(() => seen(ada)[0] === 'BO connected vouched', 'they met');
    const { fp, vouch } = bo.signaling.announcement;
    const ghostPc = new RTCPeerConnection();
    ghostPc.createDataChannel('x');
    const { sdp = '' } = await ghostPc.createOffer();
    const { length } = RecordedPc.made;
    const ghosts: Announcement[] = [
      { id: 'ghost-1', name: 'Bo', engine: { v: 1 } },
      { id: 'ghost-2', name: 'Bo', engine: { v: 1 }, ...(fp && { fp }), ...(vouch && { vouch }) },
      { id: 'ghost-3', name: 'Bo' },
    ];
    for (const ghost of ghosts) {
      stage.relay.deceive(ada.id, 'announced', ghost);
      stage.relay.deceive(ada.id, 'init-offer', { source: ghost.id });
      stage.relay.deceive(ada.id, 'envelope', { source: ghost.id, data: { description: { type: 'offer', sdp } } });
    }
    await until(() => ada.room.snapshot.participants.filter(({ reason }) => reason?.startsWith('vouch-')).length === 3, 'all were refused');
    expect(errors.sort()).to.deep.equal(['vouch-missing', 'vouch-missing', 'vouch-participant']);
    expect(RecordedPc.made.length).to.equal(length);
    ghostPc.close();
  });

  it('adds a ghost with somebody\'s key, whom nobody requires a vouch of: one key, one participant', async () => {
    const [ada, bo] = [stage.relay.guest('Ada'), stage.relay.guest('Bo')];
    await join(ada, bo);
    await until(() => seen(ada)[0] === 'Bo connected unverified', 'they met');
    const errors = errorsOf(ada);
    let offer: Signal | undefined;
    stage.relay.carry = (data, source) => {
      if (source === bo.id && 'description' in data) offer = data;
      return data;
    };
    stage.sendPicture(bo);
    await until(() => offer, 'Bo said something');
    stage.relay.deceive(ada.id, 'announced', { id: 'ghost', name: 'Ghost', engine: { v: 1 } });
    const sdp = offer && 'description' in offer ? offer.description.sdp : '';
    stage.relay.deceive(ada.id, 'envelope', { source: 'ghost', data: { description: { type: 'offer', sdp } } });
    await until(() => errors.includes('identity-mismatch'), 'the second is refused');
    expect(seen(ada)).to.deep.equal(['Bo connected unverified']);
  });

  it('hides somebody: they meet nobody, and nobody is taken for them', async () => {
    const [ada, bo, cleo] = ['ada', 'bo', 'cleo'].map((sub) => stage.relay.guest(sub, stage.required(sub))) as [Guest, Guest, Guest];
    stage.relay.announce = (to, announcement) => (to === ada.id && announcement.id === bo.id ? undefined : announcement);
    await join(ada, bo, cleo);
    await until(() => seen(ada).includes('CLEO connected vouched') && seen(bo).includes('CLEO connected vouched'), 'the others met');
    expect(seen(ada)).to.deep.equal(['CLEO connected vouched']);
    expect(seen(bo).sort()).to.deep.equal(['CLEO connected vouched', 'ada connecting unverified']);
  });

  it('delays all it tells, and mixes up the candidates: they meet all the same, as who they are', async () => {
    stage.renew({ delayMs: () => Math.random() * 60 });
    const held: (() => void)[] = [];
    const forward = stage.relay.forward.bind(stage.relay);
    stage.relay.forward = (source, target, data) => {
      if ('description' in data) { forward(source, target, data); return; }
      held.push(() => { forward(source, target, data); });
      setTimeout(() => { held.splice(Math.floor(Math.random() * held.length), 1)[0]?.(); }, 100 + Math.random() * 60);
    };
    const guests = ['ada', 'bo', 'cleo'].map((sub) => stage.relay.guest(sub, stage.required(sub)));
    await Promise.all(guests.map(({ room }) => room.join()));
    await until(() => guests.every((guest) => metBy(guest) === 2), 'all met', 20_000);
  }).timeout(25_000);

  it('mixes up the descriptions too: nobody is taken for somebody else, and who comes when it stops meets them all', async () => {
    const forward = stage.relay.forward.bind(stage.relay);
    let [came, latest, overtaken] = [0, 0, 0];
    stage.relay.forward = (source, target, data) => {
      const place = came++;
      setTimeout(() => {
        if (place < latest) overtaken++;
        latest = Math.max(latest, place);
        forward(source, target, data);
      }, Math.random() * 150);
    };
    const views = new Set<string>();
    const guest = (sub: string) => {
      const one = stage.relay.guest(sub, stage.required(sub));
      one.room.subscribe(({ participants }) => {
        for (const { name, vouched, state } of participants) if (state === 'connected') views.add(`${name} ${vouched?.sub ?? ''}`);
      });
      return one;
    };
    await Promise.all(['ada', 'bo', 'cleo'].map((sub) => guest(sub).room.join()));
    await until(() => overtaken > 4, 'some overtook others');
    stage.relay.forward = forward;
    const dan = guest('dan');
    await dan.room.join();
    await until(() => metBy(dan) === 3, 'Dan met all');
    await until(() => views.size === 4, 'all met Dan');
    expect([...views].sort()).to.deep.equal(['ADA ada', 'BO bo', 'CLEO cleo', 'DAN dan']);
  });
});
