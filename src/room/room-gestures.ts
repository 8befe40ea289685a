import { MARKS, encodeMark } from '../protocol/gesture.ts';
import { Emitter, reportUncaught } from '../shared/emitter.ts';
import { lazily } from '../shared/load-again.ts';
import type { Gesturing, Mark, Reaction } from '../protocol/gesture.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { Gestures, GesturesHost } from './gestures.ts';

/** What there must be of gestures before the first one is made. */
export class RoomGestures implements Gesturing {
  readonly #host: () => GesturesHost;
  readonly #events = new Emitter<{ said: readonly unknown[] }>();
  #gestures: Gestures | undefined;
  readonly #load = lazily(() => import('./gestures.ts').then(({ Gestures }) =>
    (this.#gestures = new Gestures(this.#host(), (args) => { this.#events.emit('said', args); }))));

  constructor(host: () => GesturesHost) {
    this.#host = host;
  }

  marks(): readonly (readonly unknown[])[] {
    const { local } = this.#host().store.snapshot;
    return MARKS.map((mark) => encodeMark(mark, local[mark] && Math.max(0, Date.now() - local[mark])));
  }

  onSaid(listener: (args: readonly unknown[]) => void, options: ListenOptions): void {
    this.#events.on('said', listener, options);
  }

  async mark(mark: Mark, on: boolean): Promise<void> {
    (await this.#load()).mark(mark, on);
  }

  async react(reaction: Reaction): Promise<void> {
    (await this.#load()).react(reaction);
  }

  hear(from: string, args: readonly unknown[]): void {
    this.#load().then((gestures) => { gestures.hear(from, args); }, reportUncaught);
  }

  forget(id?: string): void {
    this.#gestures?.forget(id);
  }
}
