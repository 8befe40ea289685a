/** What an app gives a room, and what a room's methods take: types only. */
import type { Log } from '../shared/logger.ts';
import type { Channel, ChannelOptions, RequestOptions } from '../topology/topology.ts';

/** Event name -> the type of its first argument. */
export type EventMap = Record<string, unknown>;
export type EventOf<Events> = keyof Events & string;

/** Who said it, known from the transport, and everything it was said with. */
export interface EventContext { readonly from: string; readonly args: readonly unknown[] }
export type EventListener<P> = (payload: P, context: EventContext) => void;
export type RequestHandler = (payload: unknown, context: { readonly from: string }) => unknown;

export interface RoomOptions {
  /** The relay's URL, a path prefix included. */
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
  /** Where log lines go; nowhere by default. */
  log?: Log;
}

/** Speaks to one participant. */
export interface Recipient<Events extends object> {
  emit<E extends EventOf<Events>>(event: E, ...args: [payload?: Events[E], ...rest: unknown[]]): void;
  /** @param options `timeoutMs` is 10,000 unless told. */
  request<R = unknown>(event: string, payload?: unknown, options?: Partial<RequestOptions>): Promise<R>;
  openChannel(name: string, options?: ChannelOptions): Promise<Channel>;
}
