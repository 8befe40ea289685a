/** Every DOM event. Those about the room come from `<rtc-room>` alone; all bubble and are composed. */
import type { RoomError, RoomEvents } from '../src/index.ts';
import type { Recording } from './rtc-record/room-recorder.ts';

abstract class RtcEvent<Detail> extends Event {
  readonly detail: Detail;

  constructor(type: string, detail: Detail, { cancelable = false } = {}) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.detail = detail;
  }
}

/** `{name, displayName}`: cancelable, before anything is sent. Prevented, `join()` rejects with an AbortError. */
export class RtcBeforeJoinEvent extends RtcEvent<{ readonly name: string; readonly displayName: string }> {
  constructor(detail: RtcBeforeJoinEvent['detail']) { super('rtc-before-join', detail, { cancelable: true }); }
}
/** `{name}`: cancelable, before a leave that somebody asked for; a page that goes away or removes the element is not asked. */
export class RtcBeforeLeaveEvent extends RtcEvent<{ readonly name: string }> {
  constructor(detail: RtcBeforeLeaveEvent['detail']) { super('rtc-before-leave', detail, { cancelable: true }); }
}
/** `{id}`: one is in the room. */
export class RtcJoinedEvent extends RtcEvent<RoomEvents['joined']> {
  constructor(detail: RoomEvents['joined']) { super('rtc-joined', detail); }
}
/** `{reason, error?}`: one is out, whoever wanted it. */
export class RtcLeftEvent extends RtcEvent<RoomEvents['left']> {
  constructor(detail: RoomEvents['left']) { super('rtc-left', detail); }
}
/** `{participant}`: somebody came, or was here already. */
export class RtcParticipantJoinedEvent extends RtcEvent<RoomEvents['participant-joined']> {
  constructor(detail: RoomEvents['participant-joined']) { super('rtc-participant-joined', detail); }
}
/** `{participant, reason}`: somebody went; their last view. */
export class RtcParticipantLeftEvent extends RtcEvent<RoomEvents['participant-left']> {
  constructor(detail: RoomEvents['participant-left']) { super('rtc-participant-left', detail); }
}
/** `{participant, track}`: a picture or a sound of somebody. */
export class RtcTrackAddedEvent extends RtcEvent<RoomEvents['track-added']> {
  constructor(detail: RoomEvents['track-added']) { super('rtc-track-added', detail); }
}
/** `{participant, track}`: it ended. */
export class RtcTrackRemovedEvent extends RtcEvent<RoomEvents['track-removed']> {
  constructor(detail: RoomEvents['track-removed']) { super('rtc-track-removed', detail); }
}
/** `{participant, previous}`: what is known of who somebody is, `unverified`, `linked`, `vouched` or `verified`. */
export class RtcIdentityChangedEvent extends RtcEvent<RoomEvents['identity-changed']> {
  constructor(detail: RoomEvents['identity-changed']) { super('rtc-identity-changed', detail); }
}
/** `{participant, reaction}`: of someone here, or one's own. */
export class RtcReactionEvent extends RtcEvent<RoomEvents['reaction']> {
  constructor(detail: RoomEvents['reaction']) { super('rtc-reaction', detail); }
}
/** `{participant}`: somebody says that they record the call, or this end does. */
export class RtcRecordingStartedEvent extends RtcEvent<RoomEvents['recording-started']> {
  constructor(detail: RoomEvents['recording-started']) { super('rtc-recording-started', detail); }
}
/** `{participant}`: they say so no more, or left. */
export class RtcRecordingStoppedEvent extends RtcEvent<RoomEvents['recording-stopped']> {
  constructor(detail: RoomEvents['recording-stopped']) { super('rtc-recording-stopped', detail); }
}
/** `{message}`: a chat line of somebody else. */
export class RtcMessageReceivedEvent extends RtcEvent<RoomEvents['message-received']> {
  constructor(detail: RoomEvents['message-received']) { super('rtc-message-received', detail); }
}
/** `{state, previous}`: `idle`, `joining`, `waiting`, `joined`, `reconnecting` or `leaving`. */
export class RtcStateChangedEvent extends RtcEvent<RoomEvents['state-changed']> {
  constructor(detail: RoomEvents['state-changed']) { super('rtc-state-changed', detail); }
}
/** `{knock}`: to hosts, someone asks to be let in. */
export class RtcKnockEvent extends RtcEvent<RoomEvents['knock']> {
  constructor(detail: RoomEvents['knock']) { super('rtc-knock', detail); }
}
/** `{knock}`: to hosts, admitted, refused, or gone. */
export class RtcKnockEndedEvent extends RtcEvent<RoomEvents['knock-ended']> {
  constructor(detail: RoomEvents['knock-ended']) { super('rtc-knock-ended', detail); }
}
/** `{locked}`: by a host. */
export class RtcLockChangedEvent extends RtcEvent<RoomEvents['lock-changed']> {
  constructor(detail: RoomEvents['lock-changed']) { super('rtc-lock-changed', detail); }
}
/** `{by, source}`: switched off because a host asked. */
export class RtcMutedByHostEvent extends RtcEvent<RoomEvents['muted-by-host']> {
  constructor(detail: RoomEvents['muted-by-host']) { super('rtc-muted-by-host', detail); }
}
/** `{expiresAt}`: there is no `getToken`, so set `token` to another one. */
export class RtcTokenExpiringEvent extends RtcEvent<RoomEvents['token-expiring']> {
  constructor(detail: RoomEvents['token-expiring']) { super('rtc-token-expiring', detail); }
}

