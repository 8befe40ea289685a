import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import { stringify } from '../protocol/json.ts';
import { mustBeSecure } from './blocks.ts';
import { cleanFileName } from './file-name.ts';
import { FilePair } from './file-pair.ts';
import { OutgoingFile } from './outgoing-file.ts';
import { FILES_CHANNEL } from './files-channel.ts';
import { MAX_METADATA_CHARS, cleanType } from './words.ts';
import type { Channel, ChannelOptions } from '../channels/channel.ts';
import type { Emitter } from '../shared/emitter.ts';
import type { ReadableStore, Store } from '../shared/store.ts';
import type { PairHost } from './file-pair.ts';
import type { IncomingFile } from './incoming-file.ts';
import type { TransferView } from './transfer-view.ts';

export interface FileLimits {
  /** Bytes of files that are being received into memory, all together; larger ones need `to`. @default 100,000,000 */
  memoryBytes?: number;
  /** Offers of one participant that wait for an answer at the same time; the sender holds others back. @default 8 */
  offers?: number;
  /** Milliseconds an offer holds, and an interrupted transfer waits for its other end. @default 600,000 */
  offerMs?: number;
}

export interface SendFileOptions {
  /** @default everyone who is here */
  to?: string | readonly string[];
  /** @default the File's own */
  name?: string;
  /** JSON of at most 1,024 characters. */
  metadata?: unknown;
  /** Cancels it for all. */
  signal?: AbortSignal;
}

export interface FileEvents {
  /** Somebody offers a file: `accept` or `reject` it. */
  offer: { readonly file: IncomingFile };
}

export interface FilesView {
  /** In the order they began; of those that are over the newest 50. */
  readonly transfers: readonly TransferView[];
}

/** What files need of the room. */
export interface FilesHost {
  readonly room: ReadableStore<{
    readonly participants: readonly { readonly id: string; readonly state: string; readonly kind: string }[];
  }>;
  readonly limits: FileLimits;
  readonly lifecycle: Emitter<FileEvents>;
  readonly store: Store<FilesView>;
  /** The room's life: a transfer outlasts a leave and the next join. */
  readonly scope: AbortSignal;
  openChannel(to: string, name: string, options: ChannelOptions): Promise<Channel>;
  /** What came was not what was offered or asked for. */
  dropped(participant: string): void;
}

const MAX_OVER = 50;
/** 16 KiB messages with little in the browser's buffer are the fastest, and leave room for a chat line. */
const CHANNEL: ChannelOptions = { priority: 'low', highWaterBytes: 64 * 1024, lowWaterBytes: 16 * 1024 };

/** Every file on its way from and to this page. */
export class Files {
  readonly #host: FilesHost;
  readonly #pairHost: PairHost;
  readonly #pairs = new Map<string, FilePair>();
  #transfers: (OutgoingFile | IncomingFile)[] = [];
  #memoryBytes = 0;

  constructor(host: FilesHost) {
    this.#host = host;
    const { memoryBytes = 100_000_000, offers = 8, offerMs = 600_000 } = host.limits;
    this.#pairHost = {
      offers, offerMs, scope: host.scope,
      changed: () => { this.#show(); },
      reserve: (bytes) => {
        if (this.#memoryBytes + bytes > memoryBytes) return false;
        this.#memoryBytes += bytes;
        return true;
      },
      open: (participant) => host.openChannel(participant, FILES_CHANNEL, CHANNEL),
      offered: (file) => {
        this.#add(file);
        const isHeard = host.lifecycle.emit('offer', { file });
        if (!isHeard) this.#transfers = this.#transfers.filter((one) => one !== file);
        return isHeard;
      },
      takeOutgoing: (id) => this.#takeFrom((pair) => pair.takeOutgoing(id)),
      takeIncoming: (id) => this.#takeFrom((pair) => pair.takeIncoming(id)),
      dropped: (participant) => { host.dropped(participant); },
    };
    host.room.subscribe(() => { this.#follow(); }, { signal: host.scope });
  }

  find(id: string): OutgoingFile | IncomingFile | undefined {
    return this.#transfers.find((transfer) => transfer.id === id);
  }

  /**
   * Offers a file. @returns a transfer for each receiver.
   * @throws RoomError `insecure-context`, `unknown-participant`, `unsupported`; TypeError for metadata that is too long
   */
  send(file: Blob, options: SendFileOptions = {}): OutgoingFile[] {
    const { to, name = file instanceof File ? file.name : 'file', metadata, signal } = options;
    mustBeSecure();
    if (metadata !== undefined && stringify(metadata).length > MAX_METADATA_CHARS) {
      throw new TypeError(`Metadata has at most ${MAX_METADATA_CHARS} characters of JSON.`);
    }
    return this.#receivers(to).map((participant) => {
      const transfer = new OutgoingFile(this.#pairHost, participant, file, {
        // Each receiver's own: it is what they come back with.
        id: randomId(16), name: cleanFileName(name), size: file.size, type: cleanType(file.type),
        ...(metadata !== undefined && { metadata }),
      });
      this.#add(transfer);
      transfer.follow(signal);
      const pair = this.#pair(participant);
      pair.add(transfer);
      void pair.open();
      return transfer;
    });
  }

  /** A participant has opened the file channel from their side. */
  wanted(participant: string): void {
    void this.#pair(participant).open();
  }

  #receivers(to: SendFileOptions['to']): readonly string[] {
    const { participants } = this.#host.room.snapshot;
    if (to === undefined) return participants.filter(({ kind }) => kind === 'engine').map(({ id }) => id);
    const ids = typeof to === 'string' ? [to] : [...new Set(to)];
    for (const id of ids) {
      const kind = participants.find((one) => one.id === id)?.kind;
      if (kind === undefined) throw new RoomError('unknown-participant', `${id} is not in the room.`);
      if (kind !== 'engine') throw new RoomError('unsupported', `${id} is no engine of ours, and takes no files.`);
    }
    return ids;
  }

  #pair(participant: string): FilePair {
    let pair = this.#pairs.get(participant);
    if (!pair) this.#pairs.set(participant, (pair = new FilePair(participant, this.#pairHost)));
    return pair;
  }

  /** Of those who are not here. */
  #takeFrom<T>(take: (pair: FilePair) => T | undefined): T | undefined {
    for (const pair of this.#pairs.values()) {
      const taken = pair.isOpen ? undefined : take(pair);
      if (taken) return taken;
    }
    return undefined;
  }

  /** Who is here, who is out of reach, who is gone. */
  #follow(): void {
    const states = new Map(this.#host.room.snapshot.participants.map(({ id, state }) => [id, state]));
    for (const [id, pair] of this.#pairs) {
      const state = states.get(id);
      if (state === undefined || state === 'gone') {
        pair.close();
        if (!pair.isBusy) this.#pairs.delete(id);
      } else {
        pair.reach(state === 'connected');
        if (state === 'connected' && pair.isBusy) void pair.open();
      }
    }
  }

  #add(transfer: OutgoingFile | IncomingFile): void {
    const over = this.#transfers.filter(({ isOver }) => isOver);
    const forgotten = new Set(over.slice(0, Math.max(0, over.length - MAX_OVER)));
    this.#transfers = [...this.#transfers.filter((one) => !forgotten.has(one)), transfer];
    this.#show();
  }

  #show(): void {
    this.#host.store.update(() => ({ transfers: this.#transfers.map(({ snapshot }) => snapshot) }));
  }
}
