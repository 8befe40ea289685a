import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AuthOptions } from './auth/gate.ts';
import type { EventDefinition } from './events.ts';
import type { Tls } from './http.ts';
import type { RelayVouchOptions } from './identity/relay-issuer.ts';
import type { IceOptions } from './ice/source.ts';
import type { RelayLimits } from './limits.ts';
import type { Log } from './log.ts';
import type { MetricsOptions } from './metrics.ts';
import type { OriginPolicy } from './origin.ts';
import type { MembershipPolicy } from './room-rules.ts';
import type { OpenRooms } from './rooms/rooms.ts';
import type { Participant } from './types.ts';

/** docs/relay.md has the table with every default. */
export interface RelayOptions<Bodies = Record<string, unknown>> extends OriginPolicy, AuthOptions, IceOptions, MembershipPolicy {
  /**
   * An http server of one's own, listening or not yet. The relay then answers only its own path there; call
   * `relay.handle(request, response)` to serve `rtc.js` from it too.
   */
  server?: HttpServer | HttpsServer;
  /** 0 picks a free one. Default 3000. */
  port?: number;
  /** Default: all interfaces. */
  host?: string;
  /** Serves https itself. */
  tls?: Tls;
  /** Path of socket.io. Default `/socket.io`. */
  path?: string;
  /** Lets clients begin with HTTP polling; rtc.io clients that are not made with `transports: ['websocket']` need it. */
  polling?: boolean;
  /** How many proxies in front write `X-Forwarded-For`. Default 0: the header is not believed. */
  trustedHops?: number;
  /** A proxy spreads rooms over relays: a connection whose query names no room joins nothing. Default false. */
  affinity?: boolean;
  limits?: Partial<RelayLimits>;
  /** UDP port of the STUN responder; `false`: none. Default: the number of the relay's own port. */
  stunPort?: number | false;
  /** Signs resume tokens; at least 16 characters. Default: `RELAY_SECRET`, else kept in `secretFile`. */
  secret?: string;
  /** Default `.relay-secret` in the working directory; made once, mode 0600. */
  secretFile?: string;
  /** Events of the app, sent by `room.server.emit`. */
  events?: { [Name in keyof Bodies]: EventDefinition<Bodies[Name]> };
  onJoin?(participant: Participant): unknown;
  /** The place was given up: left, or not come back in time. */
  onLeave?(participant: Participant): unknown;
  /** URL of the Redis that several relays share (`redis://…`, `rediss://…`); needs `@redis/client` and `@socket.io/redis-adapter`. */
  redis?: string;
  /** Where rooms are kept. Default: in memory, or in `redis`. */
  openRooms?: OpenRooms;
  /** Vouches for whom the authentication knows (docs/identity.md). Default: not. */
  vouch?: RelayVouchOptions;
  /** Serves the demo pages. Default false. */
  demo?: boolean;
  /** Where `rtc.js` stands. Default: the `dist` of this package. */
  distDir?: string;
  /** Where the demo stands. Default: `dist/demo` of this package. */
  demoDir?: string;
  /** Prometheus' `/metrics`. Default: none. */
  metrics?: MetricsOptions;
  /** Default: silent. */
  log?: Log;
  /** Whether lines may hold the addresses of clients. Default false. */
  logAddresses?: boolean;
}
