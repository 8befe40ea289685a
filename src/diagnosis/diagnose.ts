/** Why does it not connect? Loaded when somebody asks. */
import { RoomError } from '../shared/errors.ts';
import { checkLoop } from './loop.ts';
import { checkPage } from './page.ts';
import { checkRelay, checkWebSocket } from './relay.ts';
import { checkCandidates, checkTurn } from './ways.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { IceServer } from '../protocol/wire.ts';
import type { Check, Finding, Tell } from './finding.ts';

export interface DiagnosisHost {
  /** None where participants need no relay, being in one page. */
  readonly server: string | undefined;
  /** What the relay gives who is in a room. @throws RoomError with the code of the refusal. */
  iceServers(scope: AbortSignal): Promise<readonly IceServer[]>;
}

/** Codes that are about the room of the check, and say nothing of those one would join. */
const OF_THE_ROOM: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'forbidden', 'invalid-room', 'room-locked', 'room-full', 'knock-refused', 'wrong-relay', 'join-timeout',
]);

/** Tells each finding as soon as it is there; from the page outwards, so that the first that is bad explains the rest. */
export async function diagnose({ server, iceServers }: DiagnosisHost, tell: Tell, scope: AbortSignal): Promise<void> {
  const hasWebRtc = await checkPage(tell);
  const skip = (...checks: Check[]) => { for (const check of checks) tell({ check, state: 'unknown', code: 'not-run' }); };

  let servers: readonly IceServer[] | undefined;
  if (server !== undefined) {
    const isThere = await reach(server, tell, scope);
    if (isThere && hasWebRtc) {
      servers = await iceServers(scope).catch((error: unknown) => { tell(refused(error)); return undefined; });
      if (servers) tell({ check: 'admission', state: 'good' });
    } else {
      skip('admission');
    }
  }
  scope.throwIfAborted();

  if (!hasWebRtc) { skip('candidates', 'turn-udp', 'turn-tcp', 'loop'); return; }
  const [candidates, turn, loop] = await Promise.all([
    checkCandidates(servers ?? [], scope), servers && checkTurn(servers, scope), checkLoop(scope),
  ]);
  scope.throwIfAborted();
  tell(candidates);
  if (turn) turn.forEach(tell); else if (server !== undefined) skip('turn-udp', 'turn-tcp');
  tell(loop);
}

/** @returns whether a WebSocket to the relay gets through */
async function reach(server: string, tell: Tell, scope: AbortSignal): Promise<boolean> {
  const relay = await checkRelay(server, scope);
  tell(relay);
  const webSocket = relay.state === 'good' ? await checkWebSocket(server, scope)
    : { check: 'websocket', state: 'unknown', code: 'not-run' } as const;
  tell(webSocket);
  return webSocket.state === 'good';
}

function refused(error: unknown): Finding {
  const code = error instanceof RoomError ? error.code : 'internal';
  return { check: 'admission', state: OF_THE_ROOM.has(code) ? 'unknown' : 'bad', code };
}
