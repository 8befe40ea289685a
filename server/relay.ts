import type { RoomId } from '../src/protocol/wire.ts';
import { holdsBinary } from '../src/protocol/binary.ts';
import { isEventName } from '../src/protocol/primitives.ts';
import { isReservedRelayEvent } from '../src/protocol/reserved.ts';
import { Admission } from './admission.ts';
import { Gate } from './auth/gate.ts';
import { Greeter } from './auth/greeter.ts';
import { defineEvents } from './events.ts';
import { DEFAULTS, PATH_PATTERN } from './defaults.ts';
import { endWith } from './end-with.ts';
import { closeServer, createWebServer, listening, type Tls, type WebHandler } from './http.ts';
import { RelayIssuer } from './identity/relay-issuer.ts';
import { IceSource } from './ice/source.ts';
import { resolveLimits } from './limits.ts';
import { describeError, silent, steady, withoutAddresses } from './log.ts';
import { Membership } from './membership.ts';
import { Meter } from './meter.ts';
import { checkMetricsOptions, Metrics } from './metrics.ts';
import { Moderation } from './moderation.ts';
import type { RelayOptions } from './options.ts';
import { createOriginCheck } from './origin.ts';
import * as paths from './paths.ts';
import { loadSecret, ResumeTokens } from './resume.ts';
import { RoomRules } from './room-rules.ts';
import { RedisRooms } from './redis/redis-rooms.ts';
import { MemoryRooms } from './rooms/memory-rooms.ts';
import type { OpenRooms } from './rooms/rooms.ts';
import { Session, type SessionOptions } from './session.ts';
import { StaticFiles } from './static.ts';
import { StunResponder } from './stun.ts';
import { Transport } from './transport.ts';
import type { Participant } from './types.ts';
import { createWebHandler } from './web.ts';

export interface RelayAddress {
  port: number;
  /** Absent where there is no STUN responder. */
  stunPort?: number;
  /** Absent where metrics have no port of their own. */
  metricsPort?: number;
}

export interface Relay {
  /** Resolves when it can be reached; rejects when the port cannot be had (`EADDRINUSE` …). */
  readonly ready: Promise<RelayAddress>;
  /** `undefined` until ready. */
  readonly address: RelayAddress | undefined;
  /** Serves `/health`, `/ready`, `rtc.js`, its chunks and the demo. @returns whether the path was one of them. */
  readonly handle: WebHandler;
  /**
   * Sends an event to everyone in a room (its id), or to one participant.
   * @returns how many sockets it went to.
   * @throws TypeError for a name of the protocol, and for binary values: a body is JSON.
   */
  emit(to: RoomId | Pick<Participant, 'id' | 'roomId'>, event: string, body?: unknown): number;
  /** Another certificate, for connections from now on. @throws Error for one that cannot be used, or where there is no https. */
  renewTls(tls: Pick<Tls, 'key' | 'cert'>): void;
  /**
   * Lets nobody new in, and tells who is there, one after the other, to go elsewhere (`relay-draining`). Calls go on.
   * @param overMs how long that may take. Resolves when all have gone, or after it.
   */
  drain(overMs?: number): Promise<void>;
  /** Ends at once. Nobody is told that others left: calls go on without a relay. */
  close(): Promise<void>;
}

/**
 * Puts the relay together. Nothing is opened before the options have been found good.
 * @throws TypeError for options that cannot be right.
 */
