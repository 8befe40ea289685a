import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { announcing } from './english-announcing.ts';
import { people } from './english-people.ts';
import { addMessages } from './messages.ts';
import { nameLabels, plainName, withName } from './name-labels.ts';
import type { TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';
import type { Text } from './messages.ts';
import type { RoomAction } from './room-request.ts';

addMessages({ ...announcing, ...people });

/** To a host: who asks to be let in. A row goes when the relay says that it is settled, by whichever host. */
export function knockList(
  { local, knocks, participants }: Pick<RoomSnapshot, 'local' | 'knocks' | 'participants'>, ask: (action: RoomAction) => void,
  text: Text,
): TemplateResult | typeof nothing {
  if (knocks.length === 0) return nothing;
  const labels = nameLabels([local, ...participants, ...knocks], text('guest'));
  return html`<ul part="knocks" tabindex="-1" aria-label=${text('knocks')}>${repeat(knocks, ({ id }) => id, ({ id }) => {
    const label = labels.get(id) ?? { name: '', mark: '' };
    const button = (action: 'admit' | 'refuse') => html`<button type="button" part="button ${action}"
      class=${action === 'admit' ? 'primary' : ''} aria-label=${text(`${action}-name`, { name: plainName(label) })}
      @click=${() => { ask((host) => host.room.moderate[action](id)); }}>${text(action)}</button>`;
    return html`<li part="knock"><span>${withName(text('said:knock'), label)}</span>
      <div>${button('refuse')}${button('admit')}</div></li>`;
  })}</ul>`;
}
