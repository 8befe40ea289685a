import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { movingPicture, tone } from '../../test/support/pictures.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';

describe('encodings', () => {
  let party: Party;
  let end: AbortController;

  beforeEach(() => {
    recordPcs();
    party = new Party();
    end = new AbortController();
  });

  afterEach(() => {
    party.close();
    end.abort();
    stopRecording();
  });

  const senders = (kind: string) => RecordedPc.made.flatMap((pc) => pc.getSenders()).filter(({ track }) => track?.kind === kind);
  const all = <T>(kind: string, of: (encoding: RTCRtpEncodingParameters) => T) =>
    senders(kind).map((sender) => of(sender.getParameters().encodings[0] as RTCRtpEncodingParameters));

  for (const order of ['publishes, then meets', 'meets, then publishes', 'comes as the newcomer']) {
    it(`hold for one who ${order}`, async () => {
      const [ada, bo] = [party.guest('Ada'), party.guest('Bo')];
      const publish = () => {
        ada.room.publish({
          source: 'camera', stream: movingPicture(320, 240, end.signal),
          encodings: { video: { maxBitrate: 200_000, maxFramerate: 12, scaleResolutionDownBy: 2, priority: 'high' } },
        });
      };
      if (!order.startsWith('meets')) publish();
      const entering = order.startsWith('comes') ? [bo, ada] : [ada, bo];
      for (const { room } of entering) await room.join();
      await party.allMet();
      if (order.startsWith('meets')) publish();
      await until(() => all('video', ({ maxBitrate }) => maxBitrate).join() === '200000', 'the bitrate holds');
      expect(all('video', ({ maxFramerate, scaleResolutionDownBy, priority }) => [maxFramerate, scaleResolutionDownBy, priority]))
        .to.deep.equal([[12, 2, 'high']]);
    });
  }

  it('change during a call without an offer, and hold for late joiners', async () => {
    const [ada] = await party.pair();
    const publication = ada.room.publish({ source: 'microphone', stream: tone(end.signal) });
    await until(() => senders('audio')[0]?.transport?.state === 'connected' && all('audio', () => 1).length === 1, 'it is sent');
    let offers = 0;
    for (const pc of RecordedPc.made) pc.addEventListener('negotiationneeded', () => { offers++; });
    publication.setEncodings({ audio: { maxBitrate: 24_000 } });
    await until(() => all('audio', ({ maxBitrate }) => maxBitrate).join() === '24000', 'it changed');
    expect(offers).to.equal(0);
    publication.setEncodings({});
    await until(() => all('audio', ({ maxBitrate }) => maxBitrate).join() === '', 'it is without limits again');
    publication.setEncodings({ audio: { maxBitrate: 16_000 } });
    await party.enter('Cy');
    await until(() => all('audio', ({ maxBitrate }) => maxBitrate).join() === '16000,16000', 'it holds for both');
  });

  it('order the codecs before the first offer', async () => {
    const [ada, bo] = [party.guest('Ada'), party.guest('Bo')];
    ada.room.publish({ source: 'camera', stream: movingPicture(320, 240, end.signal), encodings: { video: { codecs: ['video/VP9', 'VP8'] } } });
    await ada.room.join();
    await bo.room.join();
    await until(() => senders('video')[0]?.getParameters().codecs.length, 'it was negotiated');
    const names = senders('video')[0]?.getParameters().codecs.map(({ mimeType }) => mimeType) ?? [];
    const places = ['video/VP9', 'video/VP8', 'video/H264', 'video/AV1'].map((name) => names.indexOf(name));
    expect(places[0]).to.equal(0);
    expect(places.slice(2).every((place) => place < 0 || place > (places[1] ?? 0))).to.equal(true);
  });

  it('change the codec during a call without an offer', async () => {
    const [ada] = await party.pair();
    const publication = ada.room.publish({ source: 'camera', stream: movingPicture(320, 240, end.signal) });
    let codec = '';
    const sent = async () => {
      for (const [, entry] of (await senders('video')[0]?.getStats() ?? []) as unknown as Iterable<[string, RTCOutboundRtpStreamStats & RTCRtpCodec]>) {
        if (entry.type === 'codec') codec = entry.mimeType;
      }
    };
    await until(() => { void sent(); return codec === 'video/VP8'; }, 'it is sent');
    let offers = 0;
    for (const pc of RecordedPc.made) pc.addEventListener('negotiationneeded', () => { offers++; });
    publication.setEncodings({ video: { codecs: ['none', 'vp9'] } });
    await until(() => { void sent(); return codec === 'video/VP9'; }, 'it is sent in another way');
    publication.setEncodings({ video: { codecs: ['VP8'] } });
    await until(() => { void sent(); return codec === 'video/VP8'; }, 'it is sent as before');
    expect(offers).to.equal(0);
  });

  it('give the track its hint, each that is published after it too', async () => {
    const [ada] = await party.enter('Ada');
    const [one, other] = [movingPicture(64, 64, end.signal), movingPicture(64, 64, end.signal)].map((stream) => stream.getVideoTracks()[0]!);
    const publication = ada!.room.publish({ source: 'slides', stream: new MediaStream([one!]), encodings: { video: 'detail' } });
    publication.replaceTrack('video', other!);
    expect([one!.contentHint, other!.contentHint]).to.deep.equal(['detail', 'detail']);
    expect(() => { publication.setEncodings({ video: { maxBitrate: -1 } }); }).to.throw(TypeError);
  });
});
