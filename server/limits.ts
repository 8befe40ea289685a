import type { Rate } from '../src/protocol/token-bucket.ts';

/** What an operator may change about bounds; docs/relay.md has the table. */
export type { Rate };

export interface RelayLimits {
  /** Sockets open at a time from one address. */
  socketsPerAddress: number;
  /** New sockets from one address. */
  connects: Rate;
  /** Packets of one socket. */
  messages: Rate;
  /** Bytes of one socket. */
  bytes: Rate;
  /** `join-room` of one socket. */
  joins: Rate;
  /** Bytes of one message; a larger one closes the socket (WebSocket 1009). */
  messageBytes: number;
  /** Bytes waiting for a reader that is too slow. */
  sendBufferBytes: number;
  /** From the connection to the handshake of socket.io. */
  connectMs: number;
  /** From the connection to the first successful join. */
  joinMs: number;
  /** How long the place of a dropped socket with a resume token is kept. */
  holdMs: number;
  /** Life of a resume token. */
  resumeMs: number;
  pingIntervalMs: number;
  pingTimeoutMs: number;
}

/** The message burst covers a join into a full mesh: about 90 envelopes in two seconds at eight participants. */
export function defaultLimits(capacity: number): RelayLimits {
  return {
    socketsPerAddress: 20,
    connects: { burst: 20, perSecond: 1 },
    messages: { burst: 40 * (capacity - 1) + 60, perSecond: 50 },
    bytes: { burst: 512_000, perSecond: 64_000 },
    joins: { burst: 10, perSecond: 10 / 60 },
    messageBytes: 100_000,
    sendBufferBytes: 1_000_000,
    connectMs: 10_000,
    joinMs: 5_000,
    holdMs: 60_000,
    resumeMs: 24 * 3_600_000,
    pingIntervalMs: 10_000,
    pingTimeoutMs: 5_000,
  };
}

/** @throws TypeError for a limit that is not a number of zero or more. */
export function resolveLimits(capacity: number, given: Partial<RelayLimits> = {}): RelayLimits {
  const limits = { ...defaultLimits(capacity), ...given };
  for (const [name, limit] of Object.entries<number | Rate>({ ...limits })) {
    const values: unknown[] = typeof limit === 'object' ? [limit.burst, limit.perSecond] : [limit];
    if (!values.every((value) => typeof value === 'number' && value >= 0)) {
      throw new TypeError(`limits.${name} is not a number of zero or more`);
    }
  }
  return limits;
}
