/** What runs in the page of the engine under fire: it notes everything that may never happen. */
import type { RoomEvents, RoomOptions } from '../../../src/index.ts';

export interface Noted {
  /** Uncaught errors and unhandled rejections. */
  mishaps: string[];
  /** Lifecycle events by name, errors by code too. */
  told: Record<string, number>;
  /** By event, of participants. */
  heard: Record<string, number>;
  /** The honest one's, in order. */
  honest: number[];
  /** By reason, of everyone who was ever here. */
  dropped: Record<string, number>;
  /** Ids. */
  met: string[];
  prototypes: string;
}

declare global {
  var noted: Noted;
}

const LIFECYCLE = [
  'joined', 'left', 'participant-joined', 'participant-left', 'track-added', 'track-removed', 'message-received', 'state-changed',
  'knock', 'knock-ended', 'lock-changed', 'muted-by-host', 'token-expiring',
] as const satisfies readonly (keyof RoomEvents)[];

const NATIVE = [Object, Array, Function, String, Number, Map, Set, Promise, Uint8Array, Error, EventTarget];
const prototypes = () => JSON.stringify(NATIVE.map(({ prototype }) => Object.getOwnPropertyNames(prototype)));

/** @param names of channels to be open to everyone */
export async function beUnderFire(options: RoomOptions, names: readonly string[]): Promise<string> {
  const mishaps: string[] = [];
  addEventListener('error', ({ message }) => mishaps.push(message));
  addEventListener('unhandledrejection', ({ reason }) => mishaps.push(`unhandled: ${String(reason)}`));
  const none = () => Object.create(null) as Record<string, number>;
  globalThis.noted = { mishaps, told: none(), heard: none(), honest: [], dropped: {}, met: [], prototypes: prototypes() };
  const count = (counts: Record<string, number>, name: string) => { counts[name] = (counts[name] ?? 0) + 1; };
  const { told, heard, honest, met } = noted;
  const made = rtc.createRoom(options);
  globalThis.room = made;
  for (const event of LIFECYCLE) made.lifecycle.on(event, () => { count(told, event); });
  made.lifecycle.on('participant-joined', ({ participant }) => met.push(participant.id));
  made.lifecycle.on('error', ({ error }) => { count(told, `error ${error.code}`); });
  for (const event of ['draw', 'word', 'chat', '__proto__', 'constructor']) made.on(event, () => { count(heard, event); });
  made.on('honest', (n) => honest.push(n as number));
  made.handle('sum', (payload) => { count(heard, 'sum'); return payload; });
  made.handle('slow', () => new Promise(() => { count(heard, 'slow'); }));
  await made.join();
  for (const name of names) {
    const channel = await made.openChannel(name);
    for (const event of ['draw', 'word']) channel.on(event, () => { count(heard, `${name}: ${event}`); });
    channel.lifecycle.on('data', () => { count(heard, `${name}: data`); });
  }
  return made.snapshot.local.id;
}

/** What was noted, of everyone who is or was here, and whether a prototype was touched. */
export function reportOf(): Noted & { touched: boolean } {
  const dropped: Record<string, number> = {};
  for (const [reason, drops] of noted.met.flatMap((id) => Object.entries(room.drops(id)))) {
    dropped[reason] = (dropped[reason] ?? 0) + drops;
  }
  return { ...noted, dropped, touched: prototypes() !== noted.prototypes };
}
