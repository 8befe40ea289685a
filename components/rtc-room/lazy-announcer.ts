import { lazilyFor } from '../internal/lazily-for.ts';
import type { Room } from '../../src/index.ts';
import type { Text } from '../internal/messages.ts';
import type { Announcer } from './announcer.ts';

/** The announcer, whom nobody hears before the first paint. */
export class LazyAnnouncer {
  /** To stand where nobody sees it. */
  readonly region: HTMLElement;
  readonly #load: () => Promise<Announcer>;

  constructor(host: Element & { readonly text: Text; requestUpdate(): void }) {
    const region = host.ownerDocument.createElement('div');
    this.region = Object.assign(region, { className: 'hidden', role: 'status', ariaAtomic: 'false' });
    this.#load = lazilyFor(host, async () => {
      const { Announcer } = await import('./announcer.ts');
      host.requestUpdate(); // It brings words, of failures too.
      return new Announcer(region, host.text);
    });
  }

  follow(room: Room, readsMessages: () => boolean, signal: AbortSignal): void {
    void this.#load().then((announcer) => { if (!signal.aborted) announcer.follow(room, readsMessages, signal); });
  }

  say(words: string): void {
    void this.#load().then((announcer) => { announcer.say(words); });
  }
}
