import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { people } from '../internal/english-people.ts';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { IdentityBadge, identityStyles } from '../internal/identity-badge.ts';
import { knockList } from '../internal/knock-list.ts';
import { addMessages } from '../internal/messages.ts';
import { hueOf, nameLabels, nameTemplate } from '../internal/name-labels.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { HostActions } from './host-actions.ts';
import { participantRow } from './participant-row.ts';
import { RowFocus } from './row-focus.ts';
import { styles } from './rtc-participants.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';
import type { NameLabel } from '../internal/name-labels.ts';

addMessages(people);

/**
 * Everyone in the room, oneself first: name, what is known of who it is, connection, microphone, camera, screen, and raised hands
 * in the order in which they went up. To a host also who waits to be let in, and what a host may do. Arrow keys go from row to
 * row, Tab into the actions of a row.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot lock - The icon of a room that is locked.
 * @csspart locked - That it is.
 * @csspart list @csspart participant @csspart avatar @csspart name @csspart name-mark @csspart note @csspart facts @csspart fact
 * @csspart status @csspart icon
 * @csspart identity - What is known of who it is. @csspart about - What that means.
 * @csspart waiting @csspart knocks @csspart knock @csspart admit @csspart refuse @csspart admit-all - Who knocks.
 * @csspart heading @csspart hands - The line of those who raised a hand.
 * @csspart host @csspart actions-toggle @csspart actions @csspart question @csspart button @csspart remove @csspart end
 * @csspart cancel @csspart sure - What a host may do.
 * @cssState empty - Nobody else is here. @cssState host
 */
export class RtcParticipantsElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, identityStyles, styles];
  protected readonly view = new RoomController(this, selectPeople);
  readonly #badges = new Map<string, IdentityBadge>();
  readonly #host = new HostActions(this, (action) => this.view.ask(action));
  readonly #rows = new RowFocus(this);

  constructor() {
    super();
    this.addEventListener('keydown', (event) => {
      // Else the panel that it stands in would close.
      if (event.key === 'Escape' && this.#host.escape()) event.stopPropagation();
    });
  }

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => { this.#rows.focus(options); });
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { local, participants } = view;
    const all = [local, ...participants];
    const labels = nameLabels(all, this.text('guest'));
    const labelOf = (id: string): NameLabel => labels.get(id) ?? { name: '', mark: '' };
    const inLine = all.filter(({ hand }) => hand !== undefined).sort((one, other) => Number(one.hand) - Number(other.hand));
    for (const id of this.#badges.keys()) if (!participants.some((person) => person.id === id)) this.#badges.delete(id);
    this.#host.follow(view);
    return html`${view.locked ? html`<p part="locked"><slot name="lock">${moreIcons.lock}</slot>${this.text('said:locked')}</p>` : nothing}
      ${local.host ? this.#waiting(view) : nothing}
      ${inLine.length > 0 ? html`<section part="hands"><h3 part="heading">${this.text('hands')}</h3>
        <ol>${inLine.map(({ id }) => html`<li>${nameTemplate(labelOf(id))}</li>`)}</ol></section>` : nothing}
      <ul part="list" aria-label=${this.text('participants')} @keydown=${this.#rows.onKey} @focusin=${this.#rows.onFocus}>${
        repeat(all, ({ id }) => id, (person) => {
          const other = 'state' in person ? person : undefined;
          const label = labelOf(person.id);
          return participantRow({
            person, other, label, text: this.text, isOutside: view.state === 'idle',
            place: inLine.findIndex(({ id }) => id === person.id) + 1, isHost: other ? other.roles.includes('host') : local.host,
            badge: other && other.state !== 'connecting' ? this.#badge(other.id).render(other, label) : nothing,
            actions: other && local.host ? this.#host.ofRow(other, label) : nothing,
          });
        })}</ul>
      ${local.host ? this.#host.bar(view) : nothing}`;
  }

  #waiting(view: ReturnType<typeof selectPeople>): TemplateResult | typeof nothing {
    const { knocks } = view;
    if (knocks.length === 0) return nothing;
    return html`<section part="waiting"><h3 part="heading">${this.text('knocks')}</h3>
      ${knockList(view, (action) => { void this.view.ask(action); }, this.text)}
      ${knocks.length > 1 ? html`<button type="button" part="button admit-all" @click=${() => { this.#host.admitAll(knocks); }}
        >${this.text('admit-all')}</button>` : nothing}</section>`;
  }

  #badge(id: string): IdentityBadge {
    const badge = this.#badges.get(id) ?? new IdentityBadge(this, `about-${id}`);
    this.#badges.set(id, badge);
    return badge;
  }

  override willUpdate(): void {
    this.#rows.keep();
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#rows.update();
    for (const row of this.#rows.all) row.style.setProperty('--_hue', String(hueOf(row.dataset['id'] ?? '')));
    this.setStates({ empty: this.view.value?.participants.length === 0, host: this.view.value?.local.host === true });
  }
}

function selectPeople({ state, local, participants, knocks, locked }: RoomSnapshot) {
  return { state, local, participants, knocks, locked };
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-participants': RtcParticipantsElement;
  }
}
