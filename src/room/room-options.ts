/** What an app gives a room, and what a room's methods take: types only. */
import type { FileLimits } from '../files/files.ts';
import type { EventRules } from '../protocol/event-rules.ts';
import type { PeerLimits } from '../protocol/peer-limits.ts';
import type { Log } from '../shared/logger.ts';
import type { VouchOptions } from '../identity/vouch-options.ts';
import type { Channel, ChannelOptions, RequestOptions } from '../topology/topology.ts';

/** Event name -> the type of its first argument. */
export type EventMap = Record<string, unknown>;
export type EventOf<Events> = keyof Events & string;

/** Who said it, known from the transport, and everything it was said with. */
export interface EventContext { readonly from: string; readonly args: readonly unknown[] }
export type EventListener<P> = (payload: P, context: EventContext) => void;
export type RequestHandler<P = unknown> = (payload: P, context: { readonly from: string }) => unknown;

export interface RoomOptions extends VouchOptions {
  /** The relay's URL, a path prefix included; `loopback` for other rooms of this page, without a relay. */
  server?: string;
  /** 1 to 64 letters, digits, `_` or `-`. */
  name: string;
  displayName?: string;
  /** For a relay that asks who one is. `getToken` is asked at every connect and wins. */
  token?: string;
  getToken?: () => string | undefined | Promise<string | undefined>;
  /** Only TURN candidates: no address is shown to another participant. */
  relayOnly?: boolean;
  /** Keep the display name from the relay; participants then see none. */
  privateName?: boolean;
  /** What everyone who holds the link has in common (`createLinkSecret`, never a passphrase): names, descriptions and candidates
   *  are sealed under it, and whoever does not hold it is not met. */
  linkSecret?: string;
  /** What is expected of events and requests, by name: see {@link EventRule}. What breaks it is never heard. */
  events?: EventRules;
  /** The names under which streams of others are taken, or who may send what. @default any name */
  sources?: readonly string[] | ((source: string, participant: string) => boolean);
  /** What is taken of each participant: see {@link PeerLimits}. */
  limits?: Partial<PeerLimits>;
  /** Bytes of events that may wait for one participant, and as many that were not acknowledged yet. @default 1048576 */
  keptBytes?: number;
  /** What is taken of files: see {@link FileLimits}. */
  files?: FileLimits;
  /** Tells who comes later, and asks, what was said before. @default true */
  tellHistory?: boolean;
  /** Where log lines go; nowhere by default. */
  log?: Log;
}

export interface Emitting<Events extends object> {
  emit<E extends EventOf<Events>>(event: E, ...args: [payload?: Events[E], ...rest: unknown[]]): void;
}

/** Speaks to one participant. */
export interface Recipient<Events extends object> extends Emitting<Events> {
  /** As in `room.volatile`. */
  readonly volatile: Emitting<Events>;
  /** @param options `timeoutMs` is 10,000 unless told. */
  request<R = unknown>(event: string, payload?: unknown, options?: Partial<RequestOptions>): Promise<R>;
  openChannel(name: string, options?: ChannelOptions): Promise<Channel>;
}
