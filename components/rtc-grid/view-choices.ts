/** What stands in the menu of a grid: how people are shown, who is large, and a window of its own. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { onDemand } from '../internal/english-on-demand.ts';
import { addMessages } from '../internal/messages.ts';
import { RoomRequestEvent } from '../internal/room-request.ts';
import { canFloat, floatStage } from './floating-window.ts';
import type { TemplateResult } from 'lit';
import type { Layout } from './arrange.ts';
import type { ViewHost } from './view-host.ts';

export { openOver } from '../internal/open-over.ts';

addMessages(onDemand);

const LAYOUTS: readonly Layout[] = ['auto', 'grid', 'spotlight', 'strip'];

export function viewChoices(grid: ViewHost): TemplateResult {
  const { text, tiles, layout, pinnedTile } = grid;
  const option = (value: string, label: string, chosen: string) =>
    html`<option value=${value} .selected=${live(value === chosen)}>${label}</option>`;
  const valueOf = ({ target }: Event) => (target as HTMLSelectElement).value;
  return html`<label part="label">${text('layout')}
      <select part="select" @change=${(event: Event) => { grid.choose({ layout: valueOf(event) as Layout }); }}>${
        LAYOUTS.map((one) => option(one, text(`layout:${one}`), layout))}</select></label>
    <label part="label">${text('pinned')}
      <select part="select" @change=${(event: Event) => { grid.choose({ pinned: valueOf(event) }); }}>
        ${option('', text('pinned-nobody'), tiles[pinnedTile] === undefined ? '' : pinnedTile)}${
          Object.entries(tiles).map(([key, name]) => option(key, name, pinnedTile))}</select></label>
    ${canFloat() ? html`<button type="button" part="button" @click=${({ currentTarget }: Event) => {
      currentTarget?.dispatchEvent(new RoomRequestEvent((host) => floatStage(grid, host.room)));
      grid.shadowRoot?.getElementById('menu')?.hidePopover();
    }}>${text('picture-in-picture')}</button>` : nothing}`;
}
