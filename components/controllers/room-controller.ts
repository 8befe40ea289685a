import { ContextEvent } from '@lit/context';
import { lookAnew, roomContext } from '../context/room-context.ts';
import { RoomRequestEvent } from '../internal/room-request.ts';
import { SnapshotController } from './snapshot-controller.ts';
import type { ReactiveControllerHost } from 'lit';
import type { RoomAction, RoomHost } from '../internal/room-request.ts';
import type { Selector } from './snapshot-controller.ts';

/** An element with a `for` names a room from outside by the id of its `<rtc-room>`, within the same tree. */
export type RoomControllerHost = ReactiveControllerHost & HTMLElement & { for?: string };

/**
 * Finds the room its host belongs to and selects from its snapshots. The room may come late, be replaced or be named by
 * an id that nothing has yet: every provider tells the document that it is there, and then we ask again.
 */
export class RoomController<T> extends SnapshotController<T> {
  readonly #host: RoomControllerHost;
  #for = '';
  #drop: (() => void) | undefined;
  #connected: AbortController | undefined;

  constructor(host: RoomControllerHost, select: Selector<T>) {
    super(host, select);
    this.#host = host;
  }

  hostConnected(): void {
    const { signal } = (this.#connected = new AbortController());
    const host = this.#host;
    host.ownerDocument.addEventListener('context-provider', (event) => {
      if ((event as Event & { context?: unknown }).context === roomContext) this.find();
    }, { signal });
    // What stands inside a host with `for` belongs to the room that the host names.
    host.addEventListener('context-request', (event) => {
      const { context, contextTarget, callback, subscribe } = event;
      if (context === roomContext) this.#redirect(event, new ContextEvent(context, contextTarget, callback, subscribe));
    }, { signal });
    host.addEventListener('rtc-request', (event) => {
      const copy = this.#redirect(event, new RoomRequestEvent(event.action, event.isQuestion));
      if (copy) event.outcome = copy.outcome;
    }, { signal });
    this.find();
  }

  hostDisconnected(): void {
    this.#connected?.abort();
    this.#forget();
    this.setRoom(undefined);
  }

  override hostUpdate(): void {
    if (this.#host.isConnected && this.#for !== (this.#host.for ?? '')) {
      lookAnew(this.#host); // What stands inside belongs to the same room.
      void this.#host.updateComplete.then(() => { this.#host.requestUpdate(); }); // Its `willUpdate` knew the former one.
    }
    super.hostUpdate();
  }

  /** Looks for the room anew; happens by itself wherever the page tells. */
  find(): void {
    this.#for = this.#host.for ?? '';
    this.#forget();
    this.#target?.dispatchEvent(new ContextEvent(roomContext, this.#host, (room, drop) => {
      if (drop !== this.#drop) this.#forget();
      this.#drop = drop;
      this.setRoom(room);
    }, true));
    if (!this.#drop) this.setRoom(undefined);
  }

  /** Runs an action at the `<rtc-room>`, which shows and reports what fails. @returns whether it succeeded. */
  ask(action: RoomAction): Promise<boolean> {
    const event = new RoomRequestEvent(action);
    this.#target?.dispatchEvent(event);
    return event.outcome;
  }

  /** What the `<rtc-room>` itself knows; `undefined` where there is none. */
  read<A>(question: (host: RoomHost) => A): A | undefined {
    let answer: A | undefined;
    this.#target?.dispatchEvent(new RoomRequestEvent((host) => { answer = question(host); }, true));
    return answer;
  }

  get #target(): Element | null {
    // What was taken out of the page has a root that finds nothing.
    const root = this.#host.getRootNode() as Partial<Document>;
    return this.#for ? root.getElementById?.(this.#for) ?? null : this.#host;
  }

  #redirect<E extends Event>(event: Event, copy: E): E | undefined {
    if (!this.#for || event.composedPath()[0] === this.#host) return undefined;
    event.stopPropagation();
    this.#target?.dispatchEvent(copy);
    return copy;
  }

  #forget(): void {
    this.#drop?.();
    this.#drop = undefined;
  }
}
