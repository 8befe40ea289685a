import { html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { adoptMore } from '../internal/adopt-more.ts';
import { captionLines, captionPlace } from '../internal/captions.styles.ts';
import { icons } from '../internal/icons.ts';
import { lazilyFor } from '../internal/lazily-for.ts';
import { hueOf, initials, nameTemplate, roomLabels, withName } from '../internal/name-labels.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { streamOf } from '../internal/streams.ts';
import { DisplayController } from './display-controller.ts';
import { ReactionController } from './reaction-controller.ts';
import { styles } from './rtc-video.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { ParticipantState, RoomSnapshot } from '../../src/index.ts';
import type { IdentityBadge } from './tile-badge.ts';

/** For all tiles, told by the first. */
let loadBadge: (() => Promise<typeof import('./tile-badge.ts')>) | undefined;

/**
 * One participant's camera or screen, or one's own: the name, and initials where there is no picture. Always silent: sound
 * is `<rtc-audio>`'s. Of others' pictures no more is sent here than it shows.
 *
 * @attr participant - A participant id; oneself without one.
 * @attr source - `camera` (default), `screen`, or the source name of a stream that an app published.
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot - Over the picture. @slot captions - Lines of text at its lower edge; an empty one is not seen.
 * @slot microphone-off - The icon of a muted microphone. @slot hand - That of a raised hand.
 * @csspart tile @csspart video @csspart avatar @csspart caption @csspart name @csspart name-mark @csspart status @csspart icon
 * @csspart captions @csspart hand - A raised hand. @csspart reaction - What floats up when they react.
 * @csspart identity - What is known of who it is. @csspart about - What that means.
 * @slot identity-unverified @slot identity-linked @slot identity-vouched @slot identity-verified - Icons.
 * @cssState local @cssState picture @cssState muted @cssState connecting @cssState interrupted @cssState gone
 * @cssState hand @cssState linked @cssState vouched @cssState verified
 */
export class RtcVideoElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, captionLines, captionPlace, styles];
  static override properties = { participant: {}, source: {}, called: { attribute: false } };
  declare participant: string;
  declare source: string;
  /** @internal A name that is being typed. */
  declare called: string;
  protected readonly view = new RoomController(this, (snapshot) => this.#select(snapshot));
  readonly #display = new DisplayController(this);
  #badge: IdentityBadge | undefined;
  /** Since it showed somebody else. */
  #wantsBadge = false;
  readonly #reactions = new ReactionController(this);

  constructor() {
    super();
    this.participant = '';
    this.source = 'camera';
    this.called = '';
  }

  #select(snapshot: RoomSnapshot) {
    const { local, participants, state } = snapshot;
    const isLocal = !this.participant || this.participant === local.id;
    const person = isLocal ? undefined : participants.find(({ id }) => id === this.participant);
    const { id, name, tracks } = person ?? (isLocal ? local : { id: this.participant, name: '', tracks: [] });
    const picture = tracks.find((track) => track.source === this.source && track.kind === 'video' && track.live)?.track;
    const label = roomLabels(snapshot, this.text('guest')).get(id);
    const connection: ParticipantState = isLocal ? 'connected' : person?.state ?? 'gone';
    return {
      person, id, isLocal, picture, name: label?.name ?? name, mark: label?.mark ?? '', connection, reason: person?.reason,
      hand: (person ?? (isLocal ? local : undefined))?.hand !== undefined,
      muted: state !== 'idle' && !tracks.some((track) => track.source === 'microphone' && track.live),
    };
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { isLocal, picture, name, connection } = view;
    const isCamera = this.source === 'camera';
    const state = view.reason === 'no-path' ? view.reason : connection;
    return html`<figure part="tile">
      <video part="video" class="${isLocal && isCamera ? 'mirrored' : ''} ${isCamera ? '' : 'whole'}" ?hidden=${!picture}
        autoplay playsinline disablepictureinpicture .muted=${true}></video>
      <div part="avatar" aria-hidden="true" ?hidden=${picture !== undefined}><span>${initials(this.called || name)}</span></div>
      <slot></slot>
      <div part="captions"><slot name="captions"></slot></div>
      ${state === 'connected' ? nothing : html`<div part="status">${this.text(state)}</div>`}
      ${view.hand && isCamera ? html`<span part="hand" role="img" aria-label=${this.text('hand-up')}><slot name="hand">${icons.hand}</slot></span>`
        : nothing}
      <figcaption part="caption">
        ${view.muted && isCamera ? html`<span class="muted" role="img" aria-label=${this.text('microphone-off')}
          ><slot name="microphone-off">${icons['microphone-off']}</slot></span>` : nothing}
        <span class="label">${isCamera ? nameTemplate(view) : withName(this.text('screen-of'), view)}
          ${isLocal ? html`<span>${`(${this.text('you')})`}</span>` : nothing}</span>
        ${view.person && isCamera && connection !== 'connecting' ? this.#badge?.render(view.person, view) : nothing}
      </figcaption>
    </figure>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const view = this.view.value;
    this.#show(view?.picture);
    if (view?.person && !this.#wantsBadge) void this.#bringBadge();
    const other = view?.isLocal === false ? this.participant : '';
    this.#reactions.follow(this.isConnected && this.source === 'camera' ? this.view.room : undefined, view?.id ?? '');
    this.#display.follow(this.isConnected ? this.view.room : undefined, other, this.source);
    this.renderRoot.querySelector<HTMLElement>('[part=avatar]')?.style.setProperty('--_hue', String(hueOf(view?.id ?? '')));
    this.setStates({
      local: view?.isLocal === true, picture: view?.picture !== undefined, muted: view?.muted === true,
      linked: view?.person?.identity === 'linked', vouched: view?.person?.identity === 'vouched',
      verified: view?.person?.identity === 'verified',
      connecting: view?.connection === 'connecting', interrupted: view?.connection === 'interrupted',
      gone: view?.connection === 'gone', hand: view?.hand === true,
    });
  }

  async #bringBadge(): Promise<void> {
    this.#wantsBadge = true;
    const { IdentityBadge, badgeStyles } = await (loadBadge ??= lazilyFor(this, () => import('./tile-badge.ts')))();
    this.#badge = new IdentityBadge(this);
    adoptMore(this, badgeStyles);
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#show(undefined);
  }

  #show(track: MediaStreamTrack | undefined): void {
    const video = this.renderRoot.querySelector('video');
    const stream = track ? streamOf(track) : null;
    if (video && video.srcObject !== stream) video.srcObject = stream;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-video': RtcVideoElement;
  }
}
