import { html, nothing, render } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { RtcLayoutChangedEvent } from '../events.ts';
import { buttons } from '../internal/button.styles.ts';
import { captionLines, captionPlace } from '../internal/captions.styles.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { icons } from '../internal/icons.ts';
import { lazilyFor } from '../internal/lazily-for.ts';
import { plainName, roomLabels } from '../internal/name-labels.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { arrange, isPerson } from './arrange.ts';
import { styles } from './rtc-grid.styles.ts';
import { SpeakerWatch } from './speaker-watch.ts';
import { ViewMenu } from './view-menu.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';
import type { Arrangement, Layout } from './arrange.ts';
import type { OwnTiles } from './own-tiles.ts';
import type { RtcVideoElement } from '../rtc-video/rtc-video.ts';

/**
 * Everyone in the room: a tile for each participant and oneself, and one for each screen or other picture. What is pinned, or
 * shared, takes the stage. A tile is the same element wherever it stands, and what is not on show is not sent.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @attr layout - `auto` (default), `grid`, `spotlight` or `strip`.
 * @attr pinned - A participant id, or `id source` (`a1b2 screen`).
 * @fires rtc-layout-changed
 * @slot empty - Where nobody else is here. @slot captions - Lines of text at the lower edge; an empty one is not seen.
 * @slot view @slot previous @slot next @slot move - Icons.
 * @csspart grid @csspart tile @csspart empty @csspart pin @csspart move @csspart pages @csspart previous @csspart next
 * @csspart stop - Ends one's own screen.
 * @csspart quality - How well they are connected, while that is not good.
 * @csspart captions @csspart page @csspart view @csspart menu @csspart label @csspart select @csspart button @csspart icon
 * @csspart stage @csspart strip @csspart float - Tiles that stand there.
 * @csspart video @csspart avatar @csspart caption @csspart name @csspart name-mark @csspart status @csspart hand
 * @csspart reaction - Of a tile.
 * @csspart speaker @csspart pinned - The tile of who speaks, or spoke last; the one that is pinned.
 * @cssprop --rtc-gap - Between tiles.
 * @cssState empty - Nobody else is here. @cssState presenting - A screen is on the stage.
 * @cssState pinned - Something is pinned. @cssState paged - There is more than fits.
 */
