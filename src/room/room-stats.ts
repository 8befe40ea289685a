import { reportUncaught } from '../shared/emitter.ts';
import { childScope } from '../shared/scope.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { StatsSample } from '../stats/sample.ts';
import type { StatsHost, StatsWatch } from './stats-watch.ts';

export interface WatchStatsOptions extends ListenOptions {
  /** One of them alone. @default everyone */
  participant?: string;
  /** Milliseconds between two samples, at least 250. Whoever asks for the shortest decides for all. @default 2000 */
  intervalMs?: number;
}

/** How the connections are (W3C webrtc-stats). Costs nothing while nobody watches. */
export class RoomStats {
  readonly #host: StatsHost;
  #watch: StatsWatch | undefined;

  constructor(host: StatsHost) {
    this.#host = host;
  }

  /** Tells a sample of each participant again and again, over leaves and joins. @returns a function that ends it */
  watch(listener: (sample: StatsSample) => void, { participant, intervalMs = 2000, signal }: WatchStatsOptions = {}): () => void {
    return this.#start(signal, (watch, scope) => { watch.add({ participant, intervalMs, listener }, scope); });
  }

  /**
   * Tells who of the others speaks, at each change: the id of whoever spoke last, `undefined` where nobody has, or they left.
   * @returns a function that ends it
   */
  watchSpeaker(listener: (participant: string | undefined) => void, { signal }: ListenOptions = {}): () => void {
    return this.#start(signal, (watch, scope) => { watch.addSpeaker(listener, scope); });
  }

  #start(signal: AbortSignal | undefined, begin: (watch: StatsWatch, scope: AbortSignal) => void): () => void {
    const end = signal ? childScope(signal) : new AbortController();
    void import('./stats-watch.ts').then(({ StatsWatch }) => {
      begin(this.#watch ??= new StatsWatch(this.#host), end.signal);
    }).catch(reportUncaught);
    return () => { end.abort(); };
  }
}
