import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Room, RoomSnapshot } from '../../src/index.ts';

export type Selector<T> = (snapshot: RoomSnapshot) => T;

/** Re-renders its host when what it selects from a room's snapshots has changed, and only then. */
export class SnapshotController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #select: Selector<T>;
  #room: Room | undefined;
  #value: T | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, select: Selector<T>) {
    this.#host = host;
    this.#select = select;
    host.addController(this);
  }

  get room(): Room | undefined {
    return this.#room;
  }

  /** `undefined` while there is no room. */
  get value(): T | undefined {
    return this.#value;
  }

  setRoom(room: Room | undefined): void {
    if (room === this.#room) return;
    this.#unsubscribe?.();
    this.#room = room;
    this.#unsubscribe = room?.subscribe(() => { this.#refresh(); });
    this.#refresh(); // Its host's `willUpdate` comes before `hostUpdate`.
    this.#host.requestUpdate();
  }

  /** The selector may read the host's own properties: before each render its value is taken anew. */
  hostUpdate(): void {
    this.#refresh();
  }

  #refresh(): void {
    const next = this.#room && this.#select(this.#room.snapshot);
    if (isSame(this.#value, next)) return;
    this.#value = next;
    this.#host.requestUpdate();
  }
}

/** Equal, or arrays or plain objects whose entries are. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const [before, after] = [Object.entries(a), new Map(Object.entries(b))];
  return before.length === after.size && before.every(([key, value]) => after.has(key) && Object.is(after.get(key), value));
}
