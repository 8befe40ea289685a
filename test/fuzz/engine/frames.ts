import { Dice } from './dice.ts';

/** What a frame can refer to: what is true at this moment. */
export interface Pair {
  readonly room: string;
  readonly self: { readonly id: string; readonly fp: string };
  readonly peer: { readonly id: string; readonly fp: string };
}

export const INTERNAL = [
  'hello', 'heartbeat', 'tracks', 'channel', 'request', 'reply', 'shown', 'verify', 'gesture', 'talk', 'goodbye', 'whatever',
] as const;
const RESERVED = [
  'peer-connect', 'peer-disconnect', 'track-added', 'track-removed', 'participant-joined', 'participant-left', 'state-changed',
  'error', 'connect', 'disconnect', 'newListener', 'joined', 'left', 'message-received', '__proto__', 'constructor', 'toString',
];
/** The beginning of a packed frame (docs/wire.md). */
const MARK = [0xf5, 0x72, 0x74, 0x63];
const TYPES = [
  'ArrayBuffer', 'Uint8Array', 'Float64Array', 'BigInt64Array', 'DataView', 'blob:text/html', 'Function', '__proto__',
  'Int8Array',
];

export type Frame = string | Uint8Array<ArrayBuffer>;

/** The frame of this number for the control channel. @param ends whether it may say goodbye, which ends the connection */
export function controlFrame(seed: number, index: number, pair: Pair, ends = false): Frame {
  const dice = new Dice(seed, index);
  const frame = dice.chance(0.08)
    ? `[${Array.from({ length: dice.below(20) }, () => envelope(dice, pair, ends)).join()}]`
    : envelope(dice, pair, ends);
  if (dice.chance(0.06)) return packed(dice, frame);
  if (dice.chance(0.01)) return dice.bytes(300);
  if (dice.chance(0.01)) return dice.raw();
  return dice.chance(0.06) ? dice.hurt(frame) : frame;
}

/** The frame of this number for a named channel. */
export function channelFrame(seed: number, index: number, pair: Pair): Frame {
  const dice = new Dice(seed, index);
  if (dice.chance(0.3)) return dice.bytes(600);
  const event = dice.pick(dice.chance(0.7) ? ['draw', 'word'] : RESERVED);
  const frame = JSON.stringify({ e: dice.mostly(event), d: dice.mostly([dice.grow(3)]) });
  if (dice.chance(0.2)) return packed(dice, dice.chance(0.5) ? frame : envelope(dice, pair, false));
  return dice.chance(0.1) ? dice.hurt(frame) : frame;
}

function envelope(dice: Dice, pair: Pair, ends: boolean): string {
  const [event, args] = said(dice, pair, ends);
  if (dice.chance(0.005)) return `{"e":${JSON.stringify(event)},"d":[${dice.raw()}]}`;
  const more = dice.chance(0.05) && { [dice.key()]: dice.grow(2) };
  return JSON.stringify({ e: dice.mostly(event), d: dice.mostly(args), ...more });
}

