import type { Rate } from '../src/protocol/token-bucket.ts';

/** What an operator may change about bounds; docs/relay.md has the table. */
export type { Rate };

export interface RelayLimits {
  /** Sockets open at a time from one address. */
  socketsPerAddress: number;
  /** New sockets from one address. */
  connects: Rate;
  /** Packets of one socket, control frames of WebSocket among them. */
  messages: Rate;
  /** Bytes of one socket. */
  bytes: Rate;
  /** As `messages` and `bytes`, of all sockets of one address, past ones included. */
  addressMessages: Rate;
  addressBytes: Rate;
  /** As `messages` and `bytes`, of all who are in one room. */
  roomMessages: Rate;
  roomBytes: Rate;
  /** `join-room` of one socket. */
  joins: Rate;
  /** `join-room` of all sockets of one address. */
  addressJoins: Rate;
  /** Different rooms entered from one address. */
  rooms: Rate;
  /** Bytes of one message; a larger one closes the socket (WebSocket 1009). */
  messageBytes: number;
  /** Frames that one message may come in; more close the socket (WebSocket 1008). */
  messageFrames: number;
  /** Bytes waiting for a reader that is too slow. */
  sendBufferBytes: number;
  /** From the connection to the handshake of socket.io. */
  connectMs: number;
  /** How long authentication may take; the time to the first join begins after it. */
  authenticateMs: number;
  /** How many may be asked at a time who they are. */
  authentications: number;
  /** From the connection, or its authentication, to the first successful join. */
  joinMs: number;
  /** How long the place of a dropped socket with a resume token is kept. */
  holdMs: number;
  /** Life of a resume token. */
  resumeMs: number;
  /** How long an address stays out whose socket was closed for a flood; each time twice as long, to `banMaxMs`. 0: never. */
  banFirstMs: number;
  banMaxMs: number;
  /** So long after the end of a ban the next one is the first again. */
  banForgetMs: number;
  pingIntervalMs: number;
  pingTimeoutMs: number;
}

/**
 * The message burst covers a join into a full mesh: about 90 envelopes in two seconds at eight participants. A room may say what
 * all its places may; an address half of what its sockets may.
 */
export function defaultLimits(capacity: number, given: Partial<RelayLimits> = {}): RelayLimits {
  const {
    socketsPerAddress = 20,
    messages = { burst: 40 * (capacity - 1) + 60, perSecond: 50 },
    bytes = { burst: 512_000, perSecond: 64_000 },
    joins = { burst: 10, perSecond: 10 / 60 },
  } = given;
  const half = Math.max(1, socketsPerAddress / 2);
  return {
    socketsPerAddress,
    connects: { burst: 20, perSecond: 1 },
    messages,
    bytes,
    addressMessages: times(half, messages),
    addressBytes: times(half, bytes),
    roomMessages: times(capacity, messages),
    roomBytes: times(capacity, bytes),
    joins,
    addressJoins: times(half, joins),
    rooms: { burst: 20, perSecond: 20 / 60 },
    messageBytes: 100_000,
    messageFrames: 256,
    sendBufferBytes: 1_000_000,
    connectMs: 10_000,
    authenticateMs: 10_000,
    authentications: 1_000,
    joinMs: 5_000,
    holdMs: 60_000,
    resumeMs: 24 * 3_600_000,
    banFirstMs: 10_000,
    banMaxMs: 3_600_000,
    banForgetMs: 24 * 3_600_000,
    pingIntervalMs: 10_000,
    pingTimeoutMs: 5_000,
  };
}

/** 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function times(factor: number, { burst, perSecond }: Rate): Rate {
  return { burst: factor * burst, perSecond: factor * perSecond };
}

/** @throws TypeError for a limit that is unknown or not a number of zero or more. */
export function resolveLimits(capacity: number, given: Partial<RelayLimits> = {}): RelayLimits {
  const examples = defaultLimits(capacity);
  for (const [name, limit] of Object.entries<unknown>({ ...given })) {
    const example = Object.hasOwn(examples, name) ? examples[name as keyof RelayLimits] : undefined;
    if (example === undefined) throw new TypeError(`limits.${name} is not a limit; there are: ${Object.keys(examples).join(', ')}`);
    if (name.endsWith('Ms') && typeof limit === 'number' && limit > MAX_TIMER_MS) {
      throw new TypeError(`limits.${name} is more than ${MAX_TIMER_MS}, beyond which a timer fires at once; such as ${JSON.stringify(example)}`);
    }
    if (typeof example === 'number' ? !isBound(limit) : !isRate(limit)) {
      throw new TypeError(`limits.${name} is not ${typeof example === 'number' ? 'a number' : 'a rate of numbers'} of zero or more,`
        + ` such as ${JSON.stringify(example)}`);
    }
  }
  return { ...defaultLimits(capacity, given), ...given };
}

function isBound(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

function isRate(value: unknown): value is Rate {
  return typeof value === 'object' && value !== null && 'burst' in value && 'perSecond' in value
    && isBound(value.burst) && isBound(value.perSecond);
}
