import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { movingPicture, tone } from '../../test/support/pictures.ts';
import { until } from '../../test/support/until.ts';
import type { StatsSample } from '../stats/sample.ts';

describe('RoomStats', () => {
  let party: Party;
  let end: AbortController;

  beforeEach(() => {
    party = new Party();
    end = new AbortController();
  });

  afterEach(() => {
    party.close();
    end.abort();
  });

  it('tells of real connections what can be told', async () => {
    const [ada, bo] = await party.pair();
    ada.room.publish({ source: 'slides', stream: movingPicture(320, 240, end.signal) });
    ada.room.publish({ source: 'microphone', stream: tone(end.signal) });
    const [sent, got]: [StatsSample[], StatsSample[]] = [[], []];
    ada.room.stats.watch((sample) => sent.push(sample), { intervalMs: 250, signal: end.signal });
    bo.room.stats.watch((sample) => got.push(sample), { intervalMs: 250, signal: end.signal, participant: ada.id });
    const streams = (samples: StatsSample[]) => samples.at(-1)?.streams
      .filter(({ bitsPerSecond }) => bitsPerSecond > 0).map(({ direction, source }) => `${direction} ${source}`).sort().join();
    await until(() => streams(sent) === 'sent microphone,sent slides', 'both are sent');
    await until(() => streams(got) === 'received microphone,received slides', 'both are received');
    await until(() => (got.at(-1)?.streams.find(({ source }) => source === 'slides')?.framesPerSecond ?? 0) > 1, 'pictures come');
    const last = got.at(-1)!;
    const slides = last.streams.find(({ source }) => source === 'slides');
    expect([last.participant, slides?.codec !== undefined, slides?.width !== undefined]).to.deep.equal([ada.id, true, true]);
    expect(last.path).to.deep.equal({ via: 'direct', protocol: 'udp' });
    expect(last.periodMs).to.be.above(200);
    expect(last.roundTripMs).to.be.a('number');
    expect(last.receivedBitsPerSecond).to.be.above(1000);
    expect(Object.isFrozen(last)).to.equal(true);
  });

  it('asks nothing of the browser while nobody watches, and once a participant however many do', async () => {
    const getStats = Reflect.get(RTCPeerConnection.prototype, 'getStats');
    let asked = 0;
    RTCPeerConnection.prototype.getStats = function counted(this: RTCPeerConnection) {
      asked++;
      return getStats.call(this);
    };
    try {
      const [ada] = await party.pair();
      expect(asked).to.equal(0);
      const samples: string[] = [];
      const stops = ['a', 'b', 'c'].map((name) => ada.room.stats.watch(() => samples.push(name), { intervalMs: 250 }));
      await until(() => samples.length >= 9, 'each was told three times');
      expect(samples.slice(0, 9).sort().join('')).to.equal('aaabbbccc');
      // Each that comes asks at once, then it is one for all.
      expect(asked).to.be.within(4, 8);
      for (const stop of stops) stop();
      const [told, before] = [samples.length, asked];
      await party.enter('Cy');
      await party.allMet();
      await until(() => party.guests.length === 3, 'something else happened');
      expect([samples.length, asked]).to.deep.equal([told, before]);
    } finally {
      RTCPeerConnection.prototype.getStats = getStats;
    }
  });

  it('tells who speaks', async () => {
    const [ada, bo, cy] = await party.enter('Ada', 'Bo', 'Cy');
    await party.allMet();
    const told: (string | undefined)[] = [];
    cy!.room.stats.watchSpeaker((id) => told.push(id), { signal: end.signal });
    // Levels are those of what is played.
    cy!.room.lifecycle.on('track-added', ({ track: { track } }) => {
      if (track) void Object.assign(new Audio(), { srcObject: new MediaStream([track]), muted: true }).play();
    }, { signal: end.signal });
    const publication = ada!.room.publish({ source: 'microphone', stream: tone(end.signal) });
    await until(() => told.at(-1) === ada!.id, 'Ada speaks');
    ada!.room.unpublish(publication);
    bo!.room.publish({ source: 'microphone', stream: tone(end.signal) });
    await until(() => told.at(-1) === bo!.id, 'Bo speaks');
    await bo!.room.leave();
    await until(() => told.at(-1) === undefined, 'nobody who is here has spoken');
  });
});
