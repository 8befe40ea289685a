import { DEFAULTS } from '../defaults.ts';
import { defaultLimits, type Rate, type RelayLimits } from '../limits.ts';
import { rate, whole, type Setting } from './setting.ts';

/** The longest a timer of Node can wait. */
const MAX_MS = 2 ** 31 - 1;

const ABOUT: Readonly<Record<keyof RelayLimits, string>> = {
  socketsPerAddress: 'sockets open at a time from one address; beyond: handshake refused (`too-many-sockets`)',
  connects: 'new sockets of one address; beyond: handshake refused (`too-many-sockets`)',
  messages: 'messages of one socket; beyond: dropped (`rate-limited`), two seconds\' worth beyond: closed',
  bytes: 'bytes of one socket; beyond: as `messages`',
  addressMessages: 'messages of all sockets of one address; beyond: as `messages`',
  addressBytes: 'bytes of all sockets of one address; beyond: as `messages`',
  roomMessages: 'messages of all in one room; beyond: dropped (`rate-limited`)',
  roomBytes: 'bytes of all in one room; beyond: dropped (`rate-limited`)',
  joins: 'joins of one socket; beyond: `rate-limited`',
  addressJoins: 'joins of all sockets of one address; beyond: `rate-limited`',
  rooms: 'different rooms entered from one address; beyond: `rate-limited`',
  messageBytes: 'bytes of one message; beyond: closed',
  messageFrames: 'WebSocket frames that one message may come in; beyond: closed',
  sendBufferBytes: 'bytes waiting for a slow reader; beyond: closed',
  connectMs: 'from the connection to the greeting of socket.io; later: closed',
  authenticateMs: 'how long authentication may take; longer: refused (`relay-unavailable`)',
  authentications: 'sockets that may be authenticating at a time; beyond: refused (`relay-unavailable`)',
  joinMs: 'from the connection, or its authentication, to the first join; later: closed (`join-timeout`)',
  holdMs: 'how long the place of a dropped engine is kept; 0: not at all',
  resumeMs: 'life of a resume token; later: `resume-refused`',
  banFirstMs: 'how long an address stays out (`banned`) after a socket of it was closed for a flood; 0: not at all',
  banMaxMs: 'the longest such ban; each is twice as long as the one before',
  banForgetMs: 'so long after a ban the next one is the first again',
  pingIntervalMs: 'time between two pings',
  pingTimeoutMs: 'how long a pong may take; later: closed',
};

/** Defaults that follow other settings, in words. */
const DERIVED: Partial<Record<keyof RelayLimits, string>> = {
  messages: '40 × (`capacity` − 1) + 60 at once, 50 a second',
  addressMessages: '`socketsPerAddress` / 2 × `messages`',
  addressBytes: '`socketsPerAddress` / 2 × `bytes`',
  roomMessages: '`capacity` × `messages`',
  roomBytes: '`capacity` × `bytes`',
  addressJoins: '`socketsPerAddress` / 2 × `joins`',
};

/** One setting for each bound: those of a name in `…Ms` are times, a `{burst, perSecond}` is a rate. */
export const limitSettings = Object.fromEntries(
  Object.entries<number | Rate>({ ...defaultLimits(DEFAULTS.capacity) })
    .map(([name, value]) => [name, settingOf(name as keyof RelayLimits, value)]),
) as { readonly [K in keyof RelayLimits]: Setting<RelayLimits[K]> };

function settingOf(name: keyof RelayLimits, value: number | Rate): Setting<number> | Setting<Rate> {
  const about = ABOUT[name];
  const defaultText = DERIVED[name];
  const standard = <T>(own: T) => defaultText === undefined ? { default: own } : { defaultText };
  return typeof value === 'number'
    ? whole({ about, ...standard(value), example: String(value) }, name.endsWith('Ms') ? { max: MAX_MS } : {})
    : rate({ about, ...standard(value), example: `${value.burst},${Math.ceil(value.perSecond)}` });
}
