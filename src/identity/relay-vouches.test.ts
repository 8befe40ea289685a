import { expect } from '@open-wc/testing';
import { TestIssuer, rewrite } from '../../test/support/issuer.ts';
import { RecordedPc } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import { HostileStage, errorsOf, join, keysUsed, seen } from './hostile-stage.testing.ts';
import type { RoomOptions } from '../room/room-options.ts';
import type { Guest } from './hostile-stage.testing.ts';

const OTHER_FP = '7'.repeat(42) + '4';

describe('a relay that acts, with vouches', () => {
  let stage: HostileStage;

  beforeEach(async () => { stage = await HostileStage.open(); });
  afterEach(() => { stage.close(); });

  /** What Ada makes of Bo when the relay hands her another vouch. */
  async function handed(change: (vouch: string, bo: Guest) => string | Promise<string>, options: Partial<RoomOptions> = {}) {
    const ada = stage.relay.guest('Ada', stage.required('ada', options));
    await ada.room.join();
    const errors = errorsOf(ada);
    RecordedPc.made = [];
    const bo = stage.relay.guest('Bo');
    let changed: string | undefined;
    stage.relay.announce = (to, announcement) => (to === ada.id && changed !== undefined ? { ...announcement, vouch: changed } : announcement);
    const honest = stage.issuer.forPerson('bo');
    bo.room.configure({ getVouch: async (request) => {
      const vouch = await honest(request);
      changed = await change(vouch, bo);
      return vouch;
    } });
    await bo.room.join();
    await until(() => errors.length > 0, 'Ada says what is wrong');
    expect(seen(ada)).to.deep.equal(['Bo connecting unverified']);
    expect(ada.room.snapshot.participants[0]?.reason).to.equal(errors[0]);
    expect(keysUsed()).not.to.include(ada.signaling.announcement.fp);
    return errors;
  }

  const FIELDS: Record<string, unknown> = {
    iss: 'x', aud: 'rtc-elements/2', room: 'attic', pid: 'p2', sub: 'root', name: 'Root', roles: ['host'], iat: 9_000_000_000, nbf: 1,
    exp: 9_000_000_001, jti: 'again', cnf: { 'x5t#S256': OTHER_FP },
  };
  it('altered in any field: vouch-signature, or vouch-malformed where it is none any more', async () => {
    for (const [field, value] of Object.entries(FIELDS)) {
      const errors = await handed((vouch) => rewrite(vouch, 1, (claims) => ({ ...claims, [field]: value })));
      expect(errors, field).to.deep.equal([field === 'iat' || field === 'exp' ? 'vouch-malformed' : 'vouch-signature']);
      stage.renew();
    }
  }).timeout(30_000);

  const SIGNED: [string, (bo: Guest) => Parameters<TestIssuer['sign']>[0], string][] = [
    ['of an earlier join of theirs', () => ({ room: 'test', pid: 'earlier', fp: OTHER_FP, sub: 'bo' }), 'vouch-participant'],
    ['of another room', (bo) => ({ room: 'attic', pid: bo.id, fp: OTHER_FP, sub: 'bo' }), 'vouch-room'],
    ['that has ended', (bo) => ({ room: 'test', pid: bo.id, fp: OTHER_FP, sub: 'bo', iat: Math.floor(Date.now() / 1000) - 700 }), 'vouch-expired'],
    ['from later', (bo) => ({ room: 'test', pid: bo.id, fp: OTHER_FP, sub: 'bo', iat: Math.floor(Date.now() / 1000) + 100 }), 'vouch-early'],
    ['made for something else', (bo) => ({ room: 'test', pid: bo.id, fp: OTHER_FP, sub: 'bo', aud: 'mail' }), 'vouch-audience'],
  ];
  for (const [what, said, code] of SIGNED) {
    it(`replayed, one ${what}: ${code}`, async () => {
      expect(await handed((_vouch, bo) => stage.issuer.sign(said(bo)))).to.deep.equal([code]);
    });
  }

  it('of a stranger, or of another issuer than the page expects', async () => {
    const stranger = await TestIssuer.make();
    const said = (bo: Guest) => ({ room: 'test', pid: bo.id, fp: OTHER_FP, sub: 'bo' });
    expect(await handed((_vouch, bo) => stranger.sign(said(bo)))).to.deep.equal(['vouch-key-unknown']);
    stage.renew();
    const options = { vouchIssuer: stage.issuer.name };
    expect(await handed((_vouch, bo) => stage.issuer.sign({ ...said(bo), iss: 'https://other.example' }), options)).to.deep.equal(['vouch-issuer']);
  });

  it('under which somebody else borrows their key: the real owner says which vouch is theirs', async () => {
    for (const requireVouch of [false, true]) {
      const [ada, bo] = stage.pair((sub) => stage.vouched(sub, { requireVouch }));
      // Mallory is a member of the issuer's, and asks it to vouch for Bo's key under Bo's id as their own.
      let borrowed = '';
      const honest = stage.issuer.forPerson('bo');
      bo.room.configure({ getVouch: async (request) => {
        borrowed = await stage.issuer.sign({ room: request.room, pid: request.participant, fp: request.fp, sub: 'mallory', name: 'Mallory' });
        return honest(request);
      } });
      stage.relay.announce = (_to, announcement) => (announcement.id === bo.id ? { ...announcement, vouch: borrowed } : announcement);
      const errors = errorsOf(ada);
      await join(ada, bo);
      await until(() => errors.includes('hello-mismatch'), 'Ada noticed');
      expect(ada.room.snapshot.participants.filter(({ name, state }) => name === 'Mallory' || state === 'connected')).to.deep.equal([]);
      stage.renew();
    }
  });

  it('for a member\'s own id and somebody else\'s key: who holds the key says that it is not talking to that member', async () => {
    const [ada, bo] = stage.pair((sub) => stage.required(sub));
    // The relay passes Mallory's part on to Bo, who takes Ada for Ada; Ada would take what Bo says for Mallory's.
    stage.relay.announce = (to, { vouch: _, ...bos }) => (to === ada.id
      ? { ...bos, id: 'mallory', name: 'Mallory', vouch: borrowed } : { ...bos, vouch: ada.signaling.announcement.vouch ?? '' });
    stage.relay.forward = (source, target, data) => {
      stage.relay.deceive(target === 'mallory' ? bo.id : target, 'envelope', { source: source === bo.id ? 'mallory' : source, data });
    };
    let borrowed = '';
    const honest = stage.issuer.forPerson('bo');
    bo.room.configure({ getVouch: async (request) => {
      borrowed = await stage.issuer.sign({ room: request.room, pid: 'mallory', fp: request.fp, sub: 'mallory', name: 'Mallory' });
      return honest(request);
    } });
    const deliver = ada.signaling.deliver.bind(ada.signaling);
    ada.signaling.deliver = (event, payload) => { deliver(event, event === 'init-offer' ? { ...payload, source: 'mallory' } : payload); };
    const errors = [errorsOf(ada), errorsOf(bo)];
    await join(ada, bo);
    await until(() => errors.flat().includes('hello-mismatch'), 'it was noticed');
    expect([...seen(ada), ...seen(bo)].filter((view) => view.includes('connected '))).to.deep.equal([]);
  });

  it('count for engines alone: an rtc.io client says no hello that would name its own', async () => {
    for (const requireVouch of [false, true]) {
      const [ada, bo] = stage.pair((sub) => stage.vouched(sub, { requireVouch }));
      const states: string[] = [];
      ada.room.subscribe(({ participants }) => { states.push(...participants.map(({ identity }) => identity)); });
      stage.relay.announce = (to, { engine, ...rest }) => (to === ada.id ? rest : { ...rest, ...(engine && { engine }) });
      const errors = errorsOf(ada);
      await join(ada, bo);
      const expected = requireVouch ? 'vouch-missing' : 'hello-unexpected';
      await until(() => errors.includes(expected), expected);
      expect(states.filter((state) => state !== 'unverified')).to.deep.equal([]);
      stage.renew();
    }
  });

  it('that come after the hello raise nobody, and a renewal that names somebody else changes nothing: vouch-subject', async () => {
    const ada = stage.relay.guest('Ada', stage.vouched('ada'));
    const [bo, cleo] = [stage.relay.guest('Bo', stage.vouched('bo')), stage.relay.guest('Cleo')];
    const errors = errorsOf(ada);
    await join(ada, bo, cleo);
    const views = () => ada.room.snapshot.participants.map(({ name, state, identity }) => `${name} ${state} ${identity}`).sort();
    const met = ['BO connected vouched', 'Cleo connected unverified'];
    await until(() => JSON.stringify(views()) === JSON.stringify(met), 'everyone met');
    for (const { id, signaling: { announcement } } of [bo, cleo]) {
      const vouch = await stage.issuer.sign({ room: 'test', pid: id, fp: announcement.fp ?? '', sub: 'mallory', name: 'Mallory' });
      stage.relay.deceive(ada.id, 'announced', { ...announcement, name: 'Mallory', vouch });
    }
    await until(() => errors.includes('vouch-subject'), 'the renewal was looked at');
    await until(() => views().includes('Mallory connected unverified'), 'a name of one\'s own is free');
    expect(views()).to.deep.equal(['BO connected vouched', 'Mallory connected unverified']);
    expect(ada.room.snapshot.participants.find(({ id }) => id === bo.id)?.vouched).to.deep.equal({
      issuer: stage.issuer.name, byRelay: false, sub: 'bo', name: 'BO',
    });
  });
});