export class RtcGridElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, fieldStyles, captionLines, captionPlace, styles];
  static override properties = { layout: {}, pinned: {}, inWindow: { attribute: false } };
  declare layout: Layout;
  declare pinned: string;
  /** @internal It stands in a window of its own: nothing to choose. */
  declare inWindow: boolean;
  protected readonly view = new RoomController(this, (snapshot) => this.#names(snapshot));
  readonly #speaker = new SpeakerWatch(() => { this.requestUpdate(); });
  /** @internal */
  readonly menu = new ViewMenu(this);
  /** Loaded when they are more than a tile among others. */
  #ownTiles: OwnTiles | undefined;
  readonly #loadOwnTiles = lazilyFor(this, () => import('./own-tiles.ts'));
  #sizes: ResizeObserver | undefined;
  #page = 0;
  #arranged: Arrangement = { boxes: new Map(), page: 0, pages: 1 };

  constructor() {
    super();
    this.layout = 'auto';
    this.pinned = '';
    this.inWindow = false;
  }

  /** @internal What can be pinned, and what it is called. */
  get tiles(): Readonly<Record<string, string>> {
    return this.view.value ?? {};
  }

  /** @internal The tile that is pinned, whether it is here or not. */
  get pinnedTile(): string {
    return this.pinned.includes(' ') || !this.pinned ? this.pinned : `${this.pinned} camera`;
  }

  /** @internal What the person chose, which the page is told. */
  choose(change: Partial<Pick<RtcGridElement, 'layout' | 'pinned'>>): void {
    Object.assign(this, change);
    const { layout, pinned } = this;
    this.dispatchEvent(new RtcLayoutChangedEvent({ layout, pinned }));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { ResizeObserver } = this.ownerDocument.defaultView ?? window;
    this.#sizes = new ResizeObserver(() => { this.requestUpdate(); });
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#speaker.follow(undefined);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.keepFocus(() => this.renderRoot.querySelector<HTMLElement>('[part=grid]'));
    const { room } = this.view;
    // To tell who of one speaks, nobody need listen.
    this.#speaker.follow(this.isConnected && (room?.snapshot.participants.length ?? 0) > 1 ? room : undefined);
    this.#arranged = arrange({
      layout: this.layout, tiles: Object.keys(this.tiles), pinned: this.pinnedTile, speaker: this.#speaker.staged,
      width: this.clientWidth, height: this.clientHeight, gap: parseFloat(getComputedStyle(this).rowGap) || 0,
      page: this.#page, corner: this.#ownTiles?.corner,
    });
    this.#page = this.#arranged.page;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.view.value) return nothing;
    const tiles = Object.keys(this.tiles);
    return html`<div part="grid" role="group" tabindex="-1" aria-label=${this.text('participants')}></div>
    ${this.#pages()}
    <div part="captions"><slot name="captions"></slot></div>
    ${tiles.length < 2 && this.view.room?.snapshot.local.id ? html`<p part="empty"><slot name="empty">${this.text('alone')}</slot></p>` : nothing}
    ${tiles.length < 2 || this.inWindow ? nothing : this.menu.render()}`;
  }

  /** All in one place: a tile stays the same element, and its picture uninterrupted, wherever it is shown. */
  #placeTiles(keys: readonly string[]): void {
    const grid = this.renderRoot.querySelector('[part=grid]');
    const tiles = new Map([...grid?.querySelectorAll('rtc-video') ?? []].map((tile) => [tile.dataset['key'], tile]));
    for (const [key = '', tile] of tiles) if (!keys.includes(key)) tile.remove();
    // From the last on: none is moved because another one comes or goes, which would interrupt its picture.
    let next: Element | null = null;
    for (const key of keys.toReversed()) {
      const tile: RtcVideoElement = tiles.get(key) ?? document.createElement('rtc-video');
      if ((next ? next.previousElementSibling : grid?.lastElementChild) !== tile) grid?.insertBefore(tile, next);
      this.#fillTile(tile, key, keys.length > 1);
      next = tile;
    }
  }

  #fillTile(tile: RtcVideoElement, key: string, canPin: boolean): void {
    const [participant = '', source = ''] = key.split(' ');
    const box = this.#arranged.boxes.get(key);
    const isOwn = participant === this.view.room?.snapshot.local.id;
    const isPinned = key === this.pinnedTile;
    const floats = box?.place === 'float';
    const names = `${box?.place ?? ''} ${participant !== '' && participant === this.#speaker.speaker && isPerson(key) ? 'speaker' : ''}`;
    tile.dataset['key'] = key;
    tile.setAttribute('exportparts', 'video, avatar, caption, name, name-mark, status, hand, reaction');
    Object.assign(tile, {
      participant, source, hidden: !box, className: names, part: `tile ${names} ${isPinned ? 'pinned' : ''}`,
      onpointerdown: floats ? (event: PointerEvent) => { this.#ownTiles?.grab(event); } : null,
    });
    if (box) {
      Object.assign(tile.style, {
        insetInlineStart: `${box.x}px`, insetBlockStart: `${box.y}px`, inlineSize: `${box.width}px`, blockSize: `${box.height}px`,
      });
    }
    render(html`${participant && isPerson(key) && !isOwn
      ? html`<rtc-quality part="quality" .participant=${participant} .quiet=${true}></rtc-quality>` : nothing
    }${canPin ? this.#pin(key, isPinned) : nothing}${floats ? this.#ownTiles?.move() : nothing}${
      isOwn && source === 'screen' ? this.#ownTiles?.stop() : nothing}`, tile);
  }

  #pin(key: string, isPinned: boolean): TemplateResult {
    const label = this.text('pin-name', { name: this.tiles[key] ?? '' });
    return html`<button type="button" part="pin" class="round over" aria-label=${label} title=${label} aria-pressed=${String(isPinned)}
      @click=${() => { this.choose({ pinned: isPinned ? '' : key }); }}>${icons.pin}</button>`;
  }

  #pages(): TemplateResult | typeof nothing {
    const { page, pages, pager } = this.#arranged;
    if (pages < 2) return nothing;
    const turn = (name: 'previous' | 'next', to: number) => html`<button type="button" part="${name}" class="round over"
      aria-label=${this.text(`page-${name}`)} title=${this.text(`page-${name}`)} aria-disabled=${String(to < 0 || to === pages)}
      @click=${() => { this.#turn(Math.max(0, to)); }}><slot name=${name}>${icons[name]}</slot></button>`;
    return html`<div part="pages" class=${pager ?? ''} role="group" aria-label=${this.text('pages')}>
      ${turn('previous', page - 1)}
      <span part="page" role="status">${this.text('page-of', { page: page + 1, pages })}</span>
      ${turn('next', page + 1)}
    </div>`;
  }

  #turn(page: number): void {
    this.#page = page;
    this.requestUpdate();
  }

  async #ownMore(): Promise<void> {
    const { OwnTiles } = await this.#loadOwnTiles();
    this.#ownTiles ??= new OwnTiles(this);
    this.requestUpdate();
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const tiles = Object.keys(this.tiles);
    this.#placeTiles(tiles);
    const isShared = tiles.includes(`${this.view.room?.snapshot.local.id} screen`);
    if (!this.#ownTiles && (isShared || this.layout === 'spotlight')) void this.#ownMore();
    this.setStates({
      empty: tiles.length < 2, presenting: !tiles.every(isPerson), pinned: tiles.includes(this.pinnedTile),
      paged: this.#arranged.pages > 1,
    });
  }

  /** By `participant source`, a space being in neither a participant id nor the source names that are shown. */
  #names({ local, participants }: RoomSnapshot): Record<string, string> {
    const labels = roomLabels({ local, participants }, this.text('guest'));
    const nameOf = (id: string) => plainName(labels.get(id) ?? { name: '', mark: '' });
    const tilesOf = (people: readonly Pick<RoomSnapshot['local'], 'id' | 'tracks'>[]) => [
      ...people.flatMap(({ id, tracks }) => tracks
        .filter(({ kind, live, source }) => kind === 'video' && live && source !== 'camera' && !source.includes(' '))
        .map(({ source }) => [`${id} ${source}`, this.text('screen-of', { name: nameOf(id) })] as const)),
      ...people.map(({ id }) => [`${id} camera`, nameOf(id)] as const),
    ];
    return Object.fromEntries([...tilesOf(participants), ...tilesOf([local])]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-grid': RtcGridElement;
  }
}
