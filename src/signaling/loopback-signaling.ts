/**
 * A relay in memory: several participants in one page, no server. It behaves as socket.io does: it delays, keeps the order of
 * each direction, and at a break loses what was in flight both ways.
 */
import { Emitter } from '../shared/emitter.ts';
import { RoomError } from '../shared/errors.ts';
import { randomId } from '../shared/ids.ts';
import { Wire } from './loopback-wire.ts';
import type {
  Announcement, HostAction, IceConfiguration, Joined, JoinRequest, ParticipantId, Signal,
} from '../protocol/wire.ts';
import type { Present, Signaling, SignalingEvents } from './signaling.ts';

export interface LoopbackOptions {
  /** Milliseconds that one message takes; asked for each. @default 0 */
  delayMs?(): number;
  capacity?: number;
  /** Display names of those who may moderate. */
  hosts?: readonly string[];
  /** Whoever is no host has to be let in by one. */
  waitingRoom?: boolean;
}

type Answer = (reply: Joined | RoomError) => void;

export class LoopbackRelay {
  readonly #members = new Map<ParticipantId, LoopbackSignaling>();
  readonly options: Required<LoopbackOptions>;
  /** What it hands out from now on. */
  ice: IceConfiguration = { iceServers: [] };

  readonly #knocking = new Map<ParticipantId, { knocker: LoopbackSignaling; answer: Answer }>();
  #locked = false;

  constructor({ delayMs = () => 0, capacity = 64, hosts = [], waitingRoom = false }: LoopbackOptions = {}) {
    this.options = { delayMs, capacity, hosts, waitingRoom };
  }

