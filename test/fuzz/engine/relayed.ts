import { Dice } from './dice.ts';

export const RELAYED = [
  'user-connected', 'user-disconnected', '#rtcio:init-offer', '#rtcio:message', '#rtcio:peer-left', '#rtcio:knock',
  '#rtcio:knock-ended', '#rtcio:room', '#rtcio:mute',
] as const;
const STRANGE = ['word', 'error', 'join-room', '#rtcio:hello', '#rtcio:offer', 'state-changed', '__proto__', 'constructor', ''];

/** A description and ids that are true, for what is told to be nearly so. */
export interface Known { readonly ids: readonly string[]; readonly sdp: string }

/** What a relay that has gone bad tells: the event of this number. */
export function relayedEvent(seed: number, index: number, { ids, sdp }: Known): { event: string; body: unknown } {
  const dice = new Dice(seed, index);
  const id = () => dice.mostly(dice.pick(ids));
  const lines = () => {
    const list = sdp.split('\r\n');
    for (let i = dice.below(3); i > 0; i--) {
      const at = dice.below(list.length);
      list.splice(at, dice.below(2), ...(dice.chance(0.7) ? [dice.hurt(list[at] ?? '')] : [list[dice.below(list.length)] ?? '']));
    }
    return list.join(dice.chance(0.95) ? '\r\n' : '\n');
  };
  const signal = () => dice.pick([
    () => ({ description: dice.object({ type: dice.pick(['offer', 'answer', 'rollback']), sdp: lines() }) }),
    () => ({ description: dice.object({ type: 'offer', sdp: lines().replace(/^o=- \d+/m, `o=- ${dice.below(5)}`) }) }),
    () => ({ candidate: dice.object({
      candidate: `candidate:1 1 udp 2122260223 127.0.0.${dice.below(256)} ${dice.below(70_000)} typ host`, sdpMid: '0', sdpMLineIndex: 0,
    }) }),
    () => ({
      mid: dice.mostly('stream'), ...(dice.chance(0.5) && { events: dice.object({ camera: ['[RTCIOStream] stream'] }) }),
    }),
    () => ({ sealed: dice.mostly('A'.repeat(dice.below(300) + 1)) }),
  ])();
  const bodies: Record<(typeof RELAYED)[number], () => unknown> = {
    'user-connected': () => dice.object({
      id: id(), name: 'name', ...(dice.chance(0.8) && { engine: dice.object({ v: 1 }) }),
      ...(dice.chance(0.5) && { fp: 'A'.repeat(43) }),
      ...(dice.chance(0.3) && { resumed: true, roles: ['host'], presence: '{"audio":1,"video":1}', vouch: 'a.b.c' }),
    }),
    'user-disconnected': () => dice.object({ id: id() }),
    '#rtcio:init-offer': () => dice.object({ source: id() }),
    '#rtcio:message': () => dice.object({ source: id(), target: 'me', data: dice.mostly(signal()) }),
    '#rtcio:peer-left': () => dice.object({ id: id(), reason: dice.pick(['transport close', 'removed', 'leave']) }),
    '#rtcio:knock': () => dice.object({ id: id(), name: 'x' }),
    '#rtcio:knock-ended': () => dice.object({ id: id() }),
    '#rtcio:room': () => dice.object({ locked: dice.chance(0.5) }),
    '#rtcio:mute': () => dice.object({ by: id(), source: 'camera' }),
  };
  const event = dice.chance(0.95) ? dice.pick(RELAYED) : dice.pick(STRANGE);
  const body = dice.chance(0.95) && Object.hasOwn(bodies, event) ? bodies[event as (typeof RELAYED)[number]]() : dice.grow(4);
  return { event, body };
}
