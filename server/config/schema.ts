import * as v from 'valibot';
import type { IceServer } from '../../src/protocol/wire.ts';
import { JWT_ALGORITHMS } from '../auth/jwt-options.ts';
import { DEFAULTS, PATH_PATTERN } from '../defaults.ts';
import { TURN_TTL_S, TURN_URL } from '../ice/turn.ts';
import { limitSettings } from './limit-settings.ts';
import { roomSettings } from './room-settings.ts';
import { file, json, list, onOff, oneOf, secret, text, whole, wholeOrOff, type Setting } from './setting.ts';

const PORT = { max: 65_535 };
const REDIS_URL = /^rediss?:\/\/[^\s/]+(?:\/\d{0,4})?$/;
const isOrigin = (origin: string) => origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin.replace(/\/$/, ''));

/**
 * What the relay is told (`RelayOptions`). One entry here is a flag, a variable, a key of the file, and a line of the help and of
 * docs/relay.md (`npm run docs:tables`): the path `limits.joinMs` is `--limits-join-ms`, `LIMITS_JOIN_MS` and
 * `{"limits": {"joinMs": …}}`.
 */
export const relaySettings = {
  port: whole({ about: 'port to listen on; 0 picks a free one', example: '3000', default: DEFAULTS.port }, PORT),
  host: text({ about: 'address to listen on', example: '127.0.0.1', defaultText: 'all interfaces' }),
  path: text(
    { about: 'path of socket.io', example: '/socket.io', default: DEFAULTS.path, env: 'SOCKET_PATH' }, // PATH is taken.
    PATH_PATTERN, 'a path like /socket.io',
  ),
  origins: list({
    about: 'origins of pages that may connect; `*` for any', example: 'https://app.example.com', flag: 'origin',
    defaultText: 'loopback origins, and pages opened by this machine\'s IP address',
  }, v.pipe(v.string(), v.check(isOrigin)), 'a list of origins (scheme://host[:port])'),
  allowNoOrigin: onOff({ about: 'lets programs connect that send no `Origin`' }),
  polling: onOff({ about: 'lets clients begin with HTTP polling' }),
  trustedHops: whole({
    about: 'proxies in front that write `X-Forwarded-For`', example: '1', default: DEFAULTS.trustedHops,
  }, { max: 16 }),
  affinity: onOff({
    about: 'a proxy spreads rooms over relays: a connection whose query names no room joins nothing (`wrong-relay`)',
  }),
  capacity: whole({ about: 'participants in a room', example: '8', default: DEFAULTS.capacity }, { min: 1, max: 1024 }),
  iceServers: json<IceServer[]>({
    about: 'ICE servers to hand out, as in `RTCConfiguration.iceServers`', flag: 'ice', hidden: true,
    example: '[{"urls":"stun:stun.example.com"}]',
  }, v.array(v.object({
    urls: v.union([v.string(), v.array(v.string())]),
    username: v.exactOptional(v.string()),
    credential: v.exactOptional(v.string()),
  })), 'a list of ICE servers in JSON'),
  turn: {
    urls: list({
      about: 'TURN servers that share `turn.secret`',
      example: 'turn:turn.example.com:3478,turns:turn.example.com:5349', flag: 'turn', hidden: true,
    }, v.pipe(v.string(), v.regex(TURN_URL)), 'a list of turn: or turns: URLs'),
    secret: secret({
      about: 'coturn\'s `static-auth-secret`, from which credentials are minted', example: 'a long random text',
    }),
    ttlS: whole({
      about: 'life of the credentials in seconds', example: '600', default: DEFAULTS.turnTtlS, flag: 'turn-ttl',
      env: 'TURN_TTL',
    }, TURN_TTL_S),
  },
  jwt: {
    secret: secret({
      about: 'secret of tokens signed with HS256; one of this, `jwt.publicKey` and `jwt.jwks`: without any, rooms are open',
      example: 'at least 32 random characters',
    }, 32),
    publicKey: secret({
      about: 'public key (PEM) of tokens signed with RS256, PS256, ES256, ES384 or EdDSA', example: '-----BEGIN PUBLIC KEY-----…',
    }),
    jwks: file({
      about: 'file or https URL with the public keys of tokens (JSON Web Key Set)',
      example: 'https://id.example.com/.well-known/jwks.json',
    }, /^(?!-----BEGIN|https?:[^?#]*@)[^{\n]+$/i, 'the name of a file, or a URL without a password'),
    algorithms: list({
      about: 'what the `alg` of a token may be', example: 'ES256', defaultText: 'all that fit the key',
    }, v.picklist(JWT_ALGORITHMS), `a list of ${JWT_ALGORITHMS.join(', ')}`),
    issuer: list({ about: 'the `iss` that a token must have', example: 'https://id.example.com', defaultText: 'any' }),
    audience: list({ about: 'the `aud` that a token must have, one of them', example: 'calls', defaultText: 'any' }),
    clockToleranceS: whole({
      about: 'how far clocks may be apart, in seconds', example: '5', default: DEFAULTS.clockToleranceS }, { max: 600,
    }),
    allowNoExpiry: onOff({ about: 'lets tokens without `exp` in' }),
  },
  vouch: {
    issuer: text({
      about: 'vouches for whom the authentication knows, under this name; keys: `/.well-known/rtc-vouch-jwks.json`',
      example: 'https://relay.example.com', defaultText: 'no vouches',
    }, /^.{1,255}$/, 'a text of 1 to 255 characters'),
    key: secret({
      about: 'private P-256 key (PEM) that signs them', example: '-----BEGIN PRIVATE KEY-----…',
      defaultText: 'made for this process',
    }),
    previousKey: secret({
      about: 'the key before, or its public half, until what it signed has ended (ten minutes)',
      example: '-----BEGIN PUBLIC KEY-----…',
    }),
  },
  stunPort: wholeOrOff({
    about: 'UDP port of the STUN responder', example: '3478', defaultText: 'the number of `port`', off: 'stun',
  }, PORT),
  secret: secret({
    about: 'key of the resume tokens; relays that share it accept each other\'s',
    example: 'a long random text', env: 'RELAY_SECRET',
    defaultText: 'made once and kept in `secretFile`',
  }),
  secretFile: file({
    about: 'where that key is kept; made once, mode 0600', example: '/var/lib/relay/secret', env: 'RELAY_SECRET_FILE',
    default: DEFAULTS.secretFile,
  }),
  redis: text({
    about: 'Redis that several relays share; needs the packages @redis/client and @socket.io/redis-adapter',
    example: 'redis://127.0.0.1:6379', env: 'REDIS_URL', hidden: true,
  }, REDIS_URL, 'a URL like redis://127.0.0.1:6379'),
  rooms: roomSettings,
  limits: limitSettings,
  metrics: {
    port: whole({ about: 'port of its own for Prometheus, `/metrics`', example: '9090' }, PORT),
    host: text({ about: 'address of that port', example: '127.0.0.1', default: DEFAULTS.metricsHost }),
    token: secret({
      about: 'bearer token of `/metrics`; without `metrics.port` it is served on the main port, to this token only',
      example: 'a long random text',
    }),
  },
  demo: onOff({ about: 'serves the demo', default: true }),
  logAddresses: onOff({ about: 'writes the addresses of clients into the log' }),
};

/** What concerns the program around the relay. */
export const programSettings = {
  https: onOff({ about: 'serves https with a self-signed certificate; needs the package selfsigned' }),
  tlsCert: file({ about: 'certificate chain (PEM); read again when it changes, and on SIGHUP', example: '/etc/relay/cert.pem' }),
  tlsKey: file({ about: 'its private key (PEM)', example: '/etc/relay/key.pem' }),
  drainMs: whole({
    about: 'how long a relay that is told to end (SIGTERM) takes to send its clients away',
    example: '5000', default: DEFAULTS.drainMs,
  }, { max: 3_600_000 }),
  logFormat: oneOf({
    about: 'lines for people, or JSON (needs the package pino)', example: 'json', default: 'text',
  }, ['text', 'json']),
  logLevel: oneOf({ about: 'the least that is logged', example: 'warn', default: 'info' }, ['info', 'warn', 'error']),
  quiet: onOff({ about: 'logs errors only' }),
};

export const settings = { ...relaySettings, ...programSettings };

/** A tree of settings -> the values that were given for them. */
export type Values<Tree> = { -readonly [K in keyof Tree]?: Tree[K] extends Setting<infer T> ? T : Values<Tree[K]> };
export type Config = Values<typeof settings>;
