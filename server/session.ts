import { MAX_SDP_CHARS } from '../src/protocol/limits.ts';
import { parseJoinRequest, parseLeaveRequest } from '../src/protocol/parse.ts';
import { parseOutgoingEnvelope } from '../src/protocol/parse-signal.ts';
import type { Ack, ClientToRelay, Joined, PeerLeftReason, Waiting } from '../src/protocol/wire.ts';
import type { Pass } from './auth/pass.ts';
import { explainMisplaced } from './affinity.ts';
import { EventDesk, type AppEvents } from './events.ts';
import type { RelayIssuer } from './identity/relay-issuer.ts';
import { renewVouch } from './identity/renew-vouch.ts';
import type { IceSource } from './ice/source.ts';
import type { Link } from './link.ts';
import { describeError, type Log } from './log.ts';
import type { Meter } from './meter.ts';
import { toParticipant, type Membership, type Seat } from './membership.ts';
import type { Moderation } from './moderation.ts';
import type { Member, Place } from './rooms/rooms.ts';
import { refuse, type RefusalCode, type RelaySocket } from './types.ts';

/** What all of them share. */
export interface SessionOptions {
  membership: Membership;
  moderation: Moderation;
  events: AppEvents;
  ice: IceSource;
  issuer: RelayIssuer | undefined;
  /** Nothing is joined over a connection whose query names no room. */
  affinity: boolean;
  meter: Meter;
  /** The relay goes out of service: nobody new comes in. */
  isDraining: () => boolean;
  log: Log;
}

type Reply = (ack: Ack<Joined | Waiting | object>) => void;

/** The place that a socket has, waits for, or is about to get; `given up` while that is still being decided. */
interface Stay extends Place { is: 'joining' | 'given up' | 'waiting' | 'in' | 'left' }

/** One socket: parses what it says and answers it. It is in one room at most. */
export class Session {
  readonly #socket: RelaySocket;
  readonly #link: Link;
  readonly #pass: Pass;
  readonly #o: SessionOptions;
  /** Made when first needed: most sockets send no event of the app, and ask for no fresh ICE servers. */
  #desk: EventDesk | undefined;
  #ice: ReturnType<IceSource['desk']> | undefined;
  #stay: Stay | undefined;

  constructor(socket: RelaySocket, link: Link, pass: Pass, options: SessionOptions) {
    this.#socket = socket;
    this.#link = link;
    this.#pass = pass;
    this.#o = options;
    // As a middleware that never passes on: no name a stranger chose ever reaches an event emitter.
    socket.use(([name, ...args]: unknown[]) => { this.#receive(name, args); });
    socket.on('disconnect', (reason) => { this.#end(reason); });
  }

  /** `undefined` also where another socket has the place by now, or a host took it away. */
  get #member(): Member | undefined {
    return this.#stay?.is === 'in' ? this.#o.membership.memberAt(this.#stay) : undefined;
  }

  #receive(name: unknown, args: unknown[]): void {
    if (this.#link.closed) return;
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
      if (this.#link.inDebt) reply(refuse('rate-limited', 'Too many messages; this one was dropped.'));
      else this.#handle(name, args[0], reply)?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #handle(name: unknown, body: unknown, reply: Reply): Promise<void> | undefined {
    switch (name as keyof ClientToRelay) {
      case 'join-room': return this.#join(body, reply);
      case 'leave-room': return this.#leave(body, reply);
      case '#rtcio:message': this.#forward(body, reply); return undefined;
      case '#rtcio:ice-servers': return this.#handOutIce(reply);
      case '#rtcio:renew': return this.#pass.renew(body, () => this.#stay?.roomId).then(reply);
      case '#rtcio:vouch': return this.#renewVouch(body, reply);
      case '#rtcio:host': return this.#moderate(body, reply);
      default: return this.#answer(name, body, reply);
    }
  }

  async #answer(name: unknown, body: unknown, reply: Reply): Promise<void> {
    const member = this.#member;
    this.#desk ??= new EventDesk(this.#o.events, this.#o.log);
    reply(await this.#desk.answer(name, body, member && toParticipant(member)));
  }

  async #join(body: unknown, reply: Reply): Promise<void> {
    const { membership } = this.#o;
    const link = this.#link;
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
    const id = membership.idOf(socketId, request, this.#pass.identity);
    if (id === undefined) { refused('resume-refused', 'The token is not valid for this room, or has expired.'); return; }

    const stay: Stay = { roomId, id, socketId, is: 'joining' };
    this.#stay = stay;
    // The answer goes within the fact that brings it; who has left or gone by then does not take it.
    const refusal = await membership.join(stay, this.#pass.identity, request, {
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
    this.#link.waits();
    reply({ ok: true, waiting: true, id: stay.id });
  }

  #sit(seat: Seat, stay: Stay, reply: Reply): void {
    const { expiresAt } = this.#pass.identity;
    const joined = { ...seat, ...(expiresAt !== undefined && { tokenExpiresAt: expiresAt }), ...this.#o.ice.atJoin(stay.id) };
    if (stay.is === 'waiting') this.#socket.emit('#rtcio:admitted', joined);
    else reply({ ok: true, ...joined });
    stay.is = 'in';
    this.#link.joined(stay.roomId);
    this.#o.meter.joins++;
  }

  async #leave(body: unknown, reply: Reply): Promise<void> {
    const request = parseLeaveRequest(body);
    if (!request) { reply(refuse('invalid-room', 'roomId is not valid.')); return; }
    const stay = this.#stay?.is === 'in' && !this.#member ? undefined : this.#stay;
    if (stay?.roomId !== request.roomId || stay.is === 'given up') { reply(refuse('not-joined', 'Not in this room.')); return; }
    this.#link.left();
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
    const answer = await this.#o.moderation.act(member, this.#pass.identity, body);
    reply(answer);
    // A room that was ended is ended for the host too, once it has its answer.
    if (answer.ok && this.#stay && !this.#o.membership.memberAt(this.#stay)) this.#o.membership.endFor(member);
  }

  async #renewVouch(body: unknown, reply: Reply): Promise<void> {
    const member = this.#member;
    if (!member) { reply(refuse('not-joined', 'Join a room first.')); return; }
    // It is told to the whole room, as a join is.
    if (!this.#link.mayJoin()) { reply(refuse('rate-limited', 'Too many renewals.')); return; }
    reply(await renewVouch(this.#o, { ...member, socketId: this.#socket.id }, this.#pass.identity, body));
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

  async #handOutIce(reply: Reply): Promise<void> {
    const member = this.#member;
    if (!member) { reply(refuse('not-joined', 'Join a room first.')); return; }
    this.#ice ??= this.#o.ice.desk();
    reply({ ok: true, ...await this.#ice(toParticipant(member)) });
  }

  #end(reason: string): void {
    this.#pass.end();
    // One socket a connection: a second one over it would begin with fresh limits.
    this.#socket.conn.close();
    const stay = this.#stay;
    // A relay that goes away is no word about participants.
    if (!stay || isOurGoing(this.#link.closed)) return;
    void this.#giveUp(stay, () => this.#o.membership.drop(stay, toPeerLeftReason(reason)));
  }
}

function isOurGoing(code: RefusalCode | undefined): boolean {
  return code === 'relay-closed' || code === 'relay-draining';
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
