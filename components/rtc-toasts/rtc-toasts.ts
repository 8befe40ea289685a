import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { announcing } from '../internal/english-announcing.ts';
import { talking } from '../internal/english-talking.ts';
import { icons } from '../internal/icons.ts';
import { addMessages } from '../internal/messages.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { FileShelf } from '../rtc-files/file-shelf.ts';
import { progressStyles } from '../rtc-files/progress.styles.ts';
import { FileToasts } from './file-toasts.ts';
import { styles } from './rtc-toasts.styles.ts';
import { ToastQueue } from './toast-queue.ts';
import { followRoom } from './toast-sources.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Room } from '../../src/index.ts';
import type { Passing } from '../internal/passings.ts';
import type { Toast } from './toast-queue.ts';
import type { Kind, Sources } from './toast-sources.ts';

addMessages({ ...announcing, ...talking });

/**
 * Short notices at the edge of the page. The time of one stands still while the pointer or the focus is among them. `<rtc-room>`
 * reads out who comes and goes and what fails, and shows failures and mutes itself: those two stand here only if they are named.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @attr kinds - What is told, of `joined left muted errors files`. @default joined left files
 * @slot close - The icon.
 * @csspart list @csspart toast @csspart toast-text @csspart toast-actions @csspart button @csspart close @csspart icon
 * @csspart progress - Of files that are on their way.
 * @cssState empty
 */
export class RtcToastsElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, progressStyles, styles];
  static override properties = { ...RtcPartElement.properties, kinds: {}, missed: { attribute: false } };
  declare kinds: string;
  /** @internal Who came and went while it was loaded; asked once. */
  declare missed: () => readonly Passing[];
  protected readonly view = new RoomController(this, () => undefined);
  readonly #queue = new ToastQueue(() => { this.requestUpdate(); });
  readonly #shelf = new FileShelf(this, this.view, () => this.#sources.shows('files'));
  readonly #sources: Sources = {
    queue: this.#queue, shelf: this.#shelf, view: this.view, shows: (kind: Kind) => this.kinds.split(/\s+/).includes(kind),
  };
  readonly #files = new FileToasts(this.#sources);
  #room: Room | undefined;
  #following: AbortController | undefined;
  #isPointed = false;
  #hasFocus = false;

  constructor() {
    super();
    this.kinds = 'joined left files';
    this.missed = () => [];
  }

  override willUpdate(): void {
    this.keepFocus(() => this.renderRoot.querySelector<HTMLElement>('[part=list]'));
  }

  override render(): TemplateResult {
    const { toasts } = this.#queue;
    // Whoever went through them goes on from the list, also from an empty one.
    const isHidden = toasts.length === 0 && !this.shadowRoot?.activeElement;
    return html`<div part="list" role="group" aria-label=${this.text('toasts')} tabindex="-1" ?hidden=${isHidden}
        @pointerenter=${() => { this.#pause({ pointed: true }); }} @pointerleave=${() => { this.#pause({ pointed: false }); }}
        @focusin=${() => { this.#pause({ focus: toasts.length > 0 }); }} @focusout=${() => { this.#pause({ focus: false }); }}
      >${repeat(toasts, ({ id }) => id, (toast) => this.#toast(toast))}</div>
      <div class="hidden" role="status" aria-atomic="false">${
        repeat(toasts.filter(({ isRead }) => isRead), ({ id }) => id, ({ say }) => html`<p>${say(this.speech)}</p>`)}</div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.setStates({ empty: this.#queue.toasts.length === 0 });
    this.#follow(this.isConnected ? this.view.room : undefined);
    if (this.#room) this.#files.follow(this.#room);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause({ pointed: false, focus: false });
    this.#follow(undefined);
  }

  #toast({ id, kind, say, actions, progress, lasts }: Toast): TemplateResult {
    // An offer goes once it is answered; whoever then finds no place to save the file has not answered.
    const isAsked = lasts && actions;
    const dismiss = () => { if (!isAsked) this.#queue.remove(id); };
    const all = actions?.(this.text) ?? [];
    return html`<div part="toast" class=${kind} @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape' || isAsked) return;
      event.stopPropagation();
      dismiss();
    }}><span part="toast-text">${say(this.speech)}${progress ? html`<progress part="progress" .value=${progress()}
        aria-label=${this.text('files')}></progress>` : nothing}</span>
      ${all.length > 0 ? html`<div part="toast-actions">${all.map(({ label, name, run }, index) => html`<button type="button" part="button"
        class=${index === all.length - 1 ? 'primary' : ''} aria-label=${name ?? nothing} @click=${() => { run(); dismiss(); }}
        >${label}</button>`)}</div>` : nothing}
      ${isAsked ? nothing : html`<button type="button" part="close" class="plain" aria-label=${this.text('close')} @click=${dismiss}
        ><slot name="close">${icons.close}</slot></button>`}</div>`;
  }

  #pause({ pointed = this.#isPointed, focus = this.#hasFocus }: { pointed?: boolean; focus?: boolean }): void {
    this.#isPointed = pointed;
    this.#hasFocus = focus;
    this.#queue.pause(pointed || focus);
  }

  #follow(room: Room | undefined): void {
    if (room === this.#room) return;
    this.#following?.abort();
    this.#queue.clear();
    this.#files.forget();
    this.#room = room;
    this.#following = new AbortController();
    if (room) followRoom(room, this.#sources, this.missed(), this.#following.signal);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-toasts': RtcToastsElement;
  }
}
