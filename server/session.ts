import { MAX_SDP_CHARS } from '../src/protocol/limits.ts';
import { parseJoinRequest, parseLeaveRequest } from '../src/protocol/parse.ts';
import { parseOutgoingEnvelope } from '../src/protocol/parse-signal.ts';
import type { Ack, ClientToRelay, IceConfiguration, PeerLeftReason, RoomId } from '../src/protocol/wire.ts';
import { TokenBucket } from '../src/protocol/token-bucket.ts';
import { EventDesk, type AppEvents } from './events.ts';
import type { RelayLimits } from './limits.ts';
import type { Link } from './link.ts';
import { describeError, type Log } from './log.ts';
import type { Membership } from './membership.ts';
import { refuse, type Participant, type RefusalCode, type RelaySocket } from './types.ts';

export interface SessionOptions {
  link: Link;
  membership: Membership;
  limits: RelayLimits;
  events: AppEvents;
  ice: () => IceConfiguration;
  log: Log;
}

type Reply = (ack: Ack) => void;
type Handlers = { [E in keyof ClientToRelay]: (body: unknown, reply: Reply) => void };

/** One socket: parses what it says and answers it. It is in one room at most. */
export class Session {
  readonly #socket: RelaySocket;
  readonly #o: SessionOptions;
  readonly #joins: TokenBucket;
  readonly #desk: EventDesk;
  readonly #handlers: Handlers = {
    'join-room': (body, reply) => { this.#join(body, reply); },
    'leave-room': (body, reply) => { this.#leave(body, reply); },
    '#rtcio:message': (body, reply) => { this.#forward(body, reply); },
    '#rtcio:ice-servers': (_body, reply) => { this.#handOutIce(reply); },
    '#rtcio:renew': (_body, reply) => { reply(refuse('unauthorized', 'This relay knows no tokens.')); },
    '#rtcio:host': (_body, reply) => { reply(refuse('forbidden', 'Only a host may do that.')); },
  };
  #seat: { roomId: RoomId; id: string } | undefined;

  constructor(socket: RelaySocket, options: SessionOptions) {
    this.#socket = socket;
    this.#o = options;
    this.#joins = new TokenBucket(options.limits.joins);
    this.#desk = new EventDesk(options.events, options.log);
    // As a middleware that never passes on: no name a stranger chose ever reaches an event emitter.
    socket.use(([name, ...args]: unknown[]) => { this.#receive(name, args); });
    socket.on('disconnect', (reason) => { this.#end(reason); });
  }

  get #participant(): Participant | undefined {
    return this.#seat && this.#o.membership.participantOf(this.#seat.roomId, this.#seat.id, this.#socket.id);
  }

  #receive(name: unknown, args: unknown[]): void {
    if (this.#o.link.closed) return;
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as Reply) : undefined;
    const reply: Reply = (answer) => { ack?.(answer); };
    const failed = (error: unknown) => {
      // JSON of a few kilobytes can be nested deeper than the stack of whoever walks it.
      const code = error instanceof RangeError ? 'invalid-message' : 'internal';
      this.#o.log('error', 'a message could not be handled', { code, error: describeError(error) });
      reply(refuse(code, 'The relay could not handle this message.'));
    };
    try {
      if (this.#o.link.inDebt) reply(refuse('rate-limited', 'Too many messages; this one was dropped.'));
      else if (isHandled(this.#handlers, name)) this.#handlers[name](args[0], reply);
      else void this.#desk.answer(name, args[0], this.#participant).then(reply).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #join(body: unknown, reply: Reply): void {
    const refused = (code: RefusalCode, message: string) => {
      this.#o.log('info', 'a join was refused', { code });
      reply(refuse(code, message));
    };
    if (this.#participant) { refused('already-joined', 'One room a socket.'); return; }
    if (!this.#joins.take()) { refused('rate-limited', 'Too many joins.'); return; }
    const request = parseJoinRequest(body);
    if (typeof request === 'string') { refused(request, 'roomId or another field of the join is not valid.'); return; }

    const { roomId } = request;
    const refusal = this.#o.membership.join(this.#socket.id, request, (seat) => {
      this.#seat = { roomId, id: seat.id };
      this.#o.link.joined();
      reply({ ok: true, ...seat, ...this.#o.ice() });
    });
    if (refusal === 'room-full') refused(refusal, 'The room is full.');
    else if (refusal) refused(refusal, 'The token is not valid for this room, or has expired.');
  }

  #leave(body: unknown, reply: Reply): void {
    const participant = this.#participant;
    const request = parseLeaveRequest(body);
    if (!request) { reply(refuse('invalid-room', 'roomId is not valid.')); return; }
    if (participant?.roomId !== request.roomId) { reply(refuse('not-joined', 'Not in this room.')); return; }
    this.#o.membership.leave(participant);
    this.#seat = undefined;
    reply({ ok: true });
  }

  /** Delivers to exactly one socket, under a source that the relay writes. */
  #forward(body: unknown, reply: Reply): void {
    const participant = this.#participant;
    if (!participant) { reply(refuse('not-joined', 'Join a room first.')); return; }
    const envelope = parseOutgoingEnvelope(body);
    if (!envelope) {
      reply(isTooLarge(body) ? refuse('too-large', 'The envelope is too large.') : refuse('invalid-message', 'Not an envelope.'));
      return;
    }
    const { target, data } = envelope;
    const socket = target === participant.id ? undefined : this.#o.membership.reach(participant.roomId, target);
    if (!socket) { reply(refuse('unknown-target', 'Nobody of this id is reachable in this room.')); return; }
    socket.emit('#rtcio:message', { source: participant.id, target, data });
    reply({ ok: true });
  }

  #handOutIce(reply: Reply): void {
    if (this.#participant) reply({ ok: true, ...this.#o.ice() });
    else reply(refuse('not-joined', 'Join a room first.'));
  }

  #end(reason: string): void {
    const participant = this.#participant;
    this.#seat = undefined;
    if (participant && this.#o.link.closed !== 'relay-closed') this.#o.membership.drop(participant, toPeerLeftReason(reason));
  }
}

function isHandled(handlers: Handlers, name: unknown): name is keyof Handlers {
  return typeof name === 'string' && Object.hasOwn(handlers, name);
}

/** A description of a known shape whose text is too long, as against a stranger's shape. */
function isTooLarge(body: unknown): boolean {
  return JSON.stringify(body ?? null).length > MAX_SDP_CHARS;
}

/** socket.io's word -> ours. */
function toPeerLeftReason(reason: string): PeerLeftReason {
  switch (reason) {
    case 'ping timeout': return reason;
    case 'transport close': case 'transport error': case 'client namespace disconnect': return 'transport close';
    default: return 'closed by relay';
  }
}
