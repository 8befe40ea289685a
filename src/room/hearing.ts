import { ownCopies } from '../protocol/own-copies.ts';
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { hearable } from './event-names.ts';
import type { EventRules } from '../protocol/event-rules.ts';
import type { Screening } from '../protocol/screening.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { EventContext, EventListener, RequestHandler } from './room-options.ts';

/** What participants say and ask: who listens to it, and who answers. */
export class Hearing {
  readonly #heard = new Emitter<Record<string, unknown>, [EventContext]>();
  readonly #handlers = new Map<string, RequestHandler>();
  readonly #drop: (from: string, reason: string) => void;
  /** Loaded where the app has rules. */
  #screening: Screening | undefined;

  constructor(drop: (from: string, reason: string) => void) {
    this.#drop = drop;
  }

  /** Once it has resolved nothing is heard that breaks these. */
  async expect(rules: EventRules | undefined): Promise<void> {
    this.#screening = undefined;
    if (!rules) return;
    const { Screening } = await import('../protocol/screening.ts');
    this.#screening = new Screening(rules, this.#drop);
  }

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
    const tell = (heard: readonly unknown[]) => { this.#heard.emitEach(event, ownCopies(from, heard)); };
    if (this.#screening) this.#screening.hear(from, event, args, tell); else tell(args);
  }

  /** @throws RoomError `no-handler`, `invalid-payload`, `rate-limited`. */
  async answer(from: string, event: string, payload: unknown): Promise<unknown> {
    const handler = this.#handlers.get(event);
    if (!handler) throw new RoomError('no-handler', `Nobody answers "${event}" there.`);
    return handler(this.#screening ? await this.#screening.answerable(from, event, payload) : payload, { from });
  }

  forget(from: string): void {
    this.#screening?.forget(from);
  }
}
