import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Room, StatsSample } from '../../src/index.ts';

/** Hears samples of a room's connections for as long as its host is in sight, and costs nothing otherwise. */
export class StatsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #listener: (sample: StatsSample) => void;
  readonly #intervalMs: () => number;
  #observing: AbortController | undefined;
  #inView = false;
  #room: Room | undefined;
  #participant: string | undefined;
  #end: (() => void) | undefined;

  /** @param intervalMs asked when it begins to watch */
  constructor(
    host: ReactiveControllerHost & HTMLElement, listener: (sample: StatsSample) => void, intervalMs: () => number = () => 2000,
  ) {
    this.#host = host;
    this.#listener = listener;
    this.#intervalMs = intervalMs;
    host.addController(this);
  }

  /** @param participant everyone where it is empty */
  follow(room: Room | undefined, participant: string): void {
    if (room === this.#room && participant === (this.#participant ?? '')) return;
    this.#stop();
    this.#room = room;
    this.#participant = participant || undefined;
    this.#look();
  }

  hostConnected(): void {
    const { signal } = (this.#observing = new AbortController());
    const observer = new IntersectionObserver((entries) => {
      this.#inView = entries.at(-1)?.isIntersecting ?? false;
      this.#look();
    });
    observer.observe(this.#host);
    signal.addEventListener('abort', () => { observer.disconnect(); });
    this.#host.ownerDocument.addEventListener('visibilitychange', () => { this.#look(); }, { signal });
  }

  hostDisconnected(): void {
    this.#observing?.abort();
    this.#inView = false;
    this.follow(undefined, '');
  }

  #look(): void {
    const isSeen = this.#inView && this.#host.ownerDocument.visibilityState === 'visible';
    if (!isSeen || !this.#room) { this.#stop(); return; }
    const participant = this.#participant;
    this.#end ??= this.#room.stats.watch(this.#listener, { intervalMs: this.#intervalMs(), ...(participant && { participant }) });
  }

  #stop(): void {
    this.#end?.();
    this.#end = undefined;
  }
}
