/**
 * How rtc.io 1.x clients talk: no hello, no heartbeat; `peer-connect` when the channel opens. Loaded when the first of
 * them is announced.
 */
import { parseHello, HELLO } from '../protocol/control.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { makeHello } from '../peer/hello.ts';
import { RoomError } from '../shared/errors.ts';
import { every } from '../shared/scope.ts';
import { InboundStreams } from './inbound-streams.ts';
import { OutboundStreams } from './outbound-streams.ts';
import { MAX_TEXT_CHARS, RtcioChannels } from './rtcio-channels.ts';
import { SendOnlyLines } from './send-only-lines.ts';
import { watchState } from './watch-state.ts';
import type { Dialect, PeerParts } from '../peer/dialect.ts';
import type { Envelope } from '../protocol/control.ts';
import type { StreamSignal } from '../protocol/wire.ts';

/** What could not be said about streams while the relay was out of reach is said then. */
const RETRY_MS = 1000;
/** Envelopes that an rtc.io client sends at most in the moment in which its channel opens. */
const MAX_EARLY = 1024;

export class RtcioDialect implements Dialect {
  readonly kind = 'rtcio';
  readonly channelPort: RtcioChannels;
  readonly heardMs = performance.now();
  readonly #parts: PeerParts;
  readonly #inbound: InboundStreams;
  readonly #outbound: OutboundStreams;
  /** Came before the far end's certificate was looked at; it may speak as soon as its end is open. */
  #early: Envelope[] | undefined = [];

  constructor(parts: PeerParts) {
    const { senders, handlers, scope } = parts;
    this.#parts = parts;
    senders.useLines(SendOnlyLines);
    parts.control.textChars = MAX_TEXT_CHARS;
    this.channelPort = new RtcioChannels(parts);
    this.#inbound = new InboundStreams(parts);
    this.#outbound = new OutboundStreams(senders.publications, handlers);
    watchState(parts, (unhealthy, state) => { if (!this.#early) handlers.onInterrupted(unhealthy, state); });
    every(RETRY_MS, scope, () => {
      this.#inbound.ask();
      this.#outbound.tell();
    });
  }

  opened(): void {
    // Dropped harmlessly by an rtc.io client; one of our engines knows by it that the relay told both of us the wrong kind.
    this.#parts.control.tell(HELLO, makeHello(this.#parts.view()));
    const early = this.#early ?? [];
    this.#early = undefined;
    this.#parts.handlers.onConnected();
    this.#show();
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

  /** Never an event: what is said here names a stream, and the relay could have said it. */
  receiveStream(signal: StreamSignal): void {
    if ('events' in signal) {
      this.#inbound.answered(signal);
      this.#show();
    } else if (!this.#outbound.question(signal.mid)) {
      this.#parts.drop('stream');
    }
  }

  announce(): void {
    this.#outbound.tell();
    this.#show();
  }

  goodbye(): void {
    // They see the channel close.
  }

  #show(): void {
    if (!this.#early) this.#parts.handlers.onTracks(this.#inbound.views);
  }
}
