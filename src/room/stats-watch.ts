/** Looks at connections while somebody watches. Loaded with the first who does. */
import { ActiveSpeaker } from '../stats/active-speaker.ts';
import { readReport } from '../stats/reading.ts';
import { sampleBetween } from '../stats/sample.ts';
import { callSafely } from '../shared/emitter.ts';
import { after, every, onEnd } from '../shared/scope.ts';
import type { Insight } from '../topology/topology.ts';
import type { Reading } from '../stats/reading.ts';
import type { StatsSample } from '../stats/sample.ts';
import type { RoomSnapshot } from './snapshot.ts';

export interface StatsHost {
  snapshot(): RoomSnapshot;
  /** Absent outside of a room, and where its topology cannot tell. */
  insight(): Insight | undefined;
}

export interface StatsWatcher {
  readonly participant: string | undefined;
  readonly intervalMs: number;
  readonly listener: (sample: StatsSample) => void;
}

const SPEAKER_MS = 200;
/** Below it a poll tells little that the last did not. */
const MIN_MS = 250;
/** Many connections take long to read: then it is done more seldom, so that it fills no more than this share of the time. */
const MAX_SHARE = 0.05;

/** One poll for each participant, however many watch them; none where nobody watches. */
export class StatsWatch {
  readonly #host: StatsHost;
  readonly #watchers = new Set<StatsWatcher>();
  readonly #readings = new Map<string, Reading>();
  /** Of the polls under way; another one whenever who watches has changed. */
  #round = new AbortController();

  constructor(host: StatsHost) {
    this.#host = host;
  }

  add(watcher: StatsWatcher, scope: AbortSignal): void {
    if (scope.aborted) return;
    this.#watchers.add(watcher);
    onEnd(scope, () => {
      this.#watchers.delete(watcher);
      this.#start();
    });
    this.#start();
  }

  /** @param listener told at each change, `undefined` where nobody has spoken */
  addSpeaker(listener: (participant: string | undefined) => void, scope: AbortSignal): void {
    const speaker = new ActiveSpeaker();
    let told: string | undefined;
    every(SPEAKER_MS, scope, () => {
      const current = speaker.hear(this.#host.insight()?.audioLevels() ?? new Map<string, number>(), performance.now());
      if (current === told) return;
      told = current;
      callSafely(listener, current);
    });
  }

  #start(): void {
    this.#round.abort();
    this.#round = new AbortController();
    if (this.#watchers.size > 0) void this.#poll(this.#round.signal); else this.#readings.clear();
  }

  async #poll(round: AbortSignal): Promise<void> {
    const startedMs = performance.now();
    const here = this.#host.snapshot().participants;
    for (const id of this.#readings.keys()) if (!here.some((one) => one.id === id)) this.#readings.delete(id);
    const watchers = [...this.#watchers];
    const watched = here.filter(({ id }) => watchers.some(({ participant }) => participant === undefined || participant === id));
    await Promise.all(watched.map(({ id }) => this.#look(id)));
    const tookMs = performance.now() - startedMs;
    const delayMs = Math.max(MIN_MS, tookMs / MAX_SHARE, Math.min(...watchers.map(({ intervalMs }) => intervalMs)));
    after(delayMs, round, () => { void this.#poll(round); });
  }

  async #look(id: string): Promise<void> {
    const report = await this.#host.insight()?.statsOf(id).catch(() => undefined); // Of a connection that was closed meanwhile.
    const snapshot = this.#host.snapshot();
    const person = snapshot.participants.find((one) => one.id === id);
    if (!report || !person) { this.#readings.delete(id); return; }
    const reading = readReport(report as Iterable<[string, unknown]>);
    const before = this.#readings.get(id);
    this.#readings.set(id, reading);
    if (!before || before.atMs >= reading.atMs) return;
    const tracks = [...person.tracks, ...snapshot.local.tracks];
    const sample = sampleBetween(before, reading, {
      participant: id, interrupted: person.state === 'interrupted',
      sourceOf: (trackId) => tracks.find(({ track }) => track?.id === trackId)?.source,
    });
    for (const { participant, listener } of [...this.#watchers]) if ((participant ?? id) === id) callSafely(listener, sample);
  }
}
