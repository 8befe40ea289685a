import { formatBytes } from '../rtc-files/file-format.ts';
import { nameOf } from './toast-sources.ts';
import type { Room, TransferView } from '../../src/index.ts';
import type { Sources } from './toast-sources.ts';

/** Offers stand until they are answered, here or elsewhere; what comes says how far it is, and can be saved once it is here. */
export class FileToasts {
  readonly #sources: Sources;
  readonly #states = new Map<string, TransferView['state']>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** As if none had been seen: what is still offered is told again. */
  forget(): void {
    const { queue } = this.#sources;
    for (const id of this.#states.keys()) queue.remove(`file ${id}`);
    queue.remove('coming');
    this.#states.clear();
  }

  follow(room: Room): void {
    const { queue, shelf, shows } = this.#sources;
    if (!shows('files')) { this.forget(); return; }
    for (const transfer of shelf.transfers) {
      const { id, state, direction } = transfer;
      const before = this.#states.get(id);
      if (before === state || direction === 'send') continue;
      this.#states.set(id, state);
      if (state === 'offered') this.#offer(transfer, room);
      else queue.remove(`file ${id}`);
      if (state === 'active' && before !== 'paused' && before !== 'interrupted') this.#come();
      if (state === 'done' && before) this.#done(transfer);
    }
    if (this.#coming().length === 0) queue.remove('coming');
  }

  #offer({ id, name, size, participant }: TransferView, room: Room): void {
    const { queue, shelf } = this.#sources;
    const file = isolated(name);
    const { name: sender = '' } = room.snapshot.participants.find((one) => one.id === participant) ?? {};
    queue.show({
      id: `file ${id}`, kind: 'file', lasts: true, isRead: true,
      say: ({ text, locale }) => {
        const by = nameOf(room, { id: participant, name: sender }, text);
        const offer = text('toast-file', { name: by, file, size: isolated(formatBytes(size, locale)) });
        return shelf.canAccept(id) ? offer : `${offer} · ${text('file-unfit')}`;
      },
      actions: (text) => {
        const answer = (what: 'accept' | 'decline') =>
          ({ label: text(`file-${what}`), name: text(`file-${what}-name`, { file }), run: () => { void shelf[what](id); } });
        return shelf.canAccept(id) ? [answer('decline'), answer('accept')] : [answer('decline')];
      },
    });
  }

  /** One for all of them. */
  #come(): void {
    const sum = (what: 'bytes' | 'size') => this.#coming().reduce((all, transfer) => all + transfer[what], 0);
    this.#sources.queue.show({
      id: 'coming', kind: 'file', lasts: true,
      say: ({ text, locale }) => {
        const [first, ...others] = this.#coming();
        const files = isolated(first?.name ?? '') + (others.length > 0 ? ` +${others.length.toLocaleString(locale)}` : '');
        const [done, size] = [formatBytes(sum('bytes'), locale), formatBytes(sum('size'), locale)];
        return `${files} · ${isolated(text('file-progress', { done, size }))}`;
      },
      progress: () => sum('bytes') / Math.max(1, sum('size')),
    });
  }

  /** What was accepted and is not here yet. */
  #coming(): readonly TransferView[] {
    return this.#sources.shelf.transfers.filter(({ direction, state, bytes }) =>
      direction === 'receive' && (state === 'active' || state === 'paused' || (state === 'interrupted' && bytes > 0)));
  }

  #done(transfer: TransferView): void {
    const { queue, shelf } = this.#sources;
    const file = isolated(transfer.name);
    queue.show({
      id: `file ${transfer.id}`, kind: 'file', isRead: true, say: ({ text }) => text('toast-file-done', { file }),
      actions: (text) => shelf.canSave(transfer.id)
        ? [{ label: text('toast-save'), name: text('file-save', { file }), run: () => { shelf.save(transfer); } }] : [],
    });
  }
}

/** It turns nothing around it (Unicode UAX 9). */
function isolated(piece: string): string {
  return `\u2068${piece}\u2069`;
}
