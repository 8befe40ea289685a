import { html } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { lazilyFor } from '../internal/lazily-for.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { VerifyPanel } from './verify-panel.ts';

/**
 * By a spoken code people find out that nobody stands between them: seven pictures with their words, or three numbers, which all
 * have to see alike. Takes part as soon as it stands in a room; loaded when it is shown.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @fires rtc-code-compared - This person said whether the codes match.
 * @csspart panel @csspart heading @csspart how @csspart code @csspart emoji @csspart word @csspart number @csspart actions
 * @csspart button @csspart match @csspart differ @csspart again @csspart form
 * @csspart pairs @csspart pair @csspart warning @csspart note
 * @cssState computing @cssState ready @cssState verified @cssState stalled @cssState warning
 */
export class RtcVerifyElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons];
  protected readonly view = new RoomController(this, ({ state, local, participants }) => ({ state, local, participants }));
  #panel: VerifyPanel | undefined;
  readonly #load = lazilyFor(this, () => import('./verify-panel.ts'));

  override willUpdate(): void {
    this.#panel?.follow(this.isConnected ? this.view.room : undefined, this.view.value?.local.id !== '');
    if (this.#panel || !this.view.room) return;
    void this.#load().then(({ VerifyPanel }) => {
      this.#panel ??= new VerifyPanel(this, (states) => { this.setStates(states); });
      this.requestUpdate();
    });
  }

  override render(): TemplateResult {
    return this.#panel && this.view.value ? this.#panel.render(this.view.value) : html``;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#panel?.updated();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#panel?.follow(undefined, false);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-verify': RtcVerifyElement;
  }
}
