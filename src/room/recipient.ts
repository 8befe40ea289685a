import { hearable } from './event-names.ts';
import type { RequestOptions, Topology } from '../topology/topology.ts';
import type { Recipient } from './room-options.ts';

/** Of a request, unless told. */
const TIMEOUT_MS = 10_000;

/** Speaks to one participant over the topology of the moment. */
export function recipient<Events extends object>(to: string, topology: () => Topology): Recipient<Events> {
  return {
    emit: (event, ...args) => { topology().emit(to, hearable(event), args); },
    request: <R>(event: string, payload?: unknown, options: Partial<RequestOptions> = {}) =>
      topology().request(to, hearable(event), payload, { timeoutMs: TIMEOUT_MS, ...options }) as Promise<R>,
    openChannel: async (name, options = {}) => topology().openChannel(to, name, options),
  };
}
