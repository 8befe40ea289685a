import { after, onEnd } from '../shared/scope.ts';
import type { Finding } from './finding.ts';

const TIMEOUT_MS = 8000;

/** Two ends in this page: the browser and this machine alone, without relay, STUN or TURN. */
export async function checkLoop(scope: AbortSignal): Promise<Finding> {
  const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const end = new AbortController();
  const isHeard = await new Promise<boolean>((resolve) => {
    onEnd(scope, () => { resolve(false); }, end.signal);
    after(TIMEOUT_MS, end.signal, () => { resolve(false); });
    const fail = () => { resolve(false); };
    one.onicecandidate = ({ candidate }) => { other.addIceCandidate(candidate).catch(fail); };
    other.onicecandidate = ({ candidate }) => { one.addIceCandidate(candidate).catch(fail); };
    other.ondatachannel = ({ channel }) => { channel.onmessage = () => { resolve(true); }; };
    const dc = one.createDataChannel('diagnosis');
    dc.onopen = () => { dc.send('hello'); };
    connect(one, other).catch(fail);
  });
  end.abort();
  one.close();
  other.close();
  return isHeard ? { check: 'loop', state: 'good' } : { check: 'loop', state: 'bad', code: 'no-path' };
}

async function connect(one: RTCPeerConnection, other: RTCPeerConnection): Promise<void> {
  const offer = await one.createOffer();
  // Candidates follow their description: the far end has it before any is gathered.
  await other.setRemoteDescription(offer);
  await one.setLocalDescription(offer);
  const answer = await other.createAnswer();
  await one.setRemoteDescription(answer);
  await other.setLocalDescription(answer);
}
