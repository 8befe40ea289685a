import { isPlainObject, isText } from '../src/protocol/primitives.ts';
import type { Refusal, RoomId } from '../src/protocol/wire.ts';
import { AUTH_CODES } from './auth/authenticate.ts';
import type { AuthOptions } from './auth/gate.ts';
import { DEFAULTS } from './defaults.ts';
import { describeError, type Log } from './log.ts';
import type { Identity, RefusalCode } from './types.ts';
import { within } from './within.ts';

/** All of it off, unless given: without authentication nobody has a role. */
export interface RoomOptions {
  /** Only who has one of these roles may enter a room that has nobody. */
  createRoles?: readonly string[];
  /** Who has one of these roles is a host. Default `['host']`. */
  hostRoles?: readonly string[];
  /** Whether others than hosts have to be let in. */
  waitingRoom?: boolean | ((roomId: RoomId) => boolean);
  /** How long one may wait to be let in. Default 5 min. */
  knockMs?: number;
  /** How many may wait at a room. Default 16. */
  maxKnocks?: number;
  /** How long the subject of someone removed stays out. Default 10 min. */
  banMs?: number;
  /** How long a room that a host ended is open for hosts only. Default 1 min. */
  endedMs?: number;
}

export interface MembershipPolicy {
  /** Participants in a room. Default 8. */
  capacity?: number;
  rooms?: RoomOptions;
  /** Whether someone may enter a room; asked after the identity's own `rooms`. A throw is logged, and a no (`forbidden`). */
  authorize?(identity: Identity, roomId: RoomId): boolean | Refusal['error'] | Promise<boolean | Refusal['error']>;
}

/** What `authorize` may answer: codes are stable, and each is counted. */
const REFUSALS: readonly RefusalCode[] = [...AUTH_CODES, 'room-full', 'room-locked', 'room-ended', 'removed'];
/** An `authorize` that has not answered by then has not said yes. */
const AUTHORIZE_MS = 10_000;
/** 2^31 - 1 ms is the longest that a timer takes; the engine reads 1024 knocks. */
export const ROOM_BOUNDS = {
  knockMs: { min: 1, max: 2_147_483_647 },
  maxKnocks: { min: 1, max: 1024 },
  banMs: { min: 0, max: Number.MAX_SAFE_INTEGER },
  endedMs: { min: 0, max: Number.MAX_SAFE_INTEGER },
} as const;

/** The operator's word on who may do what in which room. */
export class RoomRules {
  readonly capacity: number;
  readonly knockMs: number;
  readonly maxKnocks: number;
  readonly banMs: number;
  readonly endedMs: number;
  readonly #hostRoles: readonly string[];
  readonly #createRoles: readonly string[] | undefined;
  readonly #waitingRoom: RoomOptions['waitingRoom'];
  readonly #authorize: MembershipPolicy['authorize'];
  readonly #log: Log;

  /** @throws TypeError that names the option which cannot be right. */
  constructor(policy: MembershipPolicy & AuthOptions, log: Log) {
    const { capacity = DEFAULTS.capacity, rooms = {} } = policy;
    if (!Number.isInteger(capacity) || capacity < 1) throw new TypeError('capacity is not a whole number of one or more');
    this.capacity = capacity;
    this.knockMs = bounded(rooms, 'knockMs');
    this.maxKnocks = bounded(rooms, 'maxKnocks');
    this.banMs = bounded(rooms, 'banMs');
    this.endedMs = bounded(rooms, 'endedMs');
    this.#hostRoles = roles(rooms, 'hostRoles') ?? DEFAULTS.hostRoles;
    this.#createRoles = roles(rooms, 'createRoles');
    if (!['undefined', 'boolean', 'function'].includes(typeof rooms.waitingRoom)) {
      throw new TypeError('rooms.waitingRoom is neither true, false nor a function; for example (roomId) => roomId !== "lobby"');
    }
    this.#waitingRoom = rooms.waitingRoom;
    const unmet = this.#createRoles ? 'createRoles' : rooms.waitingRoom ? 'waitingRoom' : undefined;
    if (unmet && !policy.authenticate && !policy.jwt) throw new TypeError(`rooms.${unmet} needs authentication, such as jwt: without it nobody has a role`);
    if (!['undefined', 'function'].includes(typeof policy.authorize)) throw new TypeError('authorize is not a function');
    this.#authorize = policy.authorize && ((identity, roomId) => policy.authorize?.(identity, roomId) ?? false);
    this.#log = log;
  }

  isHost({ roles: own = [] }: Identity): boolean {
    return own.some((role) => this.#hostRoles.includes(role));
  }

  mayCreate({ roles: own = [] }: Identity): boolean {
    return !this.#createRoles || own.some((role) => this.#createRoles?.includes(role));
  }

  hasWaitingRoom(roomId: RoomId): boolean {
    if (typeof this.#waitingRoom !== 'function') return this.#waitingRoom === true;
    try {
      const answer: unknown = this.#waitingRoom(roomId);
      if (typeof answer === 'boolean') return answer;
      Promise.resolve(answer).catch(() => undefined); // A promise says nothing in time, whatever comes of it.
      throw new TypeError('it gave neither true nor false');
    } catch (error) {
      this.#log('error', 'a hook failed', { hook: 'rooms.waitingRoom', error: describeError(error) });
      return true;
    }
  }

  /** Answers at once where no hook is asked: a join is then done in one tick. */
  authorize(identity: Identity, roomId: RoomId): Refusal['error'] | undefined | Promise<Refusal['error'] | undefined> {
    if (identity.rooms && !identity.rooms.includes(roomId)) return forbidden();
    return this.#authorize && this.#ask(this.#authorize, identity, roomId);
  }

  async #ask(authorize: NonNullable<MembershipPolicy['authorize']>, identity: Identity, roomId: RoomId) {
    try {
      const answer: unknown = await within(AUTHORIZE_MS, Promise.resolve(authorize(identity, roomId)));
      return answer === true ? undefined : toRefusal(answer);
    } catch (error) {
      this.#log('error', 'a hook failed', { hook: 'authorize', error: describeError(error) });
      return forbidden();
    }
  }
}

/** What is neither a yes nor a refusal under one of the codes is a no. */
function toRefusal(answer: unknown): Refusal['error'] {
  const { code: given, message } = isPlainObject(answer) ? answer : {};
  const code = REFUSALS.find((known) => known === given);
  return code && isText(message, 500) ? { code, message } : forbidden();
}

function forbidden(): Refusal['error'] {
  return { code: 'forbidden', message: 'This identity may not enter the room.' };
}

function bounded(rooms: RoomOptions, key: keyof typeof ROOM_BOUNDS): number {
  const { min, max } = ROOM_BOUNDS[key];
  const value: unknown = rooms[key] ?? DEFAULTS[key];
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw new TypeError(`rooms.${key} is not a whole number from ${min} to ${max}; for example ${DEFAULTS[key]}`);
}

function roles(rooms: RoomOptions, key: 'hostRoles' | 'createRoles'): readonly string[] | undefined {
  const list: unknown = rooms[key];
  if (list === undefined) return undefined;
  const isRole = (role: unknown): role is string => typeof role === 'string' && role !== '';
  if (Array.isArray(list) && list.length > 0 && list.every(isRole)) return [...list];
  throw new TypeError(`rooms.${key} is not a list of one role or more; for example ["host"]`);
}
