/**
 * How rtc.io 1.x clients talk: no hello, no heartbeat; `peer-connect` when the channel opens. Loaded when the first of
 * them is announced. Events go both ways; named channels and streams do not yet.
 */
import { parseHello, HELLO } from '../protocol/control.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { makeHello } from '../peer/hello.ts';
import { RoomError } from '../shared/errors.ts';
import { every } from '../shared/scope.ts';
import type { Dialect, PeerParts } from '../peer/dialect.ts';
import type { Envelope } from '../protocol/control.ts';

const CHECK_MS = 500;
/** From the last `disconnected` or `failed` on, unless the pc recovers; with a fresh hint that the socket is gone, less. */
const GRACE_MS = 12_000;
const HINTED_GRACE_MS = 2500;
/** A hint that was older when the trouble began was about something that healed. */
const HINT_MS = 30_000;
/** Envelopes that an rtc.io client sends at most in the moment in which its channel opens. */
const MAX_EARLY = 1024;

export class RtcioDialect implements Dialect {
  readonly kind = 'rtcio';
  readonly sendsMedia = false;
  readonly channelPort = undefined;
  readonly heardMs = performance.now();
  readonly #parts: PeerParts;
  /** Came before the far end's certificate was looked at; it may speak as soon as its end is open. */
  #early: Envelope[] | undefined = [];

  constructor(parts: PeerParts) {
    this.#parts = parts;
    this.#watch();
  }

  opened(): void {
    // Dropped harmlessly by an rtc.io client; one of our engines knows by it that the relay told both of us the wrong kind.
    this.#parts.control.tell(HELLO, makeHello(this.#parts.view()));
    const early = this.#early ?? [];
    this.#early = undefined;
    this.#parts.handlers.onConnected();
    this.#parts.control.admit();
    for (const envelope of early) if (!this.#parts.scope.aborted) this.receive(envelope);
  }

  heard(): void {
    // The state of the pc decides.
  }

  receive(envelope: Envelope): void {
    const { handlers, drop } = this.#parts;
    const { e, d } = envelope;
    if (this.#early) {
      if (this.#early.length < MAX_EARLY) this.#early.push(envelope); else drop('early');
    // Only our own engines say hello, and the relay announced none: it may not make two of them forget what they check.
    } else if (e === HELLO && parseHello(d)) {
      const error = new RoomError('hello-unexpected', 'The relay announced one of our engines as an rtc.io client.');
      handlers.onClosed(error.code, error);
    } else if (isReservedEvent(e)) {
      drop('reserved');
    } else {
      handlers.onEvent(e, d);
    }
  }

  closedByPeer(): void {
    this.#parts.handlers.onClosed('closed');
  }

  announce(): void {
    // Streams do not go to rtc.io clients yet.
  }

  request(event: string): Promise<unknown> {
    return Promise.reject(new RoomError('no-handler', `An rtc.io client answers no requests ("${event}").`));
  }

  goodbye(): void {
    // They see the channel close.
  }

  /** The state of the pc decides, not the relay: its hint only shortens the wait. */
  #watch(): void {
    const { pc, handlers, scope } = this.#parts;
    let unhealthyMs: number | undefined;
    let hintedMs: number | undefined;
    pc.addEventListener('connectionstatechange', () => {
      const { connectionState } = pc;
      const unhealthy = connectionState === 'disconnected' || connectionState === 'failed';
      if (!unhealthy && connectionState !== 'connected') return;
      unhealthyMs = unhealthy ? performance.now() : undefined;
      // Never a new pc in place of this one: the client would take its offer for one of the old.
      if (connectionState === 'failed') void handlers.freshIce().then(() => { if (!scope.aborted) pc.restartIce(); });
      if (!this.#early) handlers.onInterrupted(unhealthy, connectionState);
    }, { signal: scope });
    every(CHECK_MS, scope, () => {
      const nowMs = performance.now();
      if (handlers.word().socketClosed) hintedMs ??= nowMs;
      if (unhealthyMs === undefined) return;
      const hinted = hintedMs !== undefined && unhealthyMs - hintedMs < HINT_MS;
      if (nowMs - unhealthyMs >= (hinted ? HINTED_GRACE_MS : GRACE_MS)) handlers.onClosed('silent');
    });
  }
}
