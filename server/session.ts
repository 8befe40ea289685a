import { MAX_SDP_CHARS } from '../src/protocol/limits.ts';
import { parseJoinRequest, parseLeaveRequest } from '../src/protocol/parse.ts';
import { parseOutgoingEnvelope } from '../src/protocol/parse-signal.ts';
import type { Ack, ClientToRelay, Joined, PeerLeftReason, Waiting } from '../src/protocol/wire.ts';
import type { Pass } from './auth/pass.ts';
import { explainMisplaced } from './affinity.ts';
import { EventDesk, type AppEvents } from './events.ts';
import type { IceSource } from './ice/source.ts';
import type { RelayLimits } from './limits.ts';
import type { Link } from './link.ts';
import { describeError, type Log } from './log.ts';
import type { Meter } from './meter.ts';
import { toParticipant, type Membership, type Seat } from './membership.ts';
import type { Moderation } from './moderation.ts';
import type { Member, Place } from './rooms/rooms.ts';
import { refuse, type RefusalCode, type RelaySocket } from './types.ts';

export interface SessionOptions {
  link: Link;
  /** Who it is, as authentication says, and until when. */
  pass: Pass;
  membership: Membership;
  moderation: Moderation;
  limits: RelayLimits;
  events: AppEvents;
  ice: IceSource;
  /** Nothing is joined over a connection whose query names no room. */
  affinity: boolean;
  meter: Meter;
  /** The relay goes out of service: nobody new comes in. */
  isDraining: () => boolean;
  log: Log;
}

type Reply = (ack: Ack<Joined | Waiting | object>) => void;
type Handlers = { [E in keyof ClientToRelay]: (body: unknown, reply: Reply) => void | Promise<void> };

/** The place that a socket has, waits for, or is about to get; `given up` while that is still being decided. */
interface Stay extends Place { is: 'joining' | 'given up' | 'waiting' | 'in' | 'left' }

