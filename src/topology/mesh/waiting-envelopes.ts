import { after } from '../../shared/scope.ts';
import type { ParticipantId, Signal } from '../../protocol/wire.ts';

const WAIT_MS = 2000;
const MAX_SOURCES = 32;
const MAX_ENVELOPES = 64;

/** Envelopes of someone the relay has not announced yet: they wait up to 2 s for the announcement, then are dropped. */
export class WaitingEnvelopes {
  readonly #bySource = new Map<ParticipantId, { envelopes: Signal[]; cancel: () => void }>();
  readonly #scope: AbortSignal;

  constructor(scope: AbortSignal) {
    this.#scope = scope;
  }

  add(source: ParticipantId, data: Signal): void {
    let waiting = this.#bySource.get(source);
    if (!waiting) {
      if (this.#bySource.size >= MAX_SOURCES) return;
      waiting = { envelopes: [], cancel: after(WAIT_MS, this.#scope, () => { this.#bySource.delete(source); }) };
      this.#bySource.set(source, waiting);
    }
    if (waiting.envelopes.length < MAX_ENVELOPES) waiting.envelopes.push(data);
  }

  /** Takes out what waits for this announcement. */
  take(source: ParticipantId): readonly Signal[] {
    const waiting = this.#bySource.get(source);
    this.#bySource.delete(source);
    waiting?.cancel();
    return waiting?.envelopes ?? [];
  }
}
