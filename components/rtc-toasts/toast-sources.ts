import { errorText } from '../internal/messages.ts';
import { nameLabels, plainName } from '../internal/name-labels.ts';
import { onPassing } from '../internal/passings.ts';
import type { Room } from '../../src/index.ts';
import type { RoomController } from '../controllers/room-controller.ts';
import type { Text } from '../internal/messages.ts';
import type { Passing } from '../internal/passings.ts';
import type { FileShelf } from '../rtc-files/file-shelf.ts';
import type { Speech, ToastQueue } from './toast-queue.ts';

export const KINDS = ['joined', 'left', 'muted', 'errors', 'files'] as const;
export type Kind = (typeof KINDS)[number];

export interface Sources {
  readonly queue: ToastQueue;
  readonly shelf: FileShelf;
  readonly view: RoomController<unknown>;
  shows(kind: Kind): boolean;
}

/** What happens in a room, as toasts. The room itself reads all of it out, except for files. */
export function followRoom(room: Room, { queue, view, shows }: Sources, missed: readonly Passing[], signal: AbortSignal): void {
  let count = 0;
  const showPassing = ({ kind, participant }: Passing) => {
    const say = ({ text }: Speech) => text(`said:participant-${kind}`, { name: nameOf(room, participant, text) });
    if (shows(kind)) queue.show({ id: `person ${participant.id}`, kind, say });
  };
  missed.forEach(showPassing);
  onPassing(room, showPassing, signal);
  room.lifecycle.on('muted-by-host', ({ source }) => {
    if (!shows('muted')) return;
    const switchOn = () => { void view.ask((host) => host.room.enable(source)); };
    queue.show({
      id: `muted ${source}`, kind: 'muted', say: ({ text }) => text(`muted:${source}`),
      // A screen is chosen anew: that is a click on its own button.
      ...(source !== 'screen' && {
        actions: (text) => [{ label: text('toast-switch-on'), run: switchOn }],
      }),
    });
  }, { signal });
  room.lifecycle.on('error', ({ error: { code } }) => {
    if (shows('errors')) queue.show({ id: `error ${code} ${count++}`, kind: 'error', say: ({ text }) => errorText(text, code) });
  }, { signal });
  room.lifecycle.on('left', () => { queue.clear(); }, { signal });
}

/** As people are told apart at this moment; whoever is gone is still named. */
export function nameOf({ snapshot: { local, participants } }: Room, person: { id: string; name: string }, text: Text): string {
  const label = nameLabels([local, ...participants, person], text('guest')).get(person.id);
  return label ? plainName(label) : text('guest');
}
