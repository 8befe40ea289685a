import type { Emitter } from '../../shared/emitter.ts';
import type { Joined } from '../../protocol/wire.ts';
import type { SignalingEvents } from '../../signaling/signaling.ts';
import type { Standing, TopologyContext } from '../topology.ts';

/** What the relay says that is about the room and not about any peer: it goes up as it is. */
export function tellRelayFacts(
  events: Pick<Emitter<SignalingEvents>, 'on'>, { onFact, onRelayEvent, scope }: TopologyContext,
): void {
  const options = { signal: scope };
  events.on('waiting', () => { onFact({ type: 'waiting' }); }, options);
  events.on('knock', ({ id, name = '' }) => { onFact({ type: 'knock', knock: { id, name } }); }, options);
  events.on('knock-ended', ({ id }) => { onFact({ type: 'knock-ended', id }); }, options);
  events.on('room', ({ locked }) => { onFact({ type: 'room-facts', locked }); }, options);
  events.on('mute', ({ by, source }) => { onFact({ type: 'mute-asked', by, source }); }, options);
  events.on('ended', ({ error }) => { onFact({ type: 'ended', error }); }, options);
  events.on('relayed', ({ event, body }) => { onRelayEvent(event, body); }, options);
}

/** What the relay said of ourselves. */
export function standingOf({ name, roles, locked = false, knocks, tokenExpiresAt }: Joined): Standing {
  return {
    ...(name !== undefined && { name }), ...(roles && { roles }), ...(tokenExpiresAt !== undefined && { tokenExpiresAt }),
    host: knocks !== undefined, locked, knocks: knocks?.map(({ id, name: called = '' }) => ({ id, name: called })) ?? [],
  };
}
