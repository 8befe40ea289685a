import { HELLO } from '../../src/protocol/control.ts';
import { makeHello } from '../../src/peer/hello.ts';
import type { Hello } from '../../src/protocol/control.ts';
import type { Dialect, PeerParts } from '../../src/peer/dialect.ts';

/** Says what the test tells it to: the far end of an honest engine, over honest DTLS. */
export class Rogue implements Dialect {
  readonly kind = 'engine';
  readonly channelPort = undefined;
  readonly heardMs = performance.now();
  readonly parts: PeerParts;
  readonly #hello: ((honest: Hello) => unknown) | 'none';

  constructor(parts: PeerParts, hello: ((honest: Hello) => unknown) | 'none' = (honest) => honest) {
    this.parts = parts;
    this.#hello = hello;
  }

  opened(): void {
    if (this.#hello !== 'none') this.say(HELLO, this.#hello(makeHello(this.parts.view())));
    this.parts.handlers.onConnected();
  }

  say(event: string, ...args: unknown[]): void {
    this.parts.control.tell(event, ...args);
  }

  receive(): void { /* It listens to nobody. */ }
  receiveStream(): void { /* Neither by way of the relay. */ }
  closedByPeer(): void { /* It sees that itself. */ }
  announce(): void { /* It announces what the test wants. */ }
  heard(): void { /* It does not mind. */ }
  request(): Promise<unknown> { return Promise.reject(new Error('A rogue asks by `say`.')); }
  goodbye(): void { /* It leaves without a word. */ }
}
