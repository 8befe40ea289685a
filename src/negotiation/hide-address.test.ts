import { expect } from '@open-wc/testing';
import { until } from '../../test/support/until.ts';
import { Negotiator } from './negotiator.ts';
import type { CandidateSignal, DescriptionSignal } from '../protocol/wire.ts';

const TURNED = 'candidate:2 1 UDP 92216831 198.51.100.1 57730 typ relay raddr';
const OTHERS = 'candidate:1 1 UDP 1686052863 203.0.113.7 51939 typ srflx raddr 192.0.2.7 rport 51939';

describe('what a Negotiator sends', () => {
  let scope: AbortController;
  let pc: RTCPeerConnection;
  let sent: (CandidateSignal | DescriptionSignal)[];
  beforeEach(() => {
    scope = new AbortController();
    pc = new RTCPeerConnection();
    sent = [];
    const ignore = () => {};
    new Negotiator(pc, {
      polite: true, send: (signal) => { sent.push(signal); },
      beforeAnswer: ignore, onError: ignore, onStuck: ignore, scope: scope.signal,
    });
  });
  afterEach(() => {
    scope.abort();
    pc.close();
  });

  for (const address of ['203.0.113.7 rport 51939', '2001:db8::7 rport 9']) {
    it(`hides what stands behind a TURN candidate: ${address}`, () => {
      for (const candidate of [`${TURNED} ${address} generation 0`, OTHERS]) {
        pc.dispatchEvent(new RTCPeerConnectionIceEvent('icecandidate', { candidate: new RTCIceCandidate({ candidate, sdpMid: '0' }) }));
      }
      const told = sent.map((signal) => 'candidate' in signal && signal.candidate);
      expect(told.map((one) => one && one.candidate)).to.deep.equal([`${TURNED} 0.0.0.0 rport 0 generation 0`, OTHERS]);
      expect(told.map((one) => one && one.sdpMid)).to.deep.equal(['0', '0']);
    });

    it(`hides it in descriptions as well: ${address}`, async () => {
      const sdp = ['v=0', `a=${TURNED} ${address}`, `a=${OTHERS}`, `a=${TURNED} ${address}`, ''].join('\r\n');
      Object.defineProperty(pc, 'localDescription', { value: { type: 'offer', sdp } });
      pc.createDataChannel('any');
      const told = () => sent.flatMap((signal) => 'description' in signal ? signal.description.sdp : []);
      await until(() => told().length > 0, 'an offer is sent');
      expect(told()[0]).to.equal(['v=0', `a=${TURNED} 0.0.0.0 rport 0`, `a=${OTHERS}`, `a=${TURNED} 0.0.0.0 rport 0`, ''].join('\r\n'));
    });
  }
});
