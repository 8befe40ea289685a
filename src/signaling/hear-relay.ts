import { parseKnock, parseMuteRequest, parseRoomFacts } from '../protocol/parse-moderation.ts';
import { parseAnnouncement, parsePeerLeft, parseSource } from '../protocol/parse.ts';
import { parseIncomingEnvelope } from '../protocol/parse-signal.ts';
import { isEventName } from '../protocol/primitives.ts';
import { isReservedRelayEvent } from '../protocol/reserved.ts';
import type { Socket } from 'socket.io-client';
import type { Emitter } from '../shared/emitter.ts';
import type { Log } from '../shared/logger.ts';
import type { RelayToClient } from '../protocol/wire.ts';
import type { SignalingEvents } from './signaling.ts';

/** Hears one of the relay's events, once what it says has proved to be what it should be. */
export type Hear = <T>(event: keyof RelayToClient, parse: (body: unknown) => T | undefined, take: (parsed: T) => void) => void;

/** What the relay tells of the room and of those in it goes on as it is. @returns how to hear what else it says */
export function hearRelay(socket: Pick<Socket, 'on' | 'onAny'>, events: Emitter<SignalingEvents>, log: Log): Hear {
  const hear: Hear = (event, parse, take) => {
    socket.on(event, (body: unknown) => {
      const parsed = parse(body);
      if (parsed === undefined) log('warn', 'dropped what the relay sent', { event });
      else take(parsed);
    });
  };
  hear('user-connected', parseAnnouncement, (announced) => { events.emit('announced', announced); });
  hear('user-disconnected', parseSource, (id) => { events.emit('departed', { id }); });
  hear('#rtcio:init-offer', (body) => parseSource(body, 'source'), (source) => { events.emit('init-offer', { source }); });
  hear('#rtcio:peer-left', parsePeerLeft, (left) => { events.emit('peer-left', left); });
  hear('#rtcio:message', parseIncomingEnvelope, (envelope) => { events.emit('envelope', envelope); });
  hear('#rtcio:knock', parseKnock, (knock) => { events.emit('knock', knock); });
  hear('#rtcio:knock-ended', parseSource, (id) => { events.emit('knock-ended', { id }); });
  hear('#rtcio:room', parseRoomFacts, (facts) => { events.emit('room', facts); });
  hear('#rtcio:mute', parseMuteRequest, (request) => { events.emit('mute', request); });
  socket.onAny((event: unknown, body: unknown) => {
    if (isEventName(event) && !isReservedRelayEvent(event)) events.emit('relayed', { event, body });
  });
  return hear;
}
