import { isEventName } from '../src/protocol/primitives.ts';
import { isReservedRelayEvent } from '../src/protocol/reserved.ts';
import type { Ack } from '../src/protocol/wire.ts';
import { TokenBucket } from '../src/protocol/token-bucket.ts';
import type { Rate } from './limits.ts';
import { describeError, type Log } from './log.ts';
import type { StandardSchema } from '../src/protocol/event-rules.ts';
import { refuse, type Participant } from './types.ts';

/** The relay's end of `room.server.emit(name, body)`. */
export interface EventDefinition<Body> {
  /** What does not match is answered `invalid-message`. Without one the body is `unknown`: look at it before use. */
  schema?: StandardSchema<unknown, Body>;
  /** For each socket; beyond it `rate-limited`. The limits of the socket hold besides. */
  rate?: Rate;
  /** What it returns, JSON, is the ack's `value`; what it throws is logged here and answered `handler-failed`. */
  handle(body: Body, participant: Participant): unknown;
}

export type EventAck = Ack<{ value?: unknown }>;
export type AppEvents = ReadonlyMap<string, EventDefinition<unknown>>;

/** @throws TypeError for a name of the protocol, or for an event without `handle`. */
export function defineEvents(events: Readonly<Record<string, EventDefinition<unknown>>>): AppEvents {
  for (const [name, definition] of Object.entries(events)) {
    if (!isEventName(name) || isReservedRelayEvent(name)) {
      throw new TypeError(`events: "${name}" is a name of the protocol, or too long`);
    }
    if (typeof definition.handle !== 'function') throw new TypeError(`events: "${name}" has no handle(body, participant)`);
  }
  return new Map(Object.entries(events));
}

/** Answers the app's events of one socket. */
export class EventDesk {
  readonly #events: AppEvents;
  readonly #log: Log;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(events: AppEvents, log: Log) {
    this.#events = events;
    this.#log = log;
  }

  /** Never rejects. */
  async answer(name: unknown, body: unknown, participant: Participant | undefined): Promise<EventAck> {
    if (typeof name !== 'string' || !isEventName(name) || isReservedRelayEvent(name)) {
      return refuse('reserved-event', 'This name cannot be sent to the relay.');
    }
    const event = this.#events.get(name);
    if (!event) return refuse('unknown-event', 'Nobody handles this event.');
    if (!participant) return refuse('not-joined', 'Join a room first.');
    if (!this.#withinRate(name, event.rate)) return refuse('rate-limited', 'Too many of this event.');
    try {
      const result = event.schema ? await event.schema['~standard'].validate(body) : { value: body };
      if (result.issues) return refuse('invalid-message', 'The body does not match the schema.');
      const value: unknown = await event.handle(result.value, participant);
      // Encoded here, so that what JSON cannot hold is the handler's failure and not the socket's.
      return value === undefined ? { ok: true } : { ok: true, value: JSON.parse(JSON.stringify(value)) as unknown };
    } catch (error) {
      this.#log('error', 'an event handler failed', { event: name, error: describeError(error) });
      return refuse('handler-failed', 'The relay could not handle this event.');
    }
  }

  #withinRate(name: string, rate: Rate | undefined): boolean {
    if (!rate) return true;
    const bucket = this.#buckets.get(name) ?? new TokenBucket(rate);
    this.#buckets.set(name, bucket);
    return bucket.take();
  }
}
