import { PublicationList } from '../media/publication.ts';
import { Viewing } from '../media/viewing.ts';
import { lazily } from '../shared/load-again.ts';
import { childScope, within } from '../shared/scope.ts';
import type { CaptureOptions, CaptureSource } from '../media/capture.ts';
import type { LocalMedia } from '../media/local-media.ts';
import type { Emitter } from '../shared/emitter.ts';
import type { LocalChange } from './reducer.ts';
import type { RoomEvents } from './room-events.ts';
import type { LocalView } from './snapshot.ts';

/** Loaded with the first question about a device: a page that only talks data never pays for it. */
const loadLocal = lazily(() => import('../media/local.ts'));

/** What this end of a room offers, its own devices and the page's streams, and what it shows of others. */
export class RoomMedia {
  readonly publications = new PublicationList();
  readonly viewing: Viewing;
  readonly #apply: (change: LocalChange) => void;
  readonly #scope: AbortSignal;
  #local: LocalMedia | undefined;
  /** Ends what is being opened; renewed at every {@link stopAll}. */
  #opening: AbortController;
  /** Under which the snapshot follows what is plugged and unplugged. */
  #following: AbortSignal | undefined;

  constructor(apply: (change: LocalChange) => void, scope: AbortSignal) {
    this.#apply = apply;
    this.#scope = scope;
    this.viewing = new Viewing(scope);
    this.#opening = childScope(scope);
    this.publications.onChanged(() => { apply({ type: 'local-tracks', tracks: this.publications.views }); });
  }

  /** @throws RoomError (see `capture`), AbortError when switched off or left meanwhile. */
  async enable(source: CaptureSource, options: CaptureOptions): Promise<void> {
    const { signal } = this.#opening;
    const local = await within(signal, this.#loadLocal());
    await local.enable(source, options, signal);
    void this.refreshDevices(); // Labels are told only once something was allowed. Firefox waits until the page is in front.
  }

  disable(source: CaptureSource, options: { keepOpen: boolean }): void {
    if (this.#local) this.#local.disable(source, options);
    else this.#endOpening(); // What opens devices is still being loaded.
  }

  /** A host's wish: off, never on, and nothing but a device of one's own. What went off is told. */
  mute({ by, source }: { by: string; source: string }, local: LocalView, lifecycle: Emitter<RoomEvents>): void {
    if ((source !== 'camera' && source !== 'microphone' && source !== 'screen') || local[source].state === 'off') return;
    this.disable(source, { keepOpen: true });
    lifecycle.emit('muted-by-host', { by, source });
  }

  stopAll(): void {
    this.#endOpening();
    this.#local?.stopAll();
    this.viewing.forget();
  }

  async refreshDevices(): Promise<void> {
    const { signal } = this.#opening; // Left meanwhile, nobody is to be told.
    const { listDevices, onDevicesChanged } = await loadLocal();
    if (this.#following !== signal) {
      this.#following = signal;
      onDevicesChanged(() => { void this.refreshDevices(); }, signal);
    }
    this.#apply({ type: 'devices', devices: await listDevices() });
  }

  #endOpening(): void {
    this.#opening.abort();
    this.#opening = childScope(this.#scope);
  }

  async #loadLocal(): Promise<LocalMedia> {
    const { LocalMedia } = await loadLocal();
    return (this.#local ??= new LocalMedia(this.publications, (source, view) => {
      this.#apply({ type: 'capture', source, view });
    }));
  }
}
