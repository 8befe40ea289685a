import { diagnose } from '../diagnosis/diagnose.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import { childScope, onEnd, within } from '../shared/scope.ts';
import { Attendance } from './attendance.ts';
import type { IceServer } from '../protocol/wire.ts';
import type { Tell } from '../diagnosis/finding.ts';

/** For `room.diagnose`: loaded with the first who asks. */
export function diagnoseRoom(attendance: Attendance, tell: Tell, scope: AbortSignal): Promise<void> {
  const { server = '' } = attendance.options;
  const isLoopback = server === 'loopback';
  const iceServers = (end: AbortSignal) => attendance.session?.topology.insight?.iceServers() ?? askInEmptyRoom(attendance, end);
  return diagnose({ server: isLoopback ? undefined : server, iceServers }, tell, scope);
}

/** The relay gives them to who is in a room, so one is entered where nobody else is: nobody notices, and no host is asked. */
async function askInEmptyRoom({ options, topologyFactory }: Attendance, scope: AbortSignal): Promise<readonly IceServer[]> {
  const { server, token, getToken, log } = options;
  const probe = new Attendance({
    name: `diagnosis-${randomId(12)}`, ...(server !== undefined && { server }), ...(token !== undefined && { token }),
    ...(getToken && { getToken }), ...(log && { log }),
  }, topologyFactory, () => {});
  const end = childScope(scope);
  onEnd(end.signal, () => { probe.close(); });
  try {
    probe.store.subscribe(({ state }) => {
      if (state === 'waiting') end.abort(new RoomError('knock-refused', 'Rooms here have a host who would be asked.'));
    }, { signal: end.signal });
    await within(end.signal, probe.join());
    return await probe.session?.topology.insight?.iceServers() ?? [];
  } finally {
    end.abort();
  }
}
