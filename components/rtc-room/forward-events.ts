import * as events from '../events.ts';
import type { Room, RoomEvents } from '../../src/index.ts';

/** What the engine's room tells, as DOM events of the element. Errors are not among them: they are shown as well. */
export function forwardEvents(target: EventTarget, room: Room, signal: AbortSignal): void {
  const forward = <E extends keyof RoomEvents>(name: E, EventClass: new (detail: RoomEvents[E]) => Event) => {
    room.lifecycle.on(name, (detail) => { target.dispatchEvent(new EventClass(detail)); }, { signal });
  };
  forward('joined', events.RtcJoinedEvent);
  forward('left', events.RtcLeftEvent);
  forward('participant-joined', events.RtcParticipantJoinedEvent);
  forward('participant-left', events.RtcParticipantLeftEvent);
  forward('track-added', events.RtcTrackAddedEvent);
  forward('track-removed', events.RtcTrackRemovedEvent);
  forward('identity-changed', events.RtcIdentityChangedEvent);
  forward('reaction', events.RtcReactionEvent);
  forward('recording-started', events.RtcRecordingStartedEvent);
  forward('recording-stopped', events.RtcRecordingStoppedEvent);
  forward('message-received', events.RtcMessageReceivedEvent);
  forward('state-changed', events.RtcStateChangedEvent);
  forward('knock', events.RtcKnockEvent);
  forward('knock-ended', events.RtcKnockEndedEvent);
  forward('lock-changed', events.RtcLockChangedEvent);
  forward('muted-by-host', events.RtcMutedByHostEvent);
  forward('token-expiring', events.RtcTokenExpiringEvent);
}
