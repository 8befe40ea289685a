import { expect } from '@open-wc/testing';
import { HostileRelay } from '../../test/support/hostile-relay.ts';
import { TestIssuer, rewrite } from '../../test/support/issuer.ts';
import { movingPicture } from '../../test/support/pictures.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import { fingerprintFromHex } from '../negotiation/check-description.ts';
import type { Announcement, Signal } from '../protocol/wire.ts';
import type { Room } from '../room/room.ts';
import type { RoomOptions } from '../room/room-options.ts';

type Guest = ReturnType<HostileRelay['guest']>;

const OTHER_HEX = Array.from({ length: 32 }, () => 'AB').join(':');
const OTHER_FP = fingerprintFromHex(OTHER_HEX);
const seen = ({ room }: Guest) => room.snapshot.participants.map(({ name, state, identity }) => `${name} ${state} ${identity}`);
const errorsOf = ({ room }: Guest): string[] => {
  const codes: string[] = [];
  room.lifecycle.on('error', ({ error }) => { codes.push(error.code); });
  return codes;
};

/** Whose connections were made. */
const keysUsed = () => RecordedPc.made.map((pc) => {
  const [certificate] = pc.getConfiguration().certificates ?? [];
  return fingerprintFromHex(certificate?.getFingerprints()[0]?.value ?? '');
});

/** Waits until frames of somebody's picture really arrive. */
async function untilSeen(room: Room): Promise<void> {
  const pictures = () => room.snapshot.participants.flatMap(({ tracks }) => tracks.flatMap(({ kind, track }) => (kind === 'video' && track ? [track] : [])));
  await until(() => pictures().length > 0, 'a picture was announced');
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream(pictures());
  await video.play();
  await until(() => video.videoWidth > 0 && video.currentTime > 0, 'frames arrive');
  video.srcObject = null;
}

