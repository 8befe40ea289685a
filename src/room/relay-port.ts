import { holdsBinary } from '../protocol/binary.ts';
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { relayable } from './event-names.ts';
import type { ListenOptions } from '../shared/emitter.ts';

/** The one way to and from the relay's operator (`createRelay({events})`); everything else goes between participants. */
export class RelayPort {
  readonly #heard = new Emitter<Record<string, unknown>>();
  readonly #send: (event: string, body: unknown) => Promise<unknown>;

  constructor(send: (event: string, body: unknown) => Promise<unknown>) {
    this.#send = send;
  }

  /** Resolves with the operator's answer. @throws RoomError `reserved-name`, `unserializable`, `not-joined`, the relay's code. */
  async emit(event: string, body?: unknown): Promise<unknown> {
    if (holdsBinary(body)) throw new RoomError('unserializable', 'A relay takes no binary values.');
    return this.#send(relayable(event), body);
  }

  /** @throws RoomError `reserved-name`. @returns a function that ends the subscription. */
  on(event: string, listener: (body: unknown) => void, options?: ListenOptions): () => void {
    return this.#heard.on(relayable(event), listener, options);
  }

  off(event: string, listener: (body: unknown) => void): void {
    this.#heard.off(event, listener);
  }

  /** @internal What came from the relay. */
  deliver(event: string, body: unknown): void {
    this.#heard.emit(event, body);
  }
}
