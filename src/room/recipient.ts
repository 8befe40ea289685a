import { hearable, openable } from './event-names.ts';
import type { RequestOptions, Topology } from '../topology/topology.ts';
import type { Emitting, Recipient } from './room-options.ts';

/** Of a request, unless told. */
const TIMEOUT_MS = 10_000;

/** Says now what is not worth waiting for, or never. @param to everyone, unless told */
export function volatile<Events extends object>(to: string | undefined, topology: () => Topology): Emitting<Events> {
  return { emit: (event, ...args) => { topology().emit(to, hearable(event), args, { volatile: true }); } };
}

/** Speaks to one participant over the topology of the moment. */
export function recipient<Events extends object>(to: string, topology: () => Topology): Recipient<Events> {
  return {
    emit: (event, ...args) => { topology().emit(to, hearable(event), args); },
    volatile: volatile(to, topology),
    request: <R>(event: string, payload?: unknown, options: Partial<RequestOptions> = {}) =>
      topology().request(to, hearable(event), payload, { timeoutMs: TIMEOUT_MS, ...options }) as Promise<R>,
    openChannel: async (name, options = {}) => topology().openChannel(to, openable(name), options),
  };
}
