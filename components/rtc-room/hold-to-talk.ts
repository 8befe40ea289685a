import { RoomRequestEvent } from '../internal/room-request.ts';
import type { MessageKey } from '../internal/messages.ts';
import type { RoomHost } from '../internal/room-request.ts';

/**
 * A microphone that is off is on while Space is held. Only where it was on for this call before, in the lobby or since: whoever
 * leans on a key is asked for nothing. It goes off with the key, and with everything after which its release may not be heard.
 *
 * @param signal - The room's stay in the page; it ends with it.
 * @returns to be called with Space going down
 */
export function holdToTalk(host: RoomHost, tell: (key: MessageKey) => void, signal: AbortSignal): (event: KeyboardEvent) => void {
  let held: AbortController | undefined;
  const release = () => {
    held?.abort();
    held = undefined;
    const { state } = host.room.snapshot.local.microphone;
    if (state !== 'off') host.room.disable('microphone');
    if (state === 'on') tell('microphone-off');
  };
  const hold = async ({ signal: released }: AbortController) => {
    const view = host.ownerDocument.defaultView ?? window;
    const on = { signal: released, capture: true };
    view.addEventListener('keyup', ({ code, key }) => { if (code === 'Space' || key === ' ') release(); }, on);
    // macOS tells of no release while Command is down.
    view.addEventListener('keydown', ({ metaKey }) => { if (metaKey) release(); }, on);
    view.addEventListener('blur', ({ target }) => { if (target === view) release(); }, on);
    host.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && host.contains(relatedTarget))) release();
    }, on);
    signal.addEventListener('abort', release, on);
    const request = new RoomRequestEvent(({ room }) => room.enable('microphone'));
    host.dispatchEvent(request);
    if (await request.outcome && !released.aborted) tell('microphone-on');
  };
  return (event) => {
    const { microphone: { state, deviceId }, tracks } = host.room.snapshot.local;
    // One that the page publishes itself has no device of ours.
    const wasOn = deviceId !== undefined && tracks.some(({ source }) => source === 'microphone');
    const mayStart = !event.repeat && state === 'off' && wasOn;
    if (held || mayStart) event.preventDefault(); // It would scroll.
    if (!held && mayStart) void hold(held = new AbortController());
  };
}
