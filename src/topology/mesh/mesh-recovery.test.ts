import { expect } from '@open-wc/testing';
import { Party, lifecycleOf, present } from '../../../test/support/guests.ts';
import { randomFrom } from '../../../test/support/random.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../../test/support/recorded-pcs.ts';
import { until } from '../../../test/support/until.ts';
import { fingerprintFromHex } from '../../negotiation/check-description.ts';
import type { Guest } from '../../../test/support/guests.ts';
import type { LoopbackOptions } from '../../signaling/loopback-signaling.ts';
import type { Signal } from '../../protocol/wire.ts';

const sound = () => new AudioContext().createMediaStreamDestination().stream;
const OTHER_FP = Array.from({ length: 32 }, () => 'AB').join(':');

describe('MeshTopology', () => {
  let party: Party;

  const start = (options?: LoopbackOptions) => (party = new Party(options));

  beforeEach(() => {
    recordPcs();
    start();
  });

  afterEach(() => {
    party.close();
    stopRecording();
  });

  /** Everything of a kind that crosses the relay from now on, which a test may change on its way. */
  function tap(change: (data: Signal) => Signal = (data) => data): Signal[] {
    const seen: Signal[] = [];
    const { relay } = party;
    const forward = relay.forward.bind(relay);
    relay.forward = (source, target, data) => {
      seen.push(data);
      forward(source, target, change(data));
    };
    return seen;
  }
  const live = () => RecordedPc.made.filter(({ signalingState }) => signalingState !== 'closed');

  describe('counts what need not vary', () => {
    it('one offer and one answer, though both bring streams of their own', async () => {
      const seen = tap();
      const [ada, bo] = [party.guest('Ada'), party.guest('Bo')];
      const cameras = [await fake('video'), await fake('video')];
      ada.room.publish({ source: 'camera', stream: cameras[0]! });
      bo.room.publish({ source: 'camera', stream: cameras[1]! });
      bo.room.publish({ source: 'microphone', stream: sound() });
      await ada.room.join();
      await bo.room.join();
      const shows = ({ room }: Guest) => room.snapshot.participants[0]?.tracks.filter(({ track }) => track).length ?? 0;
      await until(() => shows(ada) === 2 && shows(bo) === 1, 'each sees the other\'s');
      const descriptions = seen.flatMap((data) => ('description' in data ? [data.description.type] : []));
      expect(descriptions).to.deep.equal(['offer', 'answer']);
    });

    it('28 connections when eight join at once', async () => {
      await party.enter('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H');
      await party.allMet();
      expect(live().length).to.equal(2 * 28);
      expect(RecordedPc.made.length).to.equal(2 * 28);
    }).timeout(30_000);

    it('nothing left when everyone has gone', async () => {
      const [ada] = await party.pair();
      await ada.room.leave();
      party.close();
      expect(live()).to.deep.equal([]);
    });
  });

  describe('opens no connection', () => {
    it('to someone the relay has not announced, whatever they send', async () => {
      const [ada] = await party.enter('Ada');
      const foreign = new RTCPeerConnection();
      foreign.createDataChannel('x');
      const { sdp = '' } = await foreign.createOffer();
      foreign.close();
      RecordedPc.made = [];
      ada!.signaling.deliver('envelope', { source: 'stranger', data: { description: { type: 'offer', sdp } } });
      ada!.signaling.deliver('init-offer', { source: 'stranger' });
      const [bo] = await party.enter('Bo'); // Behind both: had they been taken up, it would show.
      await until(() => present(ada!).length === 1, 'Bo is here');
      expect(RecordedPc.made.length).to.equal(2);
      expect(ada!.room.snapshot.participants.map(({ id }) => id)).to.deep.equal([bo!.id]);
    });

    it('where a fingerprint was swapped on the way', async () => {
      tap((data) => ('description' in data
        ? { description: { ...data.description, sdp: data.description.sdp.replace(/(a=fingerprint:sha-256 ).*/g, `$1${OTHER_FP}`) } } : data));
      const [ada, bo] = [party.guest('Ada'), party.guest('Bo')];
      const told = lifecycleOf(bo);
      await ada.room.join();
      await bo.room.join();
      await until(() => told.includes('error identity-mismatch'), 'it was noticed');
      expect(told).to.deep.equal(['state-changed', 'state-changed', 'joined', 'error identity-mismatch']);
      expect([present(ada), present(bo)]).to.deep.equal([[], []]);
    });

    it('where one more fingerprint was added on the way, first or last', async () => {
      let first = true;
      tap((data) => {
        if (!('description' in data)) return data;
        const line = `a=fingerprint:sha-256 ${OTHER_FP}`;
        const { sdp } = data.description;
        return { description: { ...data.description, sdp: first ? sdp.replace('\r\nm=', `\r\n${line}\r\nm=`) : `${sdp}${line}\r\n` } };
      });
      for (const where of ['first', 'last']) {
        first = where === 'first';
        const guests = [party.guest('Ada'), party.guest('Bo')];
        const told = lifecycleOf(guests[1]!);
        for (const { room } of guests) await room.join();
        await until(() => told.includes('error identity-mismatch'), `${where} was noticed`);
        expect(guests.flatMap(present)).to.deep.equal([]);
        for (const { room } of guests) room.close();
      }
    });
  });

  describe('takes one fingerprint for one participant', () => {
    for (const whose of ['of someone who is connected', 'of my own'] as const) {
      it(`and refuses whoever comes with that ${whose}`, async () => {
        const printOf = new Map<string, string>();
        const { relay } = party;
        const [forward, enter] = [relay.forward.bind(relay), relay.enter.bind(relay)];
        const print = /a=fingerprint:sha-256 (.*)/g;
        const stolenBy = new Map<string, string>();
        relay.forward = (source, target, data) => {
          if (!('description' in data)) { forward(source, target, data); return; }
          printOf.set(source, [...data.description.sdp.matchAll(print)][0]![1]!);
          const stolen = stolenBy.get(source);
          const { sdp } = data.description;
          forward(source, target, {
            description: { ...data.description, sdp: stolen ? sdp.replace(print, `a=fingerprint:sha-256 ${stolen}`) : sdp },
          });
        };
        const [ada, bo] = await party.pair();
        const told = lifecycleOf(ada);
        const mallory = party.guest('Mallory');
        const stolen = printOf.get(whose === 'of my own' ? ada.id : bo.id)!;
        stolenBy.set(mallory.id, stolen);
        const fp = fingerprintFromHex(stolen);
        relay.enter = (newcomer, answer) => {
          newcomer.announcement = { ...newcomer.announcement, fp };
          enter(newcomer, answer);
        };
        await mallory.room.join();
        await until(() => told.includes('error identity-mismatch'), 'it was noticed');
        expect([present(ada), told.filter((line) => line.startsWith('participant'))]).to.deep.equal([['Bo'], []]);
      });
    }
  });

  it('lets no forged description end a call, whichever pc it claims to come from', async () => {
    const seen = tap();
    const [ada, bo] = await party.pair();
    const told = [...party.guests].map(lifecycleOf);
    const sdp = seen.flatMap((data) => ('description' in data ? [data.description.sdp] : []))[0]!
      .replace(/(a=fingerprint:sha-256 ).*/g, `$1${OTHER_FP}`);
    for (const forged of [sdp, sdp.replace(/^(o=\S+ )\d+/m, '$1123456789')]) {
      for (const type of ['offer', 'answer'] as const) {
        ada.signaling.deliver('envelope', { source: bo.id, data: { description: { type, sdp: forged } } });
      }
    }
    const heard: unknown[] = [];
    bo.room.on('still', (payload) => heard.push(payload));
    // Behind the forged ones on Ada's link: had one been taken up, she would have nobody to tell.
    ada.signaling.deliver('relayed', { event: 'behind', body: 1 });
    await new Promise<void>((resolve) => { ada.room.server.on('behind', () => { resolve(); }); });
    ada.room.emit('still', 'here');
    await until(() => heard.length === 1, 'it was heard');
    expect([told, RecordedPc.made.length, live().length]).to.deep.equal([[[], []], 2, 2]);
  });

  describe('heals', () => {
    for (const which of [0, 1]) {
      it(`a pc that was closed abruptly at end ${which}: both are connected again, and nobody is doubled`, async () => {
        const [ada, bo] = await party.pair();
        const before = [...RecordedPc.made];
        before[which]!.close();
        await until(() => live().length === 2 && live().every((pc) => !before.includes(pc) && pc.connectionState === 'connected'), 'new pcs are connected');
        await party.allMet();
        expect([present(ada), present(bo)]).to.deep.equal([['Bo'], ['Ada']]);
        const heard: unknown[] = [];
        bo.room.on('again', (payload) => heard.push(payload));
        ada.room.emit('again', 1);
        await until(() => heard.length === 1, 'events flow again');
      });
    }

    it('a break in the middle of a negotiation, whichever side\'s', async () => {
      for (const which of [0, 1]) {
        start({ delayMs: () => 5 });
        const pair = await party.pair();
        const [mine, other] = [pair[which]!, pair[1 - which]!];
        // Both offer; one of them loses its link while both offers are under way.
        mine.room.publish({ source: 'camera', stream: await fake('video') });
        other.room.publish({ source: 'camera', stream: await fake('video') });
        await until(() => live().some(({ signalingState }) => signalingState === 'have-local-offer'), 'offers are under way');
        mine.signaling.break();
        mine.signaling.restore();
        await until(() => pair.every(({ room }) => room.snapshot.participants[0]?.tracks.some(({ track }) => track)), `both see both (${which})`);
        party.close();
      }
    });

    it('random breaks while both toggle, with nobody lost', async () => {
      const SEED = 7;
      const random = randomFrom(SEED);
      start({ delayMs: () => random() * 10 });
      const pair = await party.pair();
      const told = pair.flatMap(lifecycleOf);
      for (let round = 0; round < 10; round++) {
        const one = pair[Math.floor(random() * 2)]!;
        const stream = await fake(random() < 0.5 ? 'audio' : 'video');
        const publication = one.room.publish({ source: `s${round}`, stream });
        if (random() < 0.6) {
          one.signaling.break();
          one.signaling.restore();
        }
        if (random() < 0.5) one.room.unpublish(publication);
      }
      const published = ({ room }: Guest) => room.snapshot.local.tracks.length;
      const seen = ({ room }: Guest) => room.snapshot.participants[0]?.tracks.filter(({ track }) => track).length;
      await until(() => seen(pair[0]) === published(pair[1]) && seen(pair[1]) === published(pair[0]), `each sees the other's (seed ${SEED})`);
      expect(told).not.to.include('participant-left');
    });
  });
});

/** A stream that nothing captures: no prompt, no device. */
async function fake(kind: 'audio' | 'video'): Promise<MediaStream> {
  if (kind === 'audio') return sound();
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  return Promise.resolve(canvas.captureStream(0));
}
