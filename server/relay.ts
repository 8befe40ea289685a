import type { RoomId } from '../src/protocol/wire.ts';
import { isEventName } from '../src/protocol/primitives.ts';
import { isReservedRelayEvent } from '../src/protocol/reserved.ts';
import { Admission } from './admission.ts';
import { defineEvents } from './events.ts';
import { closeServer, createWebHandler, createWebServer, listening, type WebHandler } from './http.ts';
import { createIceSource } from './ice.ts';
import { resolveLimits } from './limits.ts';
import { describeError, silent, steady } from './log.ts';
import { Membership } from './membership.ts';
import type { RelayOptions } from './options.ts';
import { createOriginCheck } from './origin.ts';
import * as paths from './paths.ts';
import { loadSecret, ResumeTokens } from './resume.ts';
import { MemoryRooms } from './rooms.ts';
import { Session } from './session.ts';
import { StaticFiles } from './static.ts';
import { StunResponder } from './stun.ts';
import { Transport } from './transport.ts';
import type { Participant } from './types.ts';

export interface RelayAddress {
  port: number;
  /** Absent where there is no STUN responder. */
  stunPort?: number;
}

export interface Relay {
  /** Resolves when it can be reached; rejects when the port cannot be had (`EADDRINUSE` …). */
  readonly ready: Promise<RelayAddress>;
  /** `undefined` until ready. */
  readonly address: RelayAddress | undefined;
  /** Serves `/health`, `rtc.js`, its chunks and the demo. @returns whether the path was one of them. */
  readonly handle: WebHandler;
  /**
   * Sends an event to everyone in a room (its id), or to one participant.
   * @returns how many sockets it went to.
   * @throws TypeError for a name of the protocol.
   */
  emit(to: RoomId | Pick<Participant, 'id' | 'roomId'>, event: string, body?: unknown): number;
  /** Ends at once. Nobody is told that others left: calls go on without a relay. */
  close(): Promise<void>;
}

/**
 * Puts the relay together. Nothing is opened before the options have been found good.
 * @throws TypeError for options that cannot be right.
 */
export function createRelay<Bodies = Record<string, unknown>>(options: RelayOptions<Bodies> = {}): Relay {
  const { capacity = 8, port = 3000, host, path = '/socket.io', polling = false } = options;
  if (!Number.isInteger(capacity) || capacity < 1) throw new TypeError('capacity is not a whole number of one or more');
  // Within `/` engine.io would take any request for its own, and fail at a target such as `//[`.
  if (!/^(?:\/[A-Za-z0-9_.-]+)+$/.test(path)) throw new TypeError(`path is not like /socket.io: ${path}`);
  const log = steady(options.log ?? silent);
  const limits = resolveLimits(capacity, options.limits);
  const events = defineEvents(options.events ?? {});
  const ice = createIceSource(options.iceServers);
  const admission = new Admission(createOriginCheck(options), limits, options.trustedHops ?? 0, log);
  const secret = options.secret ?? process.env['RELAY_SECRET'] ?? loadSecret(options.secretFile ?? '.relay-secret', log);
  const tokens = new ResumeTokens(secret, limits.resumeMs);
  const files = new StaticFiles({
    distDir: options.distDir ?? paths.distDir,
    demoDir: options.demo ? (options.demoDir ?? paths.demoDir) : undefined,
  });

  const handle = createWebHandler(files, admission);
  const ownServer = options.server === undefined;
  const server = options.server ?? createWebServer(options.tls, handle);
  let address: RelayAddress | undefined;
  let stun: StunResponder | undefined;
  let closing: Promise<void> | undefined;
  if (options.origins === '*') log('warn', 'every origin may connect: any page that anyone opens can use this relay');

  const transport: Transport = new Transport({
    server, ownServer, admission, limits, path, polling,
    onSocket(socket, link) {
      new Session(socket, { link, membership, limits, events, log, ice: () => ice(address?.stunPort) });
    },
  });
  const membership = new Membership({
    rooms: new MemoryRooms(), tokens, capacity, holdMs: limits.holdMs, log,
    socketOf: (socketId) => transport.socketOf(socketId),
    closeSocket: (socketId, code, message) => { transport.closeSocket(socketId, code, message); },
    onJoin: options.onJoin && ((participant) => options.onJoin?.(participant)),
    onLeave: options.onLeave && ((participant) => options.onLeave?.(participant)),
  });

  async function open(): Promise<RelayAddress> {
    const tcpPort = await listening(server, ownServer ? { port, host } : undefined);
    if (ownServer) server.on('error', (error: Error) => { log('error', 'the http server failed', { error: error.message }); });
    if (options.stunPort !== false) stun = await StunResponder.open({ port: options.stunPort ?? tcpPort, host, log });
    if (closing) {
      stun?.close();
      if (ownServer) await closeServer(server);
    }
    address = { port: tcpPort, ...(stun && { stunPort: stun.port }) };
    return address;
  }

  async function close(): Promise<void> {
    membership.end();
    stun?.close();
    await transport.close();
    if (ownServer) await closeServer(server);
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
      const one = typeof to === 'string' ? undefined : membership.reach(to.roomId, to.id);
      const sockets = typeof to === 'string' ? membership.liveSockets(to) : one ? [one] : [];
      for (const socket of sockets) transport.emitTo(socket, event, body);
      return sockets.length;
    },
    close: () => (closing ??= close()),
  };
}
