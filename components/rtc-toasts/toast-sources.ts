import { errorText } from '../internal/messages.ts';
import { nameLabels, plainName } from '../internal/name-labels.ts';
import type { ParticipantView, Room, TransferView } from '../../src/index.ts';
import type { RoomController } from '../controllers/room-controller.ts';
import type { Text } from '../internal/messages.ts';
import type { FileShelf } from '../rtc-files/file-shelf.ts';
import type { ToastQueue } from './toast-queue.ts';

export const KINDS = ['joined', 'left', 'muted', 'errors', 'files'] as const;
export type Kind = (typeof KINDS)[number];

export interface Sources {
  readonly queue: ToastQueue;
  readonly shelf: FileShelf;
  readonly view: RoomController<unknown>;
  shows(kind: Kind): boolean;
}

/** What happens in a room, as toasts. The room itself reads all of it out, except for files. */
export function followRoom(room: Room, { queue, view, shows }: Sources, signal: AbortSignal): void {
  let count = 0;
  /** Whom one finds when one comes has not come. */
  let found = room.snapshot.participants.map(({ id }) => id);
  room.lifecycle.on('joined', () => { found = room.snapshot.participants.map(({ id }) => id); }, { signal });
  const showPerson = (kind: 'joined' | 'left', { id, name }: ParticipantView) => {
    const isFound = kind === 'joined' && found.includes(id);
    found = found.filter((one) => one !== id);
    if (isFound || !shows(kind) || room.snapshot.state !== 'joined') return;
    const say = (text: Text) => text(`said:participant-${kind}`, { name: nameOf(room, { id, name }, text) });
    queue.show({ id: `person ${id}`, kind, say });
  };
  room.lifecycle.on('participant-joined', ({ participant }) => { showPerson('joined', participant); }, { signal });
  room.lifecycle.on('participant-left', ({ participant }) => { showPerson('left', participant); }, { signal });
  room.lifecycle.on('muted-by-host', ({ source }) => {
    if (!shows('muted')) return;
    const switchOn = () => { void view.ask((host) => host.room.enable(source)); };
    queue.show({
      id: `muted ${source}`, kind: 'muted', say: (text) => text(`muted:${source}`),
      // A screen is chosen anew: that is a click on its own button.
      ...(source !== 'screen' && {
        actions: (text) => [{ label: text('toast-switch-on'), run: switchOn }],
      }),
    });
  }, { signal });
  room.lifecycle.on('error', ({ error: { code } }) => {
    if (shows('errors')) queue.show({ id: `error ${code} ${count++}`, kind: 'error', say: (text) => errorText(text, code) });
  }, { signal });
  room.lifecycle.on('left', () => { queue.clear(); }, { signal });
}

/** Offers stand until they are answered, here or elsewhere; what has come can be saved at once. */
export class FileToasts {
  readonly #sources: Sources;
  readonly #states = new Map<string, TransferView['state']>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  follow(room: Room): void {
    const { queue, shelf, shows } = this.#sources;
    for (const transfer of shelf.transfers) {
      const { id, state, direction } = transfer;
      const before = this.#states.get(id);
      if (before === state || direction === 'send' || !shows('files')) continue;
      this.#states.set(id, state);
      if (state === 'offered') this.#offer(transfer, room);
      else queue.remove(`file ${id}`);
      if (state === 'done' && before) this.#done(transfer);
    }
  }

  #offer({ id, name, participant }: TransferView, room: Room): void {
    const { queue, shelf } = this.#sources;
    const file = `\u2068${name}\u2069`;
    const { name: sender = '' } = room.snapshot.participants.find((one) => one.id === participant) ?? {};
    queue.show({
      id: `file ${id}`, kind: 'file', lasts: true, isRead: true,
      say: (text) => text('toast-file', { name: nameOf(room, { id: participant, name: sender }, text), file }),
      actions: (text) => [
        { label: text('file-decline'), name: text('file-decline-name', { file }), run: () => { shelf.decline(id); } },
        { label: text('file-accept'), name: text('file-accept-name', { file }), run: () => { void shelf.accept(id); } },
      ],
    });
  }

  #done(transfer: TransferView): void {
    const { queue, shelf } = this.#sources;
    const file = `\u2068${transfer.name}\u2069`;
    queue.show({
      id: `file ${transfer.id}`, kind: 'file', isRead: true, say: (text) => text('toast-file-done', { file }),
      actions: (text) => shelf.canSave(transfer.id)
        ? [{ label: text('toast-save'), name: text('file-save', { file }), run: () => { shelf.save(transfer); } }] : [],
    });
  }
}

function nameOf({ snapshot: { local, participants } }: Room, person: { id: string; name: string }, text: Text): string {
  const label = nameLabels([local, ...participants, person], text('guest')).get(person.id);
  return label ? plainName(label) : text('guest');
}
