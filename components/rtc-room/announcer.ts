import { onArrival } from '../internal/arrivals.ts';
import { announcing } from '../internal/english-announcing.ts';
import { callFailures } from '../internal/english-call-failures.ts';
import { addMessages } from '../internal/messages.ts';
import { nameLabels, plainName } from '../internal/name-labels.ts';
import { isJoined } from '../internal/room-button.ts';
import type { ParticipantView, Room } from '../../src/index.ts';
import type { MessageKey, Text } from '../internal/messages.ts';

addMessages({ ...announcing, ...callFailures });

const KEPT = 4;
/** Applause is said once. */
const REACTION_QUIET_MS = 3000;

/**
 * Tells those who cannot see it: who came, left, is cut off, shares, raises a hand, reacts, records or wrote. A polite live
 * region (WAI-ARIA 1.2, `status`). A line is one node for as long as it stands, so that only new ones are read.
 */
export class Announcer {
  readonly #region: Element;
  readonly #text: Text;
  #reactedMs = -REACTION_QUIET_MS;

  constructor(region: Element, text: Text) {
    this.#region = region;
    this.#text = text;
  }

  /** @param readsMessages - Whether the chat is in sight, and so reads its messages out itself. */
  follow(room: Room, readsMessages: () => boolean, signal: AbortSignal): void {
    const { lifecycle } = room;
    const text = this.#text;
    const sayOf = (key: MessageKey, id: string, name: string, values = {}) => {
      const { local, participants, state } = room.snapshot;
      if (state === 'idle' || state === 'leaving' || id === local.id) return; // What one does oneself, one knows.
      const label = nameLabels([local, ...participants, { id, name }], text('guest')).get(id);
      this.say(text(key, { ...values, name: label ? plainName(label) : '' }));
    };
    const sayJoined = () => {
      const count = room.snapshot.participants.length;
      this.say(text('said:joined'));
      if (count > 0) this.say(text('said:found', { count }));
    };
    if (isJoined(room.snapshot.state)) sayJoined(); // While this was being loaded.
    lifecycle.on('joined', sayJoined, { signal });
    onArrival(room, ({ id, name }) => { sayOf('said:participant-joined', id, name); }, signal);
    lifecycle.on('left', () => { this.say(text('said:left')); }, { signal });
    for (const key of ['participant-left', 'recording-started', 'recording-stopped'] as const) {
      lifecycle.on(key, ({ participant: { id, name } }) => { sayOf(`said:${key}`, id, name); }, { signal });
    }
    lifecycle.on('knock', ({ knock: { id, name } }) => { sayOf('said:knock', id, name); }, { signal });
    lifecycle.on('lock-changed', ({ locked }) => { this.say(text(locked ? 'said:locked' : 'said:unlocked')); }, { signal });
    lifecycle.on('muted-by-host', ({ source }) => { this.say(text(`muted:${source}`)); }, { signal });
    lifecycle.on('reaction', ({ participant: { id, name }, reaction }) => {
      if (id === room.snapshot.local.id || performance.now() - this.#reactedMs < REACTION_QUIET_MS) return;
      this.#reactedMs = performance.now();
      sayOf('said:reaction', id, name, { reaction });
    }, { signal });
    let known = room.snapshot.participants;
    room.subscribe(({ participants }) => {
      for (const participant of participants) {
        const key = turnOf(known.find(({ id }) => id === participant.id), participant);
        if (key) sayOf(key, participant.id, participant.name);
      }
      known = participants;
    }, { signal });
    lifecycle.on('track-added', ({ participant: { id, name }, track }) => {
      if (track.source === 'screen' && track.kind === 'video') sayOf('said:screen', id, name);
    }, { signal });
    lifecycle.on('message-received', ({ message: { from, name } }) => {
      if (!readsMessages()) sayOf('said:message', from, name);
    }, { signal });
  }

  say(words: string): void {
    const line = this.#region.ownerDocument.createElement('p');
    line.textContent = words;
    this.#region.append(line);
    if (this.#region.childElementCount > KEPT) this.#region.firstElementChild?.remove();
  }
}

/** What became of a connection, or of a hand; that the one is being made and the other lowered goes without saying. */
function turnOf(before: ParticipantView | undefined, { state, reason, hand }: ParticipantView): MessageKey | undefined {
  if (reason === 'no-path') return before?.reason === reason ? undefined : 'said:no-path';
  if (before && before.hand === undefined && hand !== undefined) return 'said:hand';
  if (!before || before.state === state) return undefined;
  if (state === 'interrupted') return 'said:interrupted';
  return before.state === 'interrupted' && state === 'connected' ? 'said:restored' : undefined;
}
