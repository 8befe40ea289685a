/** Packets of socket.io's protocol 5, in one namespace and without binary attachments. */
export const CONNECT = 0;
export const DISCONNECT = 1;
export const EVENT = 2;
export const ACK = 3;
export const CONNECT_ERROR = 4;

export type Packet =
  | { type: typeof CONNECT; data: { sid: string } }
  | { type: typeof DISCONNECT }
  | { type: typeof EVENT; id?: number; data: [event: string, ...args: unknown[]] }
  | { type: typeof ACK; id?: number; data: unknown[] }
  | { type: typeof CONNECT_ERROR; data: { message?: unknown; data?: unknown } };

/** What a socket tells by itself: no relay may fire it. */
const RESERVED: readonly unknown[] = ['connect', 'connect_error', 'disconnect'];

export function encode(type: number, data?: unknown, id?: number): string {
  return `${type}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`;
}

/** @throws Error for what is no packet. */
export function decode(text: string): Packet {
  const [, digit, id, json] = /^([0-4])(\d*)(.*)$/s.exec(text) ?? [];
  const type = Number(digit);
  const data = json ? JSON.parse(json) as unknown : undefined;
  if (!isPossible(type, data)) throw new Error('no packet');
  return { type, data, ...(id && { id: Number(id) }) } as Packet;
}

function isPossible(type: number, data: unknown): boolean {
  if (type === DISCONNECT) return data === undefined;
  if (type === CONNECT_ERROR) return data instanceof Object && !Array.isArray(data);
  if (type === CONNECT) return typeof (data as { sid?: unknown } | undefined)?.sid === 'string';
  return Array.isArray(data) && (type === ACK || (typeof data[0] === 'string' && !RESERVED.includes(data[0])));
}
