/**
 * How rtc.io 1.x clients talk: no hello, no heartbeat; `peer-connect` when the channel opens. Loaded when the first of
 * them is announced. Events go both ways; named channels and streams do not yet.
 */
import { parseHello, HELLO } from '../protocol/control.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { RoomError } from '../shared/errors.ts';
import { after, childScope } from '../shared/scope.ts';
import type { Dialect, PeerParts } from '../peer/dialect.ts';
import type { Envelope } from '../protocol/control.ts';

/** From `disconnected` or `failed` on, unless the pc recovers; with the relay's hint that the socket is gone, less. */
const GRACE_MS = 12_000;
const HINTED_GRACE_MS = 2500;

export class RtcioDialect implements Dialect {
  readonly kind = 'rtcio';
  readonly sendsMedia = false;
  readonly channelPort = undefined;
  readonly heardMs = performance.now();
  readonly #parts: PeerParts;
  #open = false;

  constructor(parts: PeerParts) {
    const { pc, handlers, scope } = parts;
    this.#parts = parts;
    let grace: AbortController | undefined;
    pc.addEventListener('connectionstatechange', () => {
      grace?.abort();
      grace = undefined;
      const unhealthy = pc.connectionState === 'disconnected' || pc.connectionState === 'failed';
      if (this.#open && (unhealthy || pc.connectionState === 'connected')) handlers.onInterrupted(unhealthy, pc.connectionState);
      if (!unhealthy) return;
      grace = childScope(scope);
      after(handlers.word().socketClosed ? HINTED_GRACE_MS : GRACE_MS, grace.signal, () => { handlers.onClosed('silent'); });
    }, { signal: scope });
  }

  opened(): void {
    this.#open = true;
    this.#parts.handlers.onConnected();
    this.#parts.control.admit();
  }

  receive({ e, d }: Envelope): void {
    const { handlers, drop } = this.#parts;
    // Only our own engines say hello, and the relay announced none: it may not make two of them forget what they check.
    if (e === HELLO && parseHello(d)) {
      handlers.onClosed('hello-unexpected', new RoomError('hello-unexpected', 'The relay announced one of our engines as an rtc.io client.'));
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

  receiveSignal(): void {
    this.#parts.drop('stream-question');
  }

  emit(frame: string): void {
    this.#parts.control.push(frame);
  }

  request(event: string): Promise<unknown> {
    return Promise.reject(new RoomError('no-handler', `An rtc.io client answers no requests ("${event}").`));
  }

  goodbye(): void {
    // They see the channel close.
  }
}