/** One socket: parses what it says and answers it. It is in one room at most. */
export class Session {
  readonly #socket: RelaySocket;
  readonly #o: SessionOptions;
  readonly #desk: EventDesk;
  readonly #ice: ReturnType<IceSource['desk']>;
  readonly #handlers: Handlers = {
    'join-room': (body, reply) => this.#join(body, reply),
    'leave-room': (body, reply) => this.#leave(body, reply),
    '#rtcio:message': (body, reply) => { this.#forward(body, reply); },
    '#rtcio:ice-servers': (_body, reply) => { this.#handOutIce(reply); },
    '#rtcio:renew': (body, reply) => { void this.#o.pass.renew(body, () => this.#stay?.roomId).then(reply); },
    '#rtcio:host': (body, reply) => this.#moderate(body, reply),
  };
  #stay: Stay | undefined;

  constructor(socket: RelaySocket, options: SessionOptions) {
    this.#socket = socket;
    this.#o = options;
    this.#ice = options.ice.desk();
    this.#desk = new EventDesk(options.events, options.log);
    // As a middleware that never passes on: no name a stranger chose ever reaches an event emitter.
    socket.use(([name, ...args]: unknown[]) => { this.#receive(name, args); });
    socket.on('disconnect', (reason) => { this.#end(reason); });
  }

  /** `undefined` also where another socket has the place by now, or a host took it away. */
  get #member(): Member | undefined {
    return this.#stay?.is === 'in' ? this.#o.membership.memberAt(this.#stay) : undefined;
  }

  #receive(name: unknown, args: unknown[]): void {
    if (this.#o.link.closed) return;
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as Reply) : undefined;
    const reply: Reply = (answer) => {
      if (!answer.ok) this.#o.meter.refused(answer.error.code);
      ack?.(answer);
    };
    const failed = (error: unknown) => {
      // JSON of a few kilobytes can be nested deeper than the stack of whoever walks it.
      const code = error instanceof RangeError ? 'invalid-message' : 'internal';
      this.#o.log('error', 'a message could not be handled', { code, error: describeError(error) });
      reply(refuse(code, 'The relay could not handle this message.'));
    };
    try {
      if (this.#o.link.inDebt) reply(refuse('rate-limited', 'Too many messages; this one was dropped.'));
      else if (isHandled(this.#handlers, name)) this.#handlers[name](args[0], reply)?.catch(failed);
      else {
        const member = this.#member;
        void this.#desk.answer(name, args[0], member && toParticipant(member)).then(reply).catch(failed);
      }
    } catch (error) {
      failed(error);
    }
  }

  async #join(body: unknown, reply: Reply): Promise<void> {
    const { membership, link } = this.#o;
    const refused = (code: RefusalCode, message: string) => {
      this.#o.log('info', 'a join was refused', { code });
      reply(refuse(code, message));
    };
    if (this.#stay && (this.#stay.is !== 'in' || this.#member)) { refused('already-joined', 'One room a socket.'); return; }
    if (this.#o.isDraining()) { refused('relay-draining', 'This relay goes out of service; join at another.'); return; }
    if (!link.mayJoin()) { refused('rate-limited', 'Too many joins.'); return; }
    const request = parseJoinRequest(body);
    if (typeof request === 'string') { refused(request, 'roomId or another field of the join is not valid.'); return; }
    const { roomId } = request;
    if (!link.mayEnter(roomId)) { refused('rate-limited', 'Too many different rooms.'); return; }
    const misplaced = explainMisplaced(this.#socket.handshake.url, roomId, this.#o.affinity);
    if (misplaced) { refused('wrong-relay', misplaced); return; }
    const socketId = this.#socket.id;
    const id = membership.idOf(socketId, request, this.#o.pass.identity);
    if (id === undefined) { refused('resume-refused', 'The token is not valid for this room, or has expired.'); return; }

    const stay: Stay = { roomId, id, socketId, is: 'joining' };
    this.#stay = stay;
    // The answer goes within the fact that brings it; who has left or gone by then does not take it.
    const refusal = await membership.join(stay, this.#o.pass.identity, request, {
      waits: () => { if (stay.is === 'joining') this.#wait(stay, reply); },
      seated: (seat) => { if (stay.is === 'joining' || stay.is === 'waiting') this.#sit(seat, stay, reply); },
    });
    if (stay.is !== 'joining' && stay.is !== 'given up') return;
    this.#stay = undefined;
    if (refusal) {
      refused(refusal.code, refusal.message);
      // What came of it is unknown: another socket asks anew.
      if (refusal.code === 'relay-unavailable') link.close(refusal.code, refusal.message);
    } else {
      refused('not-joined', 'Left while joining.');
      const mayComeBack = request.resume !== undefined && !this.#socket.connected;
      if (!isOurGoing(link.closed)) await (mayComeBack ? membership.drop(stay, 'transport close') : membership.leave(stay));
    }
  }

  #wait(stay: Stay, reply: Reply): void {
    stay.is = 'waiting';
    this.#o.link.waits();
    reply({ ok: true, waiting: true, id: stay.id });
  }

  #sit(seat: Seat, stay: Stay, reply: Reply): void {
    const { expiresAt } = this.#o.pass.identity;
    const joined = { ...seat, ...(expiresAt !== undefined && { tokenExpiresAt: expiresAt }), ...this.#o.ice.atJoin(stay.id) };
    if (stay.is === 'waiting') this.#socket.emit('#rtcio:admitted', joined);
    else reply({ ok: true, ...joined });
    stay.is = 'in';
    this.#o.link.joined(stay.roomId);
    this.#o.meter.joins++;
  }

  async #leave(body: unknown, reply: Reply): Promise<void> {
    const request = parseLeaveRequest(body);
    if (!request) { reply(refuse('invalid-room', 'roomId is not valid.')); return; }
    const stay = this.#stay?.is === 'in' && !this.#member ? undefined : this.#stay;
    if (stay?.roomId !== request.roomId || stay.is === 'given up') { reply(refuse('not-joined', 'Not in this room.')); return; }
    this.#o.link.left();
    await this.#giveUp(stay, () => this.#o.membership.leave(stay));
    reply({ ok: true });
  }

  /** A join under way finds out by itself. */
  async #giveUp(stay: Stay, leave: () => Promise<void>): Promise<void> {
    if (stay.is === 'joining' || stay.is === 'given up') { stay.is = 'given up'; return; }
    stay.is = 'left';
    this.#stay = undefined;
    await leave();
  }

  async #moderate(body: unknown, reply: Reply): Promise<void> {
    const member = this.#member;
    if (!member) { reply(refuse('not-joined', 'Join a room first.')); return; }
    const answer = await this.#o.moderation.act(member, this.#o.pass.identity, body);
    reply(answer);
    // A room that was ended is ended for the host too, once it has its answer.
    if (answer.ok && this.#stay && !this.#o.membership.memberAt(this.#stay)) this.#o.membership.endFor(member);
  }

  /** Delivers to exactly one socket, under a source that the relay writes. */
  #forward(body: unknown, reply: Reply): void {
    const member = this.#member;
    if (!member) { reply(refuse('not-joined', 'Join a room first.')); return; }
    const envelope = parseOutgoingEnvelope(body);
    if (!envelope) {
      reply(isTooLarge(body) ? refuse('too-large', 'The envelope is too large.') : refuse('invalid-message', 'Not an envelope.'));
      return;
    }
    const { target, data } = envelope;
    const source = member.announcement.id;
    const to = target === source ? undefined : this.#o.membership.rooms.find(member.roomId, target);
    const isDelivered = this.#o.membership.deliver(to, '#rtcio:message', { source, target, data });
    if (isDelivered) this.#o.meter.envelopes++;
    reply(isDelivered ? { ok: true } : refuse('unknown-target', 'Nobody of this id is reachable in this room.'));
  }

  #handOutIce(reply: Reply): void {
    const member = this.#member;
    if (!member) { reply(refuse('not-joined', 'Join a room first.')); return; }
    void this.#ice(toParticipant(member)).then((configuration) => { reply({ ok: true, ...configuration }); });
  }

  #end(reason: string): void {
    const stay = this.#stay;
    // A relay that goes away is no word about participants.
    if (!stay || isOurGoing(this.#o.link.closed)) return;
    void this.#giveUp(stay, () => this.#o.membership.drop(stay, toPeerLeftReason(reason)));
  }
}

function isOurGoing(code: RefusalCode | undefined): boolean {
  return code === 'relay-closed' || code === 'relay-draining';
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
