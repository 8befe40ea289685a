/** Everything pure that reads what a stranger sent, at the speed of one thread. */
import { readFileSync } from 'node:fs';
import { Unpacker } from '../../../src/channels/packing.ts';
import { checkDescription } from '../../../src/negotiation/check-description.ts';
import { helloMismatch } from '../../../src/peer/hello.ts';
import { parseChannelNotice } from '../../../src/protocol/channel-notice.ts';
import { parseCount, parseEnvelopes, parseHello, parseTracks } from '../../../src/protocol/control.ts';
import { parseTalk } from '../../../src/protocol/talk.ts';
import { parseGesture } from '../../../src/protocol/parse-gesture.ts';
import { kindOf } from '../../../src/protocol/packed-kind.ts';
import { parseShown } from '../../../src/protocol/shown.ts';
import { parseSpokenWord } from '../../../src/protocol/spoken.ts';
import { hearRelay } from '../../../src/signaling/hear-relay.ts';
import { Emitter } from '../../../src/shared/emitter.ts';
import { parseChat } from '../../../src/room/chat.ts';
import { parsePresence } from '../../../src/topology/mesh/presence.ts';
import { root } from '../../../scripts/lib/root.mjs';
import { channelFrame, controlFrame } from './frames.ts';
import { relayedEvent } from './relayed.ts';
import type { Envelope } from '../../../src/protocol/control.ts';
import type { SignalingEvents } from '../../../src/signaling/signaling.ts';
import type { Frame, Pair } from './frames.ts';

const PAIR: Pair = {
  room: 'lobby', self: { id: 'a'.repeat(20), fp: 'A'.repeat(43) }, peer: { id: 'b'.repeat(20), fp: 'B'.repeat(43) },
};
/** As the far end of it sees it. */
const OTHER_PAIR = { room: PAIR.room, self: PAIR.peer, peer: PAIR.self };
const TAKEN = [
  'announced', 'departed', 'init-offer', 'envelope', 'peer-left', 'knock', 'knock-ended', 'room', 'mute', 'relayed',
] as const;
/** An honest frame takes microseconds; one that is made to be slow must not take this. */
const MAX_FRAME_MS = 250;

export interface ParserReport {
  failures: string[];
  /** By parser, what it took and what it refused. */
  reached: Map<string, { taken: number; refused: number }>;
}

/** Prototypes as they are, to be compared with what they are afterwards. */
export function prototypes(): string {
  return JSON.stringify([Object, Array, Function, String, Number, Map, Set, Promise, Uint8Array, Error].map(({ prototype }) =>
    Object.getOwnPropertyNames(prototype)));
}

export function fuzzParsers(seed: number, envelopes: number, from = 0): ParserReport {
  const reached: ParserReport['reached'] = new Map();
  const count = (parser: string, parsed: unknown) => {
    const counts = reached.get(parser) ?? { taken: 0, refused: 0 };
    reached.set(parser, counts);
    if (parsed === undefined || parsed === false) counts.refused++; else counts.taken++;
  };
  const failures: string[] = [];
  const before = prototypes();
  const relay = fakeRelay(count);
  const unpacker = new Unpacker(1e6);
  const read = (frame: Frame) => {
    if (typeof frame === 'string') { for (const envelope of parseEnvelopes(frame)) hear(envelope); return; }
    if (kindOf(frame) === undefined) return;
    const message = unpacker.take(frame.buffer);
    count('packed', message);
    if (message && 'e' in message) hear(message);
  };
  const hear = (envelope: Envelope | undefined) => {
    count('envelope', envelope);
    if (!envelope) return;
    const { e, d } = envelope;
    if (e === '#rtcio:hello') {
      const hello = parseHello(d);
      count('hello', hello);
      if (hello) count('hello that agrees', helloMismatch(hello, OTHER_PAIR) === undefined);
    } else if (e === '#rtcio:tracks') count('tracks', parseTracks(d));
    else if (e === '#rtcio:channel') count('channel notice', parseChannelNotice(d));
    else if (e === '#rtcio:shown') count('shown', parseShown(d));
    else if (e === '#rtcio:verify') count('spoken word', parseSpokenWord(d));
    else if (e === '#rtcio:gesture') count('gesture', parseGesture(d));
    else if (e === '#rtcio:talk') count('talk', parseTalk(d));
    else if (e === '#rtcio:heartbeat') count('heartbeat', parseCount(d[0]));
    else if (e === 'chat') count('chat', parseChat(d[0]));
  };

  const take = (index: number): number => {
    const startMs = performance.now();
    try {
      if (index % 5 === 4) relay.tell(seed, index);
      else read(index % 5 === 3 ? channelFrame(seed, index, PAIR) : controlFrame(seed, index, PAIR, true));
    } catch (error) {
      failures.push(`envelope ${index}: ${error instanceof Error ? error.stack ?? '' : String(error)}`);
    }
    return performance.now() - startMs;
  };
  for (let index = from; index < from + envelopes && failures.length === 0; index++) {
    // Slow twice is no accident of the machine.
    if (take(index) > MAX_FRAME_MS && take(index) > MAX_FRAME_MS) failures.push(`envelope ${index} took ${MAX_FRAME_MS} ms`);
  }
  if (prototypes() !== before) failures.push('a prototype was touched');
  return { failures, reached };
}

/** What the engine hears of a relay, without the socket. */
function fakeRelay(count: (parser: string, parsed: unknown) => void) {
  const listeners = new Map<string, (body: unknown) => void>();
  let any: (event: unknown, body: unknown) => void = () => {};
  const events = new Emitter<SignalingEvents>();
  let isTaken: boolean;
  for (const event of TAKEN) events.on(event, () => { isTaken = true; });
  events.on('announced', ({ presence }) => { if (presence !== undefined) count('presence', parsePresence(presence)); });
  events.on('envelope', ({ data }) => {
    if ('description' in data) count('description', checkDescription(data.description.sdp, undefined).ok);
  });
  hearRelay({
    on: (event: string, listener: (body: unknown) => void) => listeners.set(event, listener),
    onAny: (listener: typeof any) => { any = listener; },
  } as unknown as Parameters<typeof hearRelay>[0], events, () => undefined);
  const sdp = readFileSync(`${root}/test/fixtures/chromium-offer.sdp`, 'utf8').replace(/\r?\n/g, '\r\n');
  return {
    tell: (seed: number, index: number) => {
      const { event, body } = relayedEvent(seed, index, { ids: [PAIR.self.id, PAIR.peer.id], sdp });
      isTaken = false;
      any(event, body);
      listeners.get(event)?.(body);
      count(listeners.has(event) ? event : 'an event of the relay', isTaken);
    },
  };
}
