import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { hearable } from './event-names.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { EventContext, EventListener, RequestHandler } from './room-options.ts';

/** What participants say and ask: who listens to it, and who answers. */
export class Hearing {
  readonly #heard = new Emitter<Record<string, unknown>, [EventContext]>();
  readonly #handlers = new Map<string, RequestHandler>();

  on(event: string, listener: EventListener<unknown>, options?: ListenOptions): () => void {
    return this.#heard.on(hearable(event), listener, options);
  }

  once(event: string, listener: EventListener<unknown>, options?: ListenOptions): () => void {
    return this.#heard.once(hearable(event), listener, options);
  }

  off(event: string, listener: EventListener<unknown>): void {
    this.#heard.off(event, listener);
  }

  handle(event: string, handler: RequestHandler): () => void {
    this.#handlers.set(hearable(event), handler);
    return () => { if (this.#handlers.get(event) === handler) this.#handlers.delete(event); };
  }

  hear(from: string, event: string, args: readonly unknown[]): void {
    this.#heard.emit(event, args[0], { from, args });
  }

  /** @throws RoomError `no-handler`. */
  answer(from: string, event: string, payload: unknown): unknown {
    const handler = this.#handlers.get(event);
    if (!handler) throw new RoomError('no-handler', `Nobody answers "${event}" there.`);
    return handler(payload, { from });
  }
}
