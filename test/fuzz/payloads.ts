import { randomFrom } from '../support/random.ts';
import { ATOMS, EVENTS, KEYS, NO_JSON, ODD_PACKETS, ODD_REQUESTS, QUERY_VALUES, RAW_JSON, STRANGE_NAMES } from './vocabulary.ts';

/** What a payload can refer to: ids that are true at this moment. */
export interface World { readonly ids: readonly string[] }

export type Payload =
  /** An event of socket.io with an ack, of which an answer is due. */
  | { kind: 'event'; name: string; args: string }
  /** What a valid event becomes by an accident. */
  | { kind: 'text'; text: string }
  | { kind: 'binary'; bytes: Buffer }
  | { kind: 'fragments'; parts: string[]; isWhole: boolean }
  | { kind: 'control'; opcode: 'ping' | 'pong' | 'close'; bytes: Buffer }
  /** Bytes on the TCP connection, under the frames. */
  | { kind: 'bytes'; bytes: Buffer }
  | { kind: 'handshake'; query: string; headers: Record<string, string> }
  /** A request that may not even be HTTP. */
  | { kind: 'request'; bytes: Buffer };

/** The payload of this number: the same for the same seed, whatever came before it. */
export function payloadOf(seed: number, index: number, { ids }: World): Payload {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) + index);
  const below = (max: number) => Math.floor(random() * max);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const chance = (share: number) => random() < share;
  const bytes = (max: number) => Buffer.from(Array.from({ length: below(max) }, () => below(256)));
  const atom = () => chance(0.2) ? pick(ids) : pick(ATOMS);
  const grow = (depth: number): unknown => {
    const kind = random();
    if (depth === 0 || kind < 0.4) return atom();
    if (kind < 0.6) return Array.from({ length: below(4) }, () => grow(depth - 1));
    return Object.fromEntries(Array.from({ length: below(6) }, () => [pick(KEYS), grow(depth - 1)]));
  };
  /** Right mostly, so that what stands behind the first check is reached too. */
  const mostly = (value: unknown) => chance(0.12) ? grow(2) : value;
  const room = () => mostly(pick(['lobby', 'lobby', 'waiting', 'other', `r${below(50)}`]));
  const signal = () => pick([
    () => ({ description: mostly({ type: mostly(pick(['offer', 'answer'])), sdp: mostly('v=0\r\n'.repeat(below(600))) }) }),
    () => ({ candidate: mostly({ candidate: mostly('candidate:1'), sdpMid: mostly('0'), sdpMLineIndex: mostly(0) }) }),
    () => ({ mid: mostly('stream'), ...(chance(0.5) && { events: mostly({ [pick(KEYS)]: mostly([atom()]) }) }) }),
    () => ({ sealed: mostly('A'.repeat(below(3_000) + 1)) }),
  ])();
  const bodies: Record<(typeof EVENTS)[number], () => unknown> = {
    'join-room': () => ({
      roomId: room(), name: mostly('name'),
      ...(chance(0.5) && { engine: mostly({ v: 1 }) }), ...(chance(0.2) && { [pick(KEYS)]: grow(2) }),
    }),
    'leave-room': () => ({ roomId: room() }),
    '#rtcio:message': () => ({ target: mostly(pick(ids)), source: pick(ids), data: mostly(signal()) }),
    '#rtcio:ice-servers': () => grow(2),
    '#rtcio:renew': () => ({ token: mostly(pick(['host', 'guest', 'nobody'])) }),
    '#rtcio:host': () => ({
      action: mostly(pick(['admit', 'refuse', 'remove', 'mute', 'lock', 'unlock', ...(chance(0.1) ? ['end'] : [])])),
      target: mostly(pick(ids)), source: mostly('camera'),
    }),
    'echo': () => grow(4),
  };
  const event = (): Payload & { kind: 'event' } => {
    const name = chance(0.93) ? pick(EVENTS) : pick(STRANGE_NAMES);
    const body = chance(0.85) && Object.hasOwn(bodies, name) ? bodies[name as (typeof EVENTS)[number]]() : grow(4);
    const args = chance(0.02) ? pick(RAW_JSON) : JSON.stringify(mostly(body));
    return { kind: 'event', name, args: chance(0.1) ? `${args},${JSON.stringify(grow(2))}` : args };
  };
  const hurt = (text: string): string => {
    const at = below(text.length + 1);
    return pick([
      () => text.slice(0, at),
      () => text.slice(at),
      () => text.slice(0, at) + pick(['"', '{', '[', '\u0000', '\ud800', '9', ',', '-', '/', '\\']) + text.slice(at),
      () => text.slice(0, at) + String.fromCharCode(below(0x2000)) + text.slice(at + 1),
      () => text + text,
      () => text.replace(/\d/, () => String(below(1e9))),
    ])();
  };
  const packet = () => {
    const { name, args } = event();
    return `42${below(1e6)}[${JSON.stringify(name)},${args}]`;
  };

  const kind = random();
  if (kind < 0.84) return event();
  if (kind < 0.91) {
    const odd = () => chance(0.2) ? `421["echo",${pick(NO_JSON)}]` : pick(ODD_PACKETS);
    return { kind: 'text', text: chance(0.7) ? hurt(packet()) : odd() };
  }
  if (kind < 0.93) return { kind: 'binary', bytes: bytes(300) };
  if (kind < 0.95) {
    const text = packet();
    const parts = text.match(new RegExp(`[^]{1,${below(40) + 1}}`, 'g')) ?? [''];
    return { kind: 'fragments', parts: parts.slice(0, 400), isWhole: chance(0.7) };
  }
  if (kind < 0.97) return { kind: 'control', opcode: pick(['ping', 'ping', 'pong', 'close']), bytes: bytes(125) };
  if (kind < 0.98) return { kind: 'bytes', bytes: bytes(200) };
  if (kind < 0.995) {
    const entry = () => `${pick(['EIO', 'transport', 'sid', 'room', 't', '__proto__', 'j'])}=${pick([...QUERY_VALUES, ...ids])}`;
    const query = Array.from({ length: below(6) }, entry).join('&');
    return {
      kind: 'handshake', query: chance(0.5) ? `EIO=4&transport=websocket&${query}` : query,
      headers: { origin: pick(['http://localhost:8080', 'null', 'https://evil.example', '', 'x'.repeat(2_000)]),
        ...(chance(0.3) && { 'x-forwarded-for': pick(['6.6.6.6', ',,,', '::1', 'x'.repeat(500)]) }) },
    };
  }
  return { kind: 'request', bytes: Buffer.concat([Buffer.from(pick(ODD_REQUESTS)), bytes(60), Buffer.from('\r\n\r\n')]) };
}
