import { expect } from '@open-wc/testing';
import { RecordedPc } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import { HostileStage, errorsOf, inDescriptions, join, seen, untilSeen } from './hostile-stage.testing.ts';

const OTHER_HEX = Array.from({ length: 32 }, () => 'AB').join(':');

describe('a relay that acts, with the envelopes alone', () => {
  let stage: HostileStage;

  beforeEach(async () => { stage = await HostileStage.open(); });
  afterEach(() => { stage.close(); });

  const PLACES: Record<string, (sdp: string) => string> = {
    'the session\'s first line': (sdp) => sdp.replace(/\r\nt=/, `\r\na=fingerprint:sha-256 ${OTHER_HEX}\r\nt=`),
    'the session\'s last line': (sdp) => sdp.replace(/\r\nm=/, `\r\na=fingerprint:sha-256 ${OTHER_HEX}\r\nm=`),
    'a media section\'s first line': (sdp) => sdp.replace(/(\r\nm=[^\r]*\r\nc=[^\r]*)/, `$1\r\na=fingerprint:sha-256 ${OTHER_HEX}`),
    'the last line': (sdp) => `${sdp}a=fingerprint:sha-256 ${OTHER_HEX}\r\n`,
    'every line': (sdp) => sdp.replace(/(a=fingerprint:sha-256 ).*/g, `$1${OTHER_HEX}`),
    'every line but one': (sdp) => sdp.replace(/(a=fingerprint:sha-256 ).*(?=[^]*a=fingerprint)/g, `$1${OTHER_HEX}`),
    // What may be reached with many certificates made in advance: all but the last octet is right.
    'every line, almost': (sdp) => sdp.replace(/(a=fingerprint:sha-256 .*)(..)/g, (_, head: string, octet: string) => `${head}${octet === '00' ? '01' : '00'}`),
    'no line': (sdp) => sdp.replace(/a=fingerprint:.*\r\n/g, ''),
  };
  for (const type of ['offer', 'answer']) {
    for (const [place, change] of Object.entries(PLACES)) {
      it(`connects nobody by an ${type} with its fingerprint in ${place}: identity-mismatch`, async () => {
        const [ada, bo] = stage.pair((sub) => stage.required(sub));
        stage.relay.carry = inDescriptions((sdp, of) => (of === type ? change(sdp) : sdp));
        const errors = errorsOf(type === 'offer' ? bo : ada);
        await join(ada, bo);
        await until(() => errors.length > 0, 'it was noticed');
        expect(errors[0]).to.equal('identity-mismatch');
        expect([...seen(ada), ...seen(bo)].filter((view) => !view.includes('connecting'))).to.deep.equal([]);
      });
    }
  }

  it('changes nothing in a call by renegotiations and ICE restarts with its fingerprint', async () => {
    const [ada, bo] = [stage.relay.guest('Ada', stage.required('ada')), stage.relay.guest('Bo', stage.required('bo'))];
    await join(ada, bo);
    await until(() => seen(ada)[0] === 'BO connected vouched' && seen(bo)[0] === 'ADA connected vouched', 'they met');
    let swapped = 0;
    const places = Object.values(PLACES);
    stage.relay.carry = inDescriptions((sdp) => places[swapped++ % places.length]?.(sdp) ?? '');
    stage.sendPicture(ada);
    await until(() => swapped > 0, 'a renegotiation was tried');
    // On every line once: each ICE restart takes another turn.
    while (swapped < places.length) {
      const before = swapped;
      for (const pc of RecordedPc.made) pc.restartIce();
      await until(() => swapped > before, 'an ICE restart was tried');
    }
    const heard: unknown[] = [];
    bo.room.on('still', (payload) => { heard.push(payload); });
    ada.room.emit('still', 'here');
    await until(() => heard.length === 1, 'the call goes on');
    expect([seen(ada), seen(bo)]).to.deep.equal([['BO connected vouched'], ['ADA connected vouched']]);
    stage.relay.carry = (data) => data;
    await untilSeen(bo.room); // What was meant comes through once it leaves the offers alone.
  });
});
