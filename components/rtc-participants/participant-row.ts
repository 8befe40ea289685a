import { html, nothing } from 'lit';
import { icons } from '../internal/icons.ts';
import { initials, nameTemplate } from '../internal/name-labels.ts';
import type { TemplateResult } from 'lit';
import type { LocalView, ParticipantView } from '../../src/index.ts';
import type { MessageKey, Text } from '../internal/messages.ts';
import type { NameLabel } from '../internal/name-labels.ts';

type Content = TemplateResult | typeof nothing;

export interface Row {
  readonly person: ParticipantView | LocalView;
  /** The same; absent for oneself. */
  readonly other: ParticipantView | undefined;
  readonly label: NameLabel;
  readonly text: Text;
  /** One is in no room: nothing is off or on for anyone. */
  readonly isOutside: boolean;
  /** In the line of raised hands; 0 where theirs is down. */
  readonly place: number;
  readonly isHost: boolean;
  readonly badge: Content;
  readonly actions: Content;
}

export function participantRow({ person, other, label, text, isOutside, place, isHost, badge, actions }: Row): TemplateResult {
  const { id, tracks } = person;
  const isLive = (source: string) => tracks.some((track) => track.source === source && track.live);
  const state = other?.reason === 'no-path' ? other.reason : other?.state ?? 'connected';
  const notes = [...(other ? [] : [text('you')]), ...(isHost ? [text('host')] : [])];
  const fact = (icon: keyof typeof icons, words: MessageKey, more: Content = nothing) =>
    html`<span part="fact" class=${icon} role="img" aria-label=${text(words)}>${icons[icon]}${more}</span>`;
  const device = (source: 'microphone' | 'camera') => isLive(source) ? fact(source, `${source}-on`) : fact(`${source}-off`, `${source}-off`);
  return html`<li part="participant" data-id=${id} class=${state} aria-labelledby=${`name-${id}`} tabindex="-1">
    <span part="avatar" aria-hidden="true">${initials(label.name)}</span>
    <span class="label"><span class="person" id=${`name-${id}`}>${nameTemplate(label)}
        ${notes.length > 0 ? html`<span part="note">${`(${notes.join(' · ')})`}</span>` : nothing}</span>
      <span part="facts">${place > 0 ? fact('hand', 'hand-up', html`<b aria-hidden="true">${place}</b>`) : nothing}
        ${isOutside ? nothing : html`${device('microphone')}${device('camera')}`}
        ${isLive('screen') ? fact('screen', 'screen-on') : nothing}
        ${state === 'connected' ? nothing : html`<span part="status">${text(state)}</span>`}</span></span>
    ${badge}${actions}
  </li>`;
}
