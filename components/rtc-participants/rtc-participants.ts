import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../controllers/room-controller.ts';
import { icons } from '../internal/icons.ts';
import { IdentityBadge, identityStyles } from '../internal/identity-badge.ts';
import { hueOf, initials, nameLabels, nameTemplate } from '../internal/name-labels.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { styles } from './rtc-participants.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { ParticipantView, RoomSnapshot } from '../../src/index.ts';
import type { NameLabel } from '../internal/name-labels.ts';

/**
 * Everyone in the room, oneself first: the name, what is known of who it is, how the connection is, and whose microphone is off.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @csspart list @csspart participant @csspart avatar @csspart name @csspart name-mark @csspart status @csspart icon
 * @csspart identity - What is known of who it is. @csspart about - What that means.
 * @cssState empty - Nobody else is here.
 */
export class RtcParticipantsElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, identityStyles, styles];
  protected readonly view = new RoomController(this, selectPeople);
  readonly #badges = new Map<string, IdentityBadge>();

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { local, participants } = view;
    const labels = nameLabels([local, ...participants], this.text('guest'));
    for (const id of this.#badges.keys()) if (!participants.some((person) => person.id === id)) this.#badges.delete(id);
    return html`<ul part="list" aria-label=${this.text('participants')}>${repeat([local, ...participants], ({ id }) => id, (person) =>
      this.#row(person, labels.get(person.id) ?? { name: '', mark: '' }, 'state' in person ? person : undefined))}</ul>`;
  }

  /** @param other - Absent for oneself. */
  #row(person: Pick<ParticipantView, 'id' | 'tracks'>, label: NameLabel, other: ParticipantView | undefined): TemplateResult {
    const { id, tracks } = person;
    const isMuted = this.view.value?.state !== 'idle' && !tracks.some(({ source, live }) => source === 'microphone' && live);
    const state = other?.reason === 'no-path' ? other.reason : other?.state ?? 'connected';
    return html`<li part="participant" data-id=${id} class=${state}>
      <span part="avatar" aria-hidden="true">${initials(label.name)}</span>
      <span class="label"><span class="person">${nameTemplate(label)}
          ${other ? nothing : html`<span>${`(${this.text('you')})`}</span>`}</span>
        ${state === 'connected' ? nothing : html`<span part="status">${this.text(state)}</span>`}</span>
      ${isMuted ? html`<span class="muted" role="img" aria-label=${this.text('microphone-off')}
        >${icons['microphone-off']}</span>` : nothing}
      ${other && state !== 'connecting' ? this.#badge(id).render(other, label) : nothing}
    </li>`;
  }

  #badge(id: string): IdentityBadge {
    const badge = this.#badges.get(id) ?? new IdentityBadge(this, `about-${id}`);
    this.#badges.set(id, badge);
    return badge;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    for (const row of this.renderRoot.querySelectorAll<HTMLElement>('li')) {
      row.style.setProperty('--_hue', String(hueOf(row.dataset['id'] ?? '')));
    }
    this.setStates({ empty: this.view.value?.participants.length === 0 });
  }
}

function selectPeople({ state, local, participants }: RoomSnapshot) {
  return { state, local, participants };
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-participants': RtcParticipantsElement;
  }
}