function said(dice: Dice, pair: Pair, ends: boolean): [event: string, args: unknown[]] {
  if (dice.chance(0.3)) {
    const event = dice.chance(0.5) ? dice.pick(['draw', 'word', 'chat', 'slow']) : dice.pick(RESERVED);
    const payload = event === 'chat' ? dice.object({ id: 'x', text: 'hi' }) : dice.grow(4);
    return [event, Array.from({ length: dice.below(4) }, (_, i) => i === 0 ? payload : dice.grow(2))];
  }
  const word = dice.pick(INTERNAL);
  const count = () => dice.pick([0, 1, 2, dice.below(1000)]);
  const args: Record<(typeof INTERNAL)[number], () => unknown[]> = {
    hello: () => [helloOf(dice, pair)],
    heartbeat: () => [dice.mostly(count())],
    tracks: () => [dice.mostly(Array.from({ length: dice.below(5) }, (_, i) =>
      dice.object({ mid: String(i), source: dice.pick(['camera', 'screen', 'error']), live: true, metadata: dice.grow(2) })))],
    channel: () => [dice.object({
      name: dice.pick(['doc', 'bulk', 'other', `n${dice.below(400)}`]), open: dice.chance(0.8), wish: count(),
      ...(dice.chance(0.5) && { id: dice.below(1100) }), ...(dice.chance(0.4) && { of: count(), got: count() }),
    })],
    request: () => [
      dice.mostly(dice.below(1e6)), dice.mostly(dice.pick(dice.chance(0.7) ? ['sum', 'slow', '#rtcio:history'] : RESERVED)),
      dice.grow(3),
    ],
    reply: () => [dice.mostly(count()), dice.chance(0.5), dice.grow(2), dice.atom()],
    shown: () => [dice.mostly(Array.from({ length: dice.below(4) }, () =>
      dice.object({ source: dice.pick(['camera', 'microphone', 'x']), width: dice.below(4000), height: dice.below(4000) })))],
    verify: () => [
      dice.mostly(dice.pick(['commit', 'reveal'])), dice.mostly(dice.pick(['room', 'pair'])), dice.mostly(count()),
      dice.mostly([pair.self.id, pair.peer.id].sort()), dice.mostly('A'.repeat(43)),
    ],
    gesture: () => dice.chance(0.5) ? [dice.pick(['hand', 'recording']), dice.mostly(dice.pick([null, 0, 9e7, dice.below(1e8)]))]
      : [dice.mostly('reaction'), dice.mostly(dice.pick(['👍', '❤️', '❤', '👍🏽', 'hi']))],
    talk: () => dice.chance(0.5) ? ['typing', dice.mostly(dice.chance(0.5))]
      : [dice.mostly('got'), dice.mostly(Array.from({ length: dice.below(70) }, () => String(dice.below(100))))],
    goodbye: () => [dice.mostly('rebuild')],
    whatever: () => [dice.grow(3)],
  };
  if (word === 'goodbye' && !ends) return ['draw', [0]];
  return [`#rtcio:${word}`, args[word]()];
}

/** As an honest one says it, or nearly. */
function helloOf(dice: Dice, { room, self, peer }: Pair): unknown {
  return dice.object({
    v: 1, features: ['shown', 'frames', 'verify', 'vouch', 'gestures', 'talk', 'recording'], room,
    from: self.id, to: peer.id, fpFrom: self.fp, fpTo: peer.fp,
    vouchFrom: '', vouchTo: '',
    limits: dice.object({ frameChars: 65_536, eventsPerSecond: 1000, eventsBurst: 2000, eventBytes: 1e6 }),
    ...(dice.chance(0.5) && { progress: dice.object({ id: 'x', of: '', got: 0 }) }),
  });
}

/** A frame that says it is packed: whole, cut, in parts, or of nothing. */
function packed(dice: Dice, frame: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder();
  const tail = dice.bytes(40);
  const kind = dice.below(7);
  if (kind !== 2) return Uint8Array.of(...MARK, kind, ...text.encode(frame).subarray(0, 2000));
  const places = Array.from({ length: dice.below(3) }, () => dice.mostly([
    dice.mostly([dice.pick(['0', '1', '__proto__']), ...(dice.chance(0.3) ? [dice.key()] : [])]), dice.mostly(dice.pick(TYPES)),
    dice.below(30),
  ]));
  const event = dice.pick(['draw', 'error', '#rtcio:request']);
  const head = text.encode(JSON.stringify({ e: event, d: [null, null, {}], b: dice.mostly(places) }));
  const headBytes = new DataView(new ArrayBuffer(4));
  headBytes.setUint32(0, dice.chance(0.9) ? head.byteLength : dice.below(2 ** 32));
  return Uint8Array.of(...MARK, 2, ...new Uint8Array(headBytes.buffer), ...head, ...tail);
}
