import { lazilyFor } from '../internal/lazily-for.ts';
import { RoomRequestEvent } from '../internal/room-request.ts';
import type { RoomAction, RoomHost } from '../internal/room-request.ts';

/** A second click on the same button asks for nothing new. */
const isIdle = ({ room }: RoomHost) => room.snapshot.state === 'idle';

async function showList(host: RoomHost): Promise<void> {
  const { showShortcuts } = await lazilyFor(host, () => import('./shortcut-list.ts'))();
  showShortcuts(host);
}

export const COMMANDS: ReadonlyMap<string, RoomAction> = new Map<string, RoomAction>([
  ['--join', (host) => isIdle(host) ? host.join() : undefined],
  ['--leave', (host) => isIdle(host) ? undefined : host.leave()],
  ['--toggle-microphone', (host) => host.toggle('microphone')],
  ['--toggle-camera', (host) => host.toggle('camera')],
  ['--toggle-screen', (host) => host.toggle('screen')],
  ['--raise-hand', ({ room }) => room.raiseHand(room.snapshot.local.hand === undefined)],
  ['--toggle-chat', (host) => { host.togglePanel('chat'); }],
  ['--toggle-participants', (host) => { host.togglePanel('participants'); }],
  ['--show-shortcuts', (host) => showList(host)],
]);

/**
 * Invoker commands: `<button commandfor="room" command="--join">` (HTML, 4.10.6). Where the browser has none, clicks on such
 * buttons in the element's tree do the same.
 */
export function followCommands(target: HTMLElement, signal: AbortSignal): void {
  const run = (command: string | null) => {
    const action = COMMANDS.get(command ?? '');
    if (action) target.dispatchEvent(new RoomRequestEvent(action));
  };
  target.addEventListener('command', (event) => { run((event as CommandEvent).command); }, { signal });
  if ('commandForElement' in HTMLButtonElement.prototype) return;
  target.ownerDocument.addEventListener('click', (event) => {
    const [clicked] = event.composedPath();
    const button = clicked instanceof Element ? clicked.closest('button[commandfor]') : null;
    if (event.defaultPrevented || !target.id || button?.getAttribute('commandfor') !== target.id) return;
    if (button.getRootNode() === target.getRootNode()) run(button.getAttribute('command'));
  }, { signal });
}
