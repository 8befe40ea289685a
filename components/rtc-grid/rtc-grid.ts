import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../controllers/room-controller.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { styles } from './rtc-grid.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';

/**
 * Everyone in the room: a tile for each participant and oneself, and one for each screen or other picture, which then take
 * the stage while people stand in a strip.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot empty - Where nobody else is here.
 * @csspart grid @csspart pictures @csspart people @csspart tile @csspart empty
 * @cssprop --rtc-gap - Between tiles.
 * @cssState empty - Nobody else is here. @cssState presenting - A screen is on the stage.
 */
export class RtcGridElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, styles];
  protected readonly view = new RoomController(this, tileKeys);

  override render(): TemplateResult | typeof nothing {
    const tiles = this.view.value;
    if (!tiles) return nothing;
    const pictures = tiles.filter((key) => !isPerson(key));
    return html`<div part="grid" class=${pictures.length > 0 ? 'presenting' : ''} role="group" aria-label=${this.text('participants')}>
      ${pictures.length > 0 ? html`<div part="pictures">${this.#tiles(pictures)}</div>` : nothing}
      <div part="people">${this.#tiles(tiles.filter(isPerson))}</div>
    </div>
    ${tiles.length < 2 ? html`<p part="empty"><slot name="empty">${this.text('alone')}</slot></p>` : nothing}`;
  }

  /** Keyed: a tile stays the same element, and its picture uninterrupted, whoever comes or goes. */
  #tiles(keys: readonly string[]) {
    return repeat(keys, (key) => key, (key) => {
      const [participant = '', source = ''] = key.split(' ');
      return html`<rtc-video part="tile" exportparts="video, avatar, caption, name, name-mark, status"
        .participant=${participant} .source=${source}></rtc-video>`;
    });
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const tiles = this.view.value ?? [];
    const people = Math.max(1, tiles.filter(isPerson).length);
    const columns = Math.ceil(Math.sqrt(people));
    const narrowColumns = people < 4 ? 1 : 2;
    const { style } = this.renderRoot.querySelector<HTMLElement>('[part=grid]') ?? this;
    const layout = {
      '--_columns': columns, '--_rows': Math.ceil(people / columns),
      '--_narrow-columns': narrowColumns, '--_narrow-rows': Math.ceil(people / narrowColumns),
    };
    for (const [property, count] of Object.entries(layout)) style.setProperty(property, String(count));
    this.setStates({ empty: tiles.length < 2, presenting: !tiles.every(isPerson) });
  }
}

/** `participant source`, a space being in neither a participant id nor the source names that are shown. */
function tileKeys({ local, participants }: RoomSnapshot): string[] {
  const people = [...participants, local];
  const pictures = people.flatMap(({ id, tracks }) => tracks
    .filter(({ kind, live, source }) => kind === 'video' && live && source !== 'camera' && !source.includes(' '))
    .map(({ source }) => `${id} ${source}`));
  return [...pictures, ...people.map(({ id }) => `${id} camera`)];
}

const isPerson = (key: string) => key.endsWith(' camera');

declare global {
  interface HTMLElementTagNameMap {
    'rtc-grid': RtcGridElement;
  }
}
