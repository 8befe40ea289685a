import { FILES_CHANNEL } from '../files/files-channel.ts';
import { Emitter, reportUncaught } from '../shared/emitter.ts';
import { lazily } from '../shared/load-again.ts';
import { Store } from '../shared/store.ts';
import type { FileEvents, Files, FilesHost, FilesView, SendFileOptions } from '../files/files.ts';
import type { IncomingFile } from '../files/incoming-file.ts';
import type { OutgoingFile } from '../files/outgoing-file.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { ReadableStore } from '../shared/store.ts';

/** Files between participants, by consent. Loaded when one is sent or offered. */
export class RoomFiles implements ReadableStore<FilesView> {
  readonly #host: () => Omit<FilesHost, 'lifecycle' | 'store'>;
  readonly #store = new Store<FilesView>({ transfers: [] });
  readonly #lifecycle = new Emitter<FileEvents>();
  /** `offer`: where nobody listens to it, files are refused. */
  readonly lifecycle: Pick<Emitter<FileEvents>, 'on' | 'once' | 'off'> = this.#lifecycle;
  #files: Files | undefined;
  readonly #load = lazily(() => import('../files/files.ts').then(({ Files }) =>
    (this.#files = new Files({ ...this.#host(), lifecycle: this.#lifecycle, store: this.#store }))));

  constructor(host: () => Omit<FilesHost, 'lifecycle' | 'store'>) {
    this.#host = host;
  }

  get snapshot(): FilesView {
    return this.#store.snapshot;
  }

  subscribe(listener: (snapshot: FilesView) => void, options?: ListenOptions): () => void {
    return this.#store.subscribe(listener, options);
  }

  /** One of `snapshot.transfers`, to be paused, cancelled, accepted. */
  find(id: string): OutgoingFile | IncomingFile | undefined {
    return this.#files?.find(id);
  }

  /**
   * Offers a file to those who are here. @returns a transfer for each of them, none of which waits for another
   * @throws RoomError `insecure-context`, `load-failed`, `not-joined`, `unknown-participant`, `unsupported`;
   * TypeError for unfit metadata
   */
  async send(file: Blob, options?: SendFileOptions): Promise<readonly OutgoingFile[]> {
    return (await this.#load()).send(file, options);
  }

  /** A participant opens a channel that is not open here. */
  wanted(participant: string, channel: string): void {
    if (channel === FILES_CHANNEL) this.#load().then((files) => { files.wanted(participant); }, reportUncaught);
  }
}