/** `{matches, participants}`: what its own person said of a code. */
export class RtcCodeComparedEvent extends RtcEvent<{ readonly matches: boolean; readonly participants: readonly string[] }> {
  constructor(detail: RtcCodeComparedEvent['detail']) { super('rtc-code-compared', detail); }
}

/** `{layout, pinned}`: how its own person wants people shown. */
export class RtcLayoutChangedEvent extends RtcEvent<{ readonly layout: string; readonly pinned: string }> {
  constructor(detail: RtcLayoutChangedEvent['detail']) { super('rtc-layout-changed', detail); }
}

/** `{name, type, bytes, durationMs, blob?}`: a recording made here is complete. Cancelable: prevented, the page keeps it. */
export class RtcRecordedEvent extends RtcEvent<Recording> {
  constructor(detail: Recording) { super('rtc-recorded', detail, { cancelable: true }); }
}

export interface RtcErrorDetail {
  /** Stable: docs/errors.md. */
  readonly code: RoomError['code'];
  /** A sentence for the person, in their language. */
  readonly message: string;
  /** A sentence for the developer. */
  readonly hint: string;
  readonly error: RoomError;
}
/** `{code, message, hint, error}`: a stable code, a sentence for the person, one for the developer. */
export class RtcErrorEvent extends RtcEvent<RtcErrorDetail> {
  constructor(detail: RtcErrorDetail) { super('rtc-error', detail); }
}

declare global {
  interface HTMLElementEventMap {
    'rtc-before-join': RtcBeforeJoinEvent;
    'rtc-before-leave': RtcBeforeLeaveEvent;
    'rtc-joined': RtcJoinedEvent;
    'rtc-left': RtcLeftEvent;
    'rtc-participant-joined': RtcParticipantJoinedEvent;
    'rtc-participant-left': RtcParticipantLeftEvent;
    'rtc-track-added': RtcTrackAddedEvent;
    'rtc-track-removed': RtcTrackRemovedEvent;
    'rtc-identity-changed': RtcIdentityChangedEvent;
    'rtc-code-compared': RtcCodeComparedEvent;
    'rtc-reaction': RtcReactionEvent;
    'rtc-recording-started': RtcRecordingStartedEvent;
    'rtc-recording-stopped': RtcRecordingStoppedEvent;
    'rtc-recorded': RtcRecordedEvent;
    'rtc-message-received': RtcMessageReceivedEvent;
    'rtc-state-changed': RtcStateChangedEvent;
    'rtc-knock': RtcKnockEvent;
    'rtc-knock-ended': RtcKnockEndedEvent;
    'rtc-lock-changed': RtcLockChangedEvent;
    'rtc-muted-by-host': RtcMutedByHostEvent;
    'rtc-token-expiring': RtcTokenExpiringEvent;
    'rtc-layout-changed': RtcLayoutChangedEvent;
    'rtc-error': RtcErrorEvent;
  }
}