  get members(): readonly LoopbackSignaling[] {
    return [...this.#members.values()];
  }

  /** As the relay's own join: who has to wait is told so, and the hosts hear of it. */
  enter(newcomer: LoopbackSignaling, answer: Answer): void {
    const { id, announcement: { name = '' } } = newcomer;
    if (this.#isHost(newcomer)) { this.#seat(newcomer, answer); return; }
    if (this.#locked) { answer(new RoomError('room-locked', 'The room is locked.')); return; }
    if (!this.options.waitingRoom) { this.#seat(newcomer, answer); return; }
    this.#knocking.set(id, { knocker: newcomer, answer });
    newcomer.deliver('waiting', {});
    for (const host of this.#hosts) host.deliver('knock', { id, name });
  }

  /** The ack goes first, then the others are told, and told to offer. */
  #seat(newcomer: LoopbackSignaling, answer: Answer): void {
    if (this.#members.size >= this.options.capacity) {
      answer(new RoomError('room-full', 'The room is full.'));
      return;
    }
    const others = this.members;
    this.#members.set(newcomer.id, newcomer);
    answer({ ...this.#standing(newcomer), ...this.ice, participants: others.map(({ announcement }) => announcement) });
    for (const other of others) {
      other.deliver('announced', newcomer.announcement);
      other.deliver('init-offer', { source: newcomer.id });
    }
  }

  leave(leaver: LoopbackSignaling, reason = 'leave'): void {
    this.#settleKnock(leaver.id);
    if (!this.#members.delete(leaver.id)) return;
    for (const other of this.members) {
      other.deliver('peer-left', { id: leaver.id, reason });
      other.deliver('departed', { id: leaver.id });
    }
  }

  /** @returns why not. */
  moderate(host: LoopbackSignaling, action: HostAction): RoomError | undefined {
    if (!this.#isHost(host)) return new RoomError('forbidden', 'Only a host may do that.');
    if (action.action === 'end') {
      for (const member of this.members) this.#close(member, 'room-ended');
    } else if (!('target' in action)) {
      this.#locked = action.action === 'lock';
      for (const member of this.members) member.deliver('room', { locked: this.#locked });
    } else if (action.action === 'admit' || action.action === 'refuse') {
      const knock = this.#settleKnock(action.target);
      if (!knock) return new RoomError('unknown-target', 'Nobody of this id knocks.');
      if (action.action === 'admit') this.#seat(knock.knocker, knock.answer);
      else knock.answer(new RoomError('knock-refused', 'A host refused.'));
    } else {
      const member = this.#members.get(action.target);
      if (!member) return new RoomError('unknown-target', 'Nobody of this id is here.');
      if (action.action === 'mute') member.deliver('mute', { by: host.id, source: action.source });
      else this.#close(member, 'removed');
    }
    return undefined;
  }

  forward(source: ParticipantId, target: ParticipantId, data: Signal): void {
    this.#members.get(target)?.deliver('envelope', { source, data: structuredClone(data) });
  }

  /** Somebody's vouch was renewed. */
  revised(who: LoopbackSignaling): void {
    for (const other of this.members) if (other !== who) other.deliver('announced', who.announcement);
  }

  returned(who: LoopbackSignaling): void {
    const others = this.members.filter((member) => member !== who);
    const participants = others.map(({ announcement }) => announcement);
    who.deliver('returned', { ...this.#standing(who), ...this.ice, participants });
    for (const other of others) other.deliver('announced', { ...who.announcement, resumed: true });
  }

  get #hosts(): LoopbackSignaling[] {
    return this.members.filter((member) => this.#isHost(member));
  }

  #isHost({ announcement: { name = '' } }: LoopbackSignaling): boolean {
    return this.options.hosts.includes(name);
  }

  #standing(who: LoopbackSignaling): Pick<Joined, 'id' | 'roles' | 'locked' | 'knocks'> {
    const knocks = [...this.#knocking.values()].map(({ knocker: { id, announcement: { name = '' } } }) => ({ id, name }));
    return { id: who.id, locked: this.#locked, ...(this.#isHost(who) && { roles: ['host'], knocks }) };
  }

  #settleKnock(id: ParticipantId): { knocker: LoopbackSignaling; answer: Answer } | undefined {
    const knock = this.#knocking.get(id);
    if (this.#knocking.delete(id)) for (const host of this.#hosts) host.deliver('knock-ended', { id });
    return knock;
  }

  #close(member: LoopbackSignaling, code: 'removed' | 'room-ended'): void {
    this.leave(member, code === 'removed' ? code : 'closed by relay');
    member.deliver('ended', { error: new RoomError(code, 'By a host.') });
  }
}

export class LoopbackSignaling implements Signaling {
  readonly id = randomId(15);
  readonly events = new Emitter<SignalingEvents>();
  announcement: Announcement = { id: this.id };
  readonly #relay: LoopbackRelay;
  readonly #up: Wire;
  readonly #down: Wire;
  #connected = true;

  constructor(relay: LoopbackRelay) {
    this.#relay = relay;
    this.#up = new Wire(relay.options.delayMs);
    this.#down = new Wire(relay.options.delayMs);
  }

  connect(): void {
    this.#connected = true;
  }

  async join({ roomId: _, ...presented }: JoinRequest, present?: Present): Promise<Joined> {
    this.announcement = { id: this.id, ...presented, ...(await present?.(this.id)) };
    return new Promise<Joined>((resolve, reject) => {
      this.#up.carry(() => {
        if (!this.#connected) return; // Left meanwhile: whoever came in now would stay for ever.
        this.#relay.enter(this, (reply) => {
          this.#down.carry(() => { if (reply instanceof RoomError) reject(reply); else resolve(reply); });
        });
      });
    });
  }

  send(target: ParticipantId, data: Signal): void {
    if (this.#connected) this.#up.carry(() => { this.#relay.forward(this.id, target, data); });
  }

  emit(event: string, body?: unknown): Promise<unknown> {
    const { vouch } = (body ?? {}) as { vouch?: string };
    if (event !== '#rtcio:vouch' || vouch === undefined) {
      return Promise.reject(new RoomError('unknown-event', `Nobody handles "${event}" on a loopback relay.`));
    }
    this.announcement = { ...this.announcement, vouch };
    return new Promise((resolve) => {
      this.#up.carry(() => {
        this.#relay.revised(this);
        this.#down.carry(() => { resolve(undefined); });
      });
    });
  }

  /** @throws RoomError while the link is broken. */
  iceServers(): Promise<IceConfiguration> {
    return new Promise((resolve, reject) => {
      if (!this.#connected) { reject(new RoomError('not-joined', 'The relay is out of reach.')); return; }
      this.#up.carry(() => { this.#down.carry(() => { resolve(this.#relay.ice); }); });
    });
  }

  moderate(action: HostAction): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#up.carry(() => {
        const refusal = this.#relay.moderate(this, action);
        this.#down.carry(() => { if (refusal) reject(refusal); else resolve(); });
      });
    });
  }

  renew(): Promise<never> {
    return Promise.reject(new RoomError('unauthorized', 'A loopback relay knows no tokens.'));
  }

  leave(): void {
    this.#connected = false;
    this.#relay.leave(this);
  }

  /** The relay's side: one event to this participant. */
  deliver<E extends keyof SignalingEvents>(event: E, payload: SignalingEvents[E]): void {
    if (this.#connected) this.#down.carry(() => { this.events.emit(event, payload); });
  }

  /** The link breaks: what is in flight is lost both ways. @param silent nothing says that it did */
  break(silent = false): void {
    this.#up.break();
    this.#down.break();
    this.#connected = false;
    this.events.emit('lost', { silent });
  }

  /** The link is back, with its place kept. */
  restore(): void {
    this.#connected = true;
    this.#relay.returned(this);
  }
}