export function createRelay<Bodies = Record<string, unknown>>(options: RelayOptions<Bodies> = {}): Relay {
  const { port = DEFAULTS.port, host, path = DEFAULTS.path, polling = false, affinity = false } = options;
  if (!PATH_PATTERN.test(path)) throw new TypeError(`path is not like /socket.io: ${path}`);
  if (options.metrics) checkMetricsOptions(options.metrics);
  const given = steady(options.log ?? silent);
  const log = options.logAddresses ? given : withoutAddresses(given);
  const meter = new Meter();
  const rules = new RoomRules(options, log);
  const limits = resolveLimits(rules.capacity, options.limits);
  const events = defineEvents(options.events ?? {});
  const gate = new Gate(options, limits, log);
  const ice = new IceSource(options, () => address?.stunPort, log);
  const admission = new Admission(createOriginCheck(options), limits, options.trustedHops ?? DEFAULTS.trustedHops, log, meter);
  const secret = options.secret ?? process.env['RELAY_SECRET'] ?? loadSecret(options.secretFile ?? DEFAULTS.secretFile, log);
  const tokens = new ResumeTokens(secret, limits.resumeMs);
  const issuer = options.vouch && new RelayIssuer(options.vouch, !gate.isOpen, log);
  const files = new StaticFiles({
    distDir: options.distDir ?? paths.distDir,
    demoDir: options.demo ? (options.demoDir ?? paths.demoDir) : undefined,
  });

  const handle = createWebHandler({
    files, admission, issuer,
    metrics: (request, response) => metrics?.handle(request, response) ?? false,
    unready() {
      if (isDraining || closing) return 'relay-draining';
      return address && membership.rooms.isReachable() ? undefined : 'relay-unavailable';
    },
  });
  const ownServer = options.server === undefined;
  const server = options.server ?? createWebServer(options.tls, (request, response) => {
    if (!handle(request, response)) endWith(response, 404, 'Not found');
  });
  let isDraining = false;
  let metrics: Metrics | undefined;
  let address: RelayAddress | undefined;
  let stun: StunResponder | undefined;
  let closing: Promise<void> | undefined;
  if (options.origins === '*') log('warn', 'every origin may connect: any page that anyone opens can use this relay');

  const transport: Transport = new Transport({
    server, ownServer, admission, greeter: new Greeter(gate, log, meter), limits, path, polling, meter,
    onSocket(socket, link, pass) { new Session(socket, link, pass, sessionOptions); },
  });
  let redisRooms: RedisRooms | undefined;
  const openInRedis = (url: string): OpenRooms =>
    (tell) => (redisRooms = new RedisRooms({ url, holdMs: limits.holdMs, log, tell }));
  const membership = new Membership({
    openRooms: options.openRooms ?? (options.redis === undefined ? (tell) => new MemoryRooms(tell) : openInRedis(options.redis)),
    rules, tokens, issuer, holdMs: limits.holdMs, log,
    socketOf: (socketId) => transport.socketOf(socketId),
    closeSocket: (socketId, code, message) => { transport.closeSocket(socketId, code, message); },
    emitTo: (socket, event, body) => { transport.emitTo(socket, event, body); },
    onJoin: options.onJoin && ((participant) => options.onJoin?.(participant)),
    onLeave: options.onLeave && ((participant) => options.onLeave?.(participant)),
  });

  const moderation = new Moderation({ membership, rules, resumeMs: limits.resumeMs });
  const sessionOptions: SessionOptions = {
    membership, moderation, events, ice, issuer, affinity, meter, log, isDraining: () => isDraining,
  };

  async function open(): Promise<RelayAddress> {
    await gate.ready();
    await redisRooms?.open(transport);
    const tcpPort = await listening(server, ownServer ? { port, host } : undefined);
    if (ownServer) server.on('error', (error: Error) => { log('error', 'the http server failed', { error: error.message }); });
    if (options.stunPort !== false) stun = await StunResponder.open({ port: options.stunPort ?? tcpPort, host, log });
    if (options.metrics) {
      metrics = await Metrics.open(options.metrics, meter, () => ({ ...membership.rooms.census(), sockets: transport.size }));
    }
    if (closing) await closeDoors();
    const metricsPort = metrics?.port;
    address = { port: tcpPort, ...(stun && { stunPort: stun.port }), ...(metricsPort !== undefined && { metricsPort }) };
    return address;
  }

  async function closeDoors(): Promise<void> {
    stun?.close();
    await metrics?.close();
    if (ownServer) await closeServer(server);
  }

  async function close(): Promise<void> {
    membership.end();
    await transport.close();
    await closeDoors();
  }

  const ready = open();
  // A server of one's own reports its errors to its owner; nobody has to await this as well.
  if (!ownServer) ready.catch((error: unknown) => { log('error', 'the relay did not start', { error: describeError(error) }); });
  return {
    ready,
    get address() { return address; },
    handle,
    emit(to, event, body) {
      if (!isEventName(event) || isReservedRelayEvent(event)) throw new TypeError(`"${event}" is a name of the protocol, or too long`);
      if (holdsBinary(body)) throw new TypeError(`"${event}" holds binary values; a body is JSON: send them as base64`);
      const members = typeof to === 'string' ? membership.rooms.members(to) : [membership.rooms.find(to.roomId, to.id)];
      return members.filter((member) => membership.deliver(member, event, body)).length;
    },
    renewTls(tls) {
      if (!('setSecureContext' in server)) throw new Error('the relay does not serve https');
      server.setSecureContext(tls);
    },
    drain(overMs = DEFAULTS.drainMs) {
      isDraining = true;
      return transport.drain(overMs);
    },
    close: () => (closing ??= close()),
  };
}
