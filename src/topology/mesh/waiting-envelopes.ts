import type { ParticipantId, PeerSignal } from '../../protocol/wire.ts';

const WAIT_MS = 2000;
const MAX_WAITING = 256;

/** Envelopes of someone the relay has not announced yet: they wait up to 2 s for the announcement, then are dropped. */
export class WaitingEnvelopes {
  #waiting: { source: ParticipantId; data: PeerSignal; untilMs: number }[] = [];

  add(source: ParticipantId, data: PeerSignal): void {
    this.#waiting = this.#waiting.filter(({ untilMs }) => untilMs > performance.now());
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push({ source, data, untilMs: performance.now() + WAIT_MS });
  }

  /** Takes out what waits for this announcement. */
  take(source: ParticipantId): readonly PeerSignal[] {
    const mine = this.#waiting.filter((one) => one.source === source && one.untilMs > performance.now());
    this.#waiting = this.#waiting.filter((one) => one.source !== source);
    return mine.map(({ data }) => data);
  }
}
