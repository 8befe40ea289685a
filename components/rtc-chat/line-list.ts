import { LineWindow } from './line-window.ts';

const NEAR_PX = 400;
const AT_END_PX = 40;

interface Host {
  readonly renderRoot: HTMLElement | DocumentFragment;
  requestUpdate(): void;
}

/**
 * The list's scrolling: it follows the end while one is there, else what one reads stays where it is, whatever comes before or
 * behind it. (`overflow-anchor` does half of that, and not in Safari.)
 */
export class LineList {
  readonly #host: Host;
  readonly #ids: () => readonly string[];
  readonly #onEnd: () => void;
  readonly window = new LineWindow();
  #atEnd = true;
  /** Where the end was when it was last gone to. */
  #endPx = 0;
  #anchor: { readonly id: string; readonly top: number } | undefined;

  /** @param onEnd the newest is in sight */
  constructor(host: Host, ids: () => readonly string[], onEnd: () => void) {
    this.#host = host;
    this.#ids = ids;
    this.#onEnd = onEnd;
  }

  /** Hidden, it has no height, and its scroll position says nothing. */
  get isInSight(): boolean {
    return Boolean(this.#list?.clientHeight);
  }

  /** Before the items change. Whoever scrolled away in this frame has: the browser tells of it only at its end. */
  beforeUpdate(): void {
    if (this.#atEnd && (this.#list?.scrollTop ?? 0) < this.#endPx - AT_END_PX) this.onScroll();
    this.#anchor = this.#atEnd ? undefined : this.#firstInSight();
  }

  afterUpdate(): void {
    if (this.#atEnd) { this.toEnd(); return; }
    const element = this.#anchor && this.#element(this.#anchor.id);
    if (this.#list && element && this.#anchor) this.#list.scrollTop += element.getBoundingClientRect().top - this.#anchor.top;
    this.#anchor = undefined;
  }

  /** A picture has its size now. (`load` does not bubble.) */
  readonly onLoad = { handleEvent: (): void => { if (this.#atEnd) this.toEnd(); }, capture: true };

  readonly onScroll = (): void => {
    const list = this.#list;
    if (!list || !this.isInSight) return;
    const ids = this.#ids();
    const below = list.scrollHeight - list.scrollTop - list.clientHeight;
    const wasAtEnd = this.#atEnd;
    // Told of one's own going to the end, when something has come below it since: nobody has scrolled.
    const stayed = wasAtEnd && list.scrollTop >= this.#endPx - AT_END_PX;
    this.#atEnd = stayed || (below < AT_END_PX && this.window.range(ids).end === ids.length);
    if (this.#atEnd) { this.toEnd(); return; }
    if (wasAtEnd) this.window.hold(ids);
    const isMore = list.scrollTop < NEAR_PX ? this.window.earlier(ids) : below < NEAR_PX && this.window.later(ids);
    if (isMore) this.#host.requestUpdate();
  };

  /** Follows the end from now on. */
  follow(): void {
    this.#atEnd = true;
    this.#endPx = 0;
    this.window.follow();
  }

  /** Goes there too. Hidden, it waits until it is shown. */
  toEnd(): void {
    const list = this.#list;
    this.follow();
    if (!list || !this.isInSight) return;
    list.scrollTop = list.scrollHeight;
    this.#endPx = list.scrollTop;
    this.#onEnd();
  }

  /** Brings an item into sight, and gives it the focus. */
  async show(id: string, rendered: () => Promise<unknown>): Promise<void> {
    this.window.hold(this.#ids());
    this.window.around(id, this.#ids());
    this.#atEnd = false;
    this.#host.requestUpdate();
    await rendered();
    const element = this.#element(id);
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  }

  get #list(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('[part=list]');
  }

  #element(id: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  }

  #firstInSight(): { id: string; top: number } | undefined {
    const list = this.#list;
    const listTop = list?.getBoundingClientRect().top ?? 0;
    for (const element of list?.querySelectorAll<HTMLElement>('[data-id]') ?? []) {
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom > listTop) return { id: element.dataset['id'] ?? '', top };
    }
    return undefined;
  }
}
