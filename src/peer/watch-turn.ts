import { RoomError } from '../shared/errors.ts';

/** RFC 8489 and 8656: Unauthorized, Forbidden, Stale Nonce (browsers try again with the new one first), Wrong Credentials. */
const REFUSED: ReadonlySet<number> = new Set([401, 403, 438, 441]);

/** Tells once for each gathering that a TURN server refused the credentials. The call goes on with what else there is. */
export function watchTurn(pc: RTCPeerConnection, onRefused: (error: RoomError) => void, scope: AbortSignal): void {
  let told = false;
  pc.addEventListener('icegatheringstatechange', () => { told &&= pc.iceGatheringState !== 'gathering'; }, { signal: scope });
  pc.addEventListener('icecandidateerror', ({ errorCode, errorText, url }) => {
    if (told || !REFUSED.has(errorCode)) return;
    told = true;
    onRefused(new RoomError('turn-refused', `${url} answered ${errorCode} ${errorText}`.trim()));
  }, { signal: scope });
}