describe('a relay that acts', () => {
  let relay: HostileRelay;
  let issuer: TestIssuer;
  let end: AbortController;

  before(async () => { issuer = await TestIssuer.make(); });
  beforeEach(() => {
    relay = new HostileRelay();
    end = new AbortController();
    recordPcs();
  });
  afterEach(() => {
    relay.close();
    end.abort();
    stopRecording();
  });

  const vouched = (sub: string, more: Partial<RoomOptions> = {}): Partial<RoomOptions> =>
    ({ getVouch: issuer.forPerson(sub), vouchKeys: issuer.keys, ...more });
  const required = (sub: string, more: Partial<RoomOptions> = {}) => vouched(sub, { requireVouch: true, ...more });

  function pair(options: (sub: string) => Partial<RoomOptions>): [Guest, Guest] {
    const [ada, bo] = [relay.guest('Ada', options('ada')), relay.guest('Bo', options('bo'))];
    for (const { room } of [ada, bo]) room.publish({ source: 'camera', stream: movingPicture(160, 120, end.signal) });
    return [ada, bo];
  }
  async function join(...guests: Guest[]): Promise<void> {
    for (const { room } of guests) await room.join();
  }

  describe('between two', () => {
    it('sees and hears everything where nobody vouches for anybody, and nobody is shown as more than unverified', async () => {
      const [ada, bo] = pair(() => ({}));
      const { asOne, asTwo } = await relay.stepBetween(ada.id, bo.id);
      await join(ada, bo);
      await Promise.all([untilSeen(asOne), untilSeen(asTwo), untilSeen(ada.room), untilSeen(bo.room)]);
      expect([seen(ada), seen(bo)]).to.deep.equal([['Bo connected unverified'], ['Ada connected unverified']]);
    });

    it('gets nothing where they vouch, though it tells its own fingerprint everywhere: identity-mismatch', async () => {
      const [ada, bo] = pair(vouched);
      const { asOne, asTwo } = await relay.stepBetween(ada.id, bo.id);
      const errors = [errorsOf(ada), errorsOf(bo)];
      await join(ada, bo);
      await until(() => errors.every((codes) => codes.includes('identity-mismatch')), 'both noticed');
      for (const room of [asOne, asTwo]) expect(room.snapshot.participants.filter(({ state }) => state !== 'connecting')).to.deep.equal([]);
      expect([...seen(ada), ...seen(bo)].filter((view) => !view.includes('connecting unverified'))).to.deep.equal([]);
    });

    it('is unverified where it strips the vouches, and nobody where one is required: vouch-missing', async () => {
      for (const requireVouch of [false, true]) {
        const [ada, bo] = pair((sub) => vouched(sub, { requireVouch }));
        await relay.stepBetween(ada.id, bo.id);
        const { announce } = relay;
        relay.announce = (to, announcement) => {
          const { vouch: _, ...rest } = announce(to, announcement) as Announcement;
          return rest;
        };
        const errors = errorsOf(ada);
        RecordedPc.made = [];
        await join(ada, bo);
        if (requireVouch) {
          await until(() => ada.room.snapshot.participants[0]?.reason === 'vouch-missing', 'Ada says why');
          expect([errors, seen(ada)]).to.deep.equal([['vouch-missing'], ['Bo connecting unverified']]);
          // What there is belongs to the relay: neither of them made one.
          for (const { signaling } of [ada, bo]) expect(keysUsed()).not.to.include(signaling.announcement.fp);
        } else {
          await until(() => seen(ada)[0] === 'Bo connected unverified', 'it is shown as nobody');
        }
        relay.close();
        relay = new HostileRelay();
      }
    });

    it('is noticed at the hello where it strips a vouch and leaves the connection alone: hello-mismatch', async () => {
      const [ada, bo] = pair(vouched);
      relay.announce = (to, { vouch, ...rest }) => (to === ada.id ? rest : { ...rest, ...(vouch && { vouch }) });
      const errors = errorsOf(ada);
      await join(ada, bo);
      await until(() => errors.includes('hello-mismatch'), 'Ada noticed');
      expect(seen(ada).filter((view) => view.includes('connected '))).to.deep.equal([]);
    });
  });

  describe('alone with the envelopes', () => {
    const PLACES: Record<string, (sdp: string) => string> = {
      'the session\'s first line': (sdp) => sdp.replace(/\r\nt=/, `\r\na=fingerprint:sha-256 ${OTHER_HEX}\r\nt=`),
      'the session\'s last line': (sdp) => sdp.replace(/\r\nm=/, `\r\na=fingerprint:sha-256 ${OTHER_HEX}\r\nm=`),
      'a media section\'s first line': (sdp) => sdp.replace(/(\r\nm=[^\r]*\r\nc=[^\r]*)/, `$1\r\na=fingerprint:sha-256 ${OTHER_HEX}`),
      'the last line': (sdp) => `${sdp}a=fingerprint:sha-256 ${OTHER_HEX}\r\n`,
      'every line': (sdp) => sdp.replace(/(a=fingerprint:sha-256 ).*/g, `$1${OTHER_HEX}`),
      'no line': (sdp) => sdp.replace(/a=fingerprint:.*\r\n/g, ''),
    };
    const swap = (type: string, change: (sdp: string) => string) => (data: Signal): Signal => 'description' in data && data.description.type === type
      ? { description: { ...data.description, sdp: change(data.description.sdp) } } : data;

    for (const type of ['offer', 'answer']) {
      for (const [place, change] of Object.entries(PLACES)) {
        it(`connects nobody by an ${type} with its fingerprint in ${place}: identity-mismatch`, async () => {
          const [ada, bo] = [relay.guest('Ada', required('ada')), relay.guest('Bo', required('bo'))];
          relay.carry = swap(type, change);
          const errors = errorsOf(type === 'offer' ? bo : ada);
          await join(ada, bo);
          await until(() => errors.length > 0, 'it was noticed');
          expect(errors[0]).to.equal('identity-mismatch');
          expect([...seen(ada), ...seen(bo)].filter((view) => !view.includes('connecting'))).to.deep.equal([]);
        });
      }
    }

    it('changes nothing in a call by renegotiations and ICE restarts with its fingerprint', async () => {
      const [ada, bo] = [relay.guest('Ada', required('ada')), relay.guest('Bo', required('bo'))];
      await join(ada, bo);
      await until(() => seen(ada)[0] === 'BO connected vouched' && seen(bo)[0] === 'ADA connected vouched', 'they met');
      let swapped = 0;
      relay.carry = (data) => {
        if (!('description' in data)) return data;
        swapped++;
        return { description: { ...data.description, sdp: data.description.sdp.replace(/(a=fingerprint:sha-256 ).*/g, `$1${OTHER_HEX}`) } };
      };
      ada.room.publish({ source: 'camera', stream: movingPicture(160, 120, end.signal) });
      await until(() => swapped > 0, 'a renegotiation was tried');
      for (const pc of RecordedPc.made) pc.restartIce();
      const before = swapped;
      await until(() => swapped > before, 'an ICE restart was tried');
      const heard: unknown[] = [];
      bo.room.on('still', (payload) => { heard.push(payload); });
      ada.room.emit('still', 'here');
      await until(() => heard.length === 1, 'the call goes on');
      expect([seen(ada), seen(bo)]).to.deep.equal([['BO connected vouched'], ['ADA connected vouched']]);
      relay.carry = (data) => data;
      await untilSeen(bo.room); // What was meant comes through once it leaves the offers alone.
    });
  });

  describe('with vouches', () => {
    /** What Ada makes of Bo when the relay hands her another vouch. */
    async function handed(change: (vouch: string, bo: Guest) => string | Promise<string>, options: Partial<RoomOptions> = {}) {
      const ada = relay.guest('Ada', required('ada', options));
      await ada.room.join();
      const errors = errorsOf(ada);
      RecordedPc.made = [];
      const bo = relay.guest('Bo');
      let changed: string | undefined;
      relay.announce = (to, announcement) => (to === ada.id && changed !== undefined ? { ...announcement, vouch: changed } : announcement);
      const honest = issuer.forPerson('bo');
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
      iss: 'x', aud: 'rtc-elements/2', room: 'attic', pid: 'p2', sub: 'root', name: 'Root', roles: ['host'], iat: 1_800_000_000, nbf: 1,
      exp: 1_800_000_001, jti: 'again', cnf: { 'x5t#S256': OTHER_FP },
    };
    it('altered in any field: vouch-signature, or vouch-malformed where it is none any more', async () => {
      for (const [field, value] of Object.entries(FIELDS)) {
        const errors = await handed((vouch) => rewrite(vouch, 1, (claims) => ({ ...claims, [field]: value })));
        expect(errors, field).to.deep.equal([field === 'iat' || field === 'exp' ? 'vouch-malformed' : 'vouch-signature']);
        relay.close();
        relay = new HostileRelay();
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
        expect(await handed((_vouch, bo) => issuer.sign(said(bo)))).to.deep.equal([code]);
      });
    }

    it('of a stranger, or of another issuer than the page expects', async () => {
      const stranger = await TestIssuer.make();
      const said = (bo: Guest) => ({ room: 'test', pid: bo.id, fp: OTHER_FP, sub: 'bo' });
      expect(await handed((_vouch, bo) => stranger.sign(said(bo)))).to.deep.equal(['vouch-key-unknown']);
      relay.close();
      relay = new HostileRelay();
      const options = { vouchIssuer: issuer.name };
      expect(await handed((_vouch, bo) => issuer.sign({ ...said(bo), iss: 'https://other.example' }), options)).to.deep.equal(['vouch-issuer']);
    });

    it('under which somebody else borrows their key: the real owner says which vouch is theirs', async () => {
      for (const requireVouch of [false, true]) {
        const [ada, bo] = pair((sub) => vouched(sub, { requireVouch }));
        // Mallory is a member of the issuer's, and asks it to vouch for Bo's key under Bo's id as their own.
        let borrowed = '';
        const honest = issuer.forPerson('bo');
        bo.room.configure({ getVouch: async (request) => {
          borrowed = await issuer.sign({ room: request.room, pid: request.participant, fp: request.fp, sub: 'mallory', name: 'Mallory' });
          return honest(request);
        } });
        relay.announce = (_to, announcement) => (announcement.id === bo.id ? { ...announcement, vouch: borrowed } : announcement);
        const errors = errorsOf(ada);
        await join(ada, bo);
        await until(() => errors.includes('hello-mismatch'), 'Ada noticed');
        expect(ada.room.snapshot.participants.filter(({ name, state }) => name === 'Mallory' || state === 'connected')).to.deep.equal([]);
        relay.close();
        relay = new HostileRelay();
      }
    });

    it('that come after the hello raise nobody, and a renewal that names somebody else changes nothing: vouch-subject', async () => {
      const ada = relay.guest('Ada', vouched('ada'));
      const [bo, cleo] = [relay.guest('Bo', vouched('bo')), relay.guest('Cleo')];
      const errors = errorsOf(ada);
      await join(ada, bo, cleo);
      const views = () => ada.room.snapshot.participants.map(({ name, state, identity }) => `${name} ${state} ${identity}`).sort();
      const met = ['BO connected vouched', 'Cleo connected unverified'];
      await until(() => JSON.stringify(views()) === JSON.stringify(met), 'everyone met');
      for (const { id, signaling: { announcement } } of [bo, cleo]) {
        const vouch = await issuer.sign({ room: 'test', pid: id, fp: announcement.fp ?? '', sub: 'mallory', name: 'Mallory' });
        relay.deceive(ada.id, 'announced', { ...announcement, name: 'Mallory', vouch });
      }
      await until(() => errors.includes('vouch-subject'), 'the renewal was looked at');
      await until(() => views().includes('Mallory connected unverified'), 'a name of one\'s own is free');
      expect(views()).to.deep.equal(['BO connected vouched', 'Mallory connected unverified']);
      expect(ada.room.snapshot.participants.find(({ id }) => id === bo.id)?.vouched).to.deep.equal({
        issuer: issuer.name, byRelay: false, sub: 'bo', name: 'BO',
      });
    });
  });

  describe('with the roster', () => {
    it('adds a ghost: no connection to who is vouched for by nobody, or by what belongs to somebody else', async () => {
      const ada = relay.guest('Ada', required('ada'));
      const bo = relay.guest('Bo', required('bo'));
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
        relay.deceive(ada.id, 'announced', ghost);
        relay.deceive(ada.id, 'init-offer', { source: ghost.id });
        relay.deceive(ada.id, 'envelope', { source: ghost.id, data: { description: { type: 'offer', sdp } } });
      }
      await until(() => ada.room.snapshot.participants.filter(({ reason }) => reason?.startsWith('vouch-')).length === 3, 'all were refused');
      expect(errors.sort()).to.deep.equal(['vouch-missing', 'vouch-missing', 'vouch-participant']);
      expect(RecordedPc.made.length).to.equal(length);
      ghostPc.close();
    });

    it('adds a ghost with somebody\'s key, whom nobody requires a vouch of: one key, one participant', async () => {
      const [ada, bo] = [relay.guest('Ada'), relay.guest('Bo')];
      await join(ada, bo);
      await until(() => seen(ada)[0] === 'Bo connected unverified', 'they met');
      const errors = errorsOf(ada);
      let offer: Signal | undefined;
      relay.carry = (data, source) => {
        if (source === bo.id && 'description' in data) offer = data;
        return data;
      };
      bo.room.publish({ source: 'camera', stream: movingPicture(160, 120, end.signal) });
      await until(() => offer, 'Bo said something');
      relay.deceive(ada.id, 'announced', { id: 'ghost', name: 'Ghost', engine: { v: 1 } });
      const sdp = offer && 'description' in offer ? offer.description.sdp : '';
      relay.deceive(ada.id, 'envelope', { source: 'ghost', data: { description: { type: 'offer', sdp } } });
      await until(() => errors.includes('identity-mismatch'), 'the second is refused');
      expect(seen(ada)).to.deep.equal(['Bo connected unverified']);
    });

    it('hides somebody: they meet nobody, and nobody is taken for them', async () => {
      const [ada, bo, cleo] = ['ada', 'bo', 'cleo'].map((sub) => relay.guest(sub, required(sub))) as [Guest, Guest, Guest];
      relay.announce = (to, announcement) => (to === ada.id && announcement.id === bo.id ? undefined : announcement);
      await join(ada, bo, cleo);
      await until(() => seen(ada).includes('CLEO connected vouched') && seen(bo).includes('CLEO connected vouched'), 'the others met');
      expect(seen(ada)).to.deep.equal(['CLEO connected vouched']);
      expect(seen(bo).sort()).to.deep.equal(['CLEO connected vouched', 'ada connecting unverified']);
    });

    it('delays all it tells, and mixes up the candidates: they meet all the same, as who they are', async () => {
      relay = new HostileRelay({ delayMs: () => Math.random() * 60 });
      const held: (() => void)[] = [];
      const forward = relay.forward.bind(relay);
      relay.forward = (source, target, data) => {
        if ('description' in data) { forward(source, target, data); return; }
        held.push(() => { forward(source, target, data); });
        setTimeout(() => { held.splice(Math.floor(Math.random() * held.length), 1)[0]?.(); }, 100 + Math.random() * 60);
      };
      const guests = ['ada', 'bo', 'cleo'].map((sub) => relay.guest(sub, required(sub)));
      await Promise.all(guests.map(({ room }) => room.join()));
      const hasMetAll = (guest: Guest) => seen(guest).filter((view) => view.endsWith('connected vouched')).length === 2;
      await until(() => guests.every(hasMetAll), 'all met', 20_000);
    }).timeout(25_000);
  });
});
