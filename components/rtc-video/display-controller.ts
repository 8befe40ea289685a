import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Display, Room } from '../../src/index.ts';

/** Tells the room how large its host shows a picture, and whether anyone can see it: they send no more than that. */
export class DisplayController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #observing: AbortController | undefined;
  /** CSS pixels. Both stay over a move in the page: what was known last is better than nothing. */
  #size: DOMRectReadOnly | undefined;
  #inView: boolean | undefined;
  #room: Room | undefined;
  #of = '';
  #display: Display | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** From now on the host shows this. @param participant none where it shows oneself */
  follow(room: Room | undefined, participant: string, source: string): void {
    const of = `${participant} ${source}`;
    if (room === this.#room && of === this.#of) return;
    this.#display?.end();
    this.#room = room;
    this.#of = of;
    this.#display = participant ? room?.show(participant, source) : undefined;
    this.#tell();
  }

  hostConnected(): void {
    const { signal } = (this.#observing = new AbortController());
    // Those of its own window, which may be another: it is drawn while this one is hidden.
    const { ResizeObserver, IntersectionObserver } = this.#host.ownerDocument.defaultView ?? window;
    const resize = new ResizeObserver((entries) => {
      this.#size = entries.at(-1)?.contentRect;
      this.#tell();
    });
    const intersection = new IntersectionObserver((entries) => {
      this.#inView = entries.at(-1)?.isIntersecting;
      this.#tell();
    });
    for (const observer of [resize, intersection]) {
      observer.observe(this.#host);
      signal.addEventListener('abort', () => { observer.disconnect(); });
    }
    this.#host.ownerDocument.addEventListener('visibilitychange', () => { this.#tell(); }, { signal });
  }

  hostDisconnected(): void {
    this.#observing?.abort();
    this.follow(undefined, '', '');
  }

  #tell(): void {
    // What was never laid out has no size to tell of, and nobody sees it.
    if (this.#inView === undefined || (this.#inView && !this.#size)) return;
    const { ownerDocument: page } = this.#host;
    const ratio = page.defaultView?.devicePixelRatio ?? 1;
    const [width, height] = [(this.#size?.width ?? 0) * ratio, (this.#size?.height ?? 0) * ratio];
    this.#display?.set({ width, height, visible: this.#inView && page.visibilityState === 'visible' });
  }
}
