import { askWhere, canAskWhere, saveAs } from '../internal/save-as.ts';
import { pictureType } from './picture-type.ts';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { IncomingFile, OutgoingFile, Room, TransferView } from '../../src/index.ts';
import type { RoomController } from '../controllers/room-controller.ts';

/** A file that is larger goes to the disk at once, where the browser lets it. */
const ASK_WHERE_BYTES = 50_000_000;

/**
 * The files of a room for an element that shows them: while it stands in the page, offers are taken in. A picture is shown once
 * its file was accepted, came whole, and is one by its bytes.
 */
export class FileShelf implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #view: RoomController<unknown>;
  /** Whether the element deals in files at all. */
  readonly isOpen: () => boolean;
  readonly #blobs = new Map<string, Blob>();
  readonly #pictures = new Map<string, string>();
  readonly #seen = new Map<string, number>();
  #room: Room | undefined;
  #following: AbortController | undefined;

  constructor(host: ReactiveControllerHost & Element, view: RoomController<unknown>, isOpen: () => boolean = () => true) {
    this.#host = host;
    this.#view = view;
    this.isOpen = isOpen;
    host.addController(this);
  }

  get transfers(): readonly TransferView[] {
    return this.#room?.files.snapshot.transfers ?? [];
  }

  /** Epoch milliseconds of when it was first shown. */
  seenAt(id: string): number {
    return this.#seen.get(id) ?? 0;
  }

  /** The blob URL of a picture, as long as it stands here. */
  picture(id: string): string | undefined {
    return this.#pictures.get(id);
  }

  canSave(id: string): boolean {
    return this.#blobs.has(id);
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#follow(this.isOpen() ? this.#view.room : undefined);
  }

  hostDisconnected(): void {
    this.#follow(undefined);
    this.#keep(new Set());
  }

  /** To everyone who is here. */
  send(files: Iterable<File>): void {
    if (!this.isOpen()) return;
    for (const file of files) void this.#view.ask(({ room }) => room.files.send(file));
  }

  /** Not what fits neither into memory nor, where the browser writes none, onto the disk. */
  canAccept(id: string): boolean {
    const file = this.#find(id);
    return file !== undefined && 'accept' in file && (file.fitsInMemory || canAskWhere());
  }

  accept(id: string): Promise<boolean> {
    return this.#view.ask(async ({ room }) => {
      const file = room.files.find(id);
      if (!file || !('accept' in file)) return;
      const to = await pickTarget(file);
      // What becomes of it later, its row says.
      await file.accept(to && { to }).catch((error: unknown) => { if (file.snapshot.state !== 'failed') throw error; });
    });
  }

  decline(id: string): void {
    const file = this.#find(id);
    if (file && 'reject' in file) file.reject('', this.canAccept(id) ? undefined : 'file-too-large');
  }

  act(id: string, action: 'pause' | 'resume' | 'cancel'): void {
    this.#find(id)?.[action]();
  }

  save({ id, name }: TransferView): void {
    const blob = this.#blobs.get(id);
    if (blob) saveAs(blob, name);
  }

  #find(id: string): IncomingFile | OutgoingFile | undefined {
    return this.#room?.files.find(id);
  }

  #follow(room: Room | undefined): void {
    if (room === this.#room) return;
    this.#following?.abort();
    this.#room = room;
    if (!room) return;
    const { signal } = (this.#following = new AbortController());
    // Where nobody listens, files are refused.
    room.files.lifecycle.on('offer', () => { this.#host.requestUpdate(); }, { signal });
    room.files.subscribe(() => { this.#refresh(); }, { signal });
    this.#refresh();
  }

  #refresh(): void {
    const { transfers } = this;
    for (const { id, state, direction } of transfers) {
      if (!this.#seen.has(id)) this.#seen.set(id, Date.now());
      if (direction === 'receive' && state === 'done' && !this.#blobs.has(id)) void this.#take(id);
    }
    this.#keep(new Set(transfers.map(({ id }) => id)));
    this.#host.requestUpdate();
  }

  async #take(id: string): Promise<void> {
    const blob = await this.#find(id)?.done;
    if (!blob || this.#blobs.has(id)) return;
    this.#blobs.set(id, blob);
    const type = await pictureType(blob);
    if (type && this.#blobs.has(id)) this.#pictures.set(id, URL.createObjectURL(blob.slice(0, blob.size, type)));
    this.#host.requestUpdate();
  }

  #keep(ids: ReadonlySet<string>): void {
    for (const id of this.#blobs.keys()) if (!ids.has(id)) this.#blobs.delete(id);
    for (const [id, url] of this.#pictures) {
      if (ids.has(id)) continue;
      this.#pictures.delete(id);
      URL.revokeObjectURL(url);
    }
  }
}

/** @throws AbortError where the person chose none. */
async function pickTarget({ snapshot: { size, name }, fitsInMemory }: IncomingFile): Promise<FileSystemFileHandle | undefined> {
  return size > ASK_WHERE_BYTES || !fitsInMemory ? askWhere(name) : undefined;
}
