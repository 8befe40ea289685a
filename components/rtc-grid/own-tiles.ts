import { html, svg } from 'lit';
import { adoptMore } from '../internal/adopt-more.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { icon } from '../internal/icons.ts';
import { addMessages } from '../internal/messages.ts';
import { RoomRequestEvent } from '../internal/room-request.ts';
import { LOWER_END } from './arrange.ts';
import { styles } from './own-tiles.styles.ts';
import type { TemplateResult } from 'lit';
import type { Text } from '../internal/messages.ts';
import type { Corner } from './arrange.ts';

addMessages(onDemand);

type Host = HTMLElement & { requestUpdate(): void; readonly text: Text };

const MOVE = icon(svg`<path d="M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3m12-6 3 3-3 3"/>`);
const CLOCKWISE: readonly Corner[] = [
  { inline: 'start', block: 'start' }, { inline: 'end', block: 'start' },
  { inline: 'end', block: 'end' }, { inline: 'start', block: 'end' },
];

/**
 * One's own picture over a stage: drawn to a corner, sent there by an arrow key, or to the next by a click (WCAG 2.2, 2.5.7).
 * And one's own screen, which one ends where one sees that others see it.
 */
export class OwnTiles {
  readonly #host: Host;
  corner = LOWER_END;

  constructor(host: Host) {
    this.#host = host;
    adoptMore(host, [styles]);
  }

  stop(): TemplateResult {
    return html`<button type="button" part="stop" class="danger" @click=${({ currentTarget }: Event) => {
      currentTarget?.dispatchEvent(new RoomRequestEvent((host) => host.toggle('screen')));
    }}>${this.#host.text('stop-sharing')}</button>`;
  }

  move(): TemplateResult {
    const label = this.#host.text('move-yourself');
    return html`<button type="button" part="move" class="round over" aria-label=${label} title=${label}
      @click=${() => { this.#next(); }} @keydown=${(event: KeyboardEvent) => { this.#key(event); }}
      ><slot name="move">${MOVE}</slot></button>`;
  }

  /** From here on the pointer takes the tile along. */
  grab(event: PointerEvent): void {
    const tile = event.currentTarget as HTMLElement;
    const isOnButton = event.composedPath().some((node) => node instanceof HTMLButtonElement);
    if (event.button !== 0 || isOnButton) return;
    const end = new AbortController();
    const { signal } = end;
    tile.setPointerCapture(event.pointerId);
    tile.addEventListener('pointermove', ({ clientX, clientY }) => {
      tile.style.translate = `${clientX - event.clientX}px ${clientY - event.clientY}px`;
    }, { signal });
    tile.addEventListener('lostpointercapture', () => {
      end.abort();
      const [box, frame] = [tile.getBoundingClientRect(), this.#host.getBoundingClientRect()];
      tile.style.translate = '';
      this.#move({
        isLeft: box.left + box.right < frame.left + frame.right, isTop: box.top + box.bottom < frame.top + frame.bottom,
      });
    }, { signal });
  }

  #next(): void {
    const index = CLOCKWISE.findIndex(({ inline, block }) => inline === this.corner.inline && block === this.corner.block);
    this.#set(CLOCKWISE[(index + 1) % CLOCKWISE.length] ?? this.corner);
  }

  #key(event: KeyboardEvent): void {
    const to = {
      ArrowLeft: { isLeft: true }, ArrowRight: { isLeft: false }, ArrowUp: { isTop: true }, ArrowDown: { isTop: false },
    }[event.key];
    if (!to) return;
    event.preventDefault();
    this.#move(to);
  }

  /** What is not said stays. */
  #move({ isLeft, isTop }: { isLeft?: boolean; isTop?: boolean }): void {
    const isFromRight = getComputedStyle(this.#host).direction === 'rtl';
    const { inline, block } = this.corner;
    this.#set({
      inline: isLeft === undefined ? inline : isLeft === isFromRight ? 'end' : 'start',
      block: isTop === undefined ? block : isTop ? 'start' : 'end',
    });
  }

  #set(corner: Corner): void {
    this.corner = corner;
    this.#host.requestUpdate();
  }
}
