import { html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { BUTTON_ACTIONS, buttonOf, canShareScreen, isJoined, renderButton } from '../internal/room-button.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { isArranged } from '../rtc-room/default-interface.ts';
import { styles } from './rtc-button.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { ButtonAction, RoomButton } from '../internal/room-button.ts';

/**
 * One button of a room: it does what its action says, and shows how things are.
 *
 * @attr action - `microphone`, `camera`, `screen`, `hand`, `leave` (outside of the room it joins), `chat` or `participants` (the
 *   panels of the default interface).
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot - A label beside the icon.
 * @slot icon - In place of the icon. @slot on @slot off - The same for one state alone, where there are two.
 * @csspart button @csspart icon
 * @cssState on @cssState busy @cssState joined
 */
export class RtcButtonElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, styles];
  static override properties = { action: {} };
  declare action: ButtonAction | '';
  protected readonly view = new RoomController(this, ({ state, local: { microphone, camera, screen, hand } }) =>
    ({ state, microphone, camera, screen, hand }));

  constructor() {
    super();
    this.action = '';
  }

  get #button(): RoomButton | undefined {
    const view = this.view.value;
    const action = BUTTON_ACTIONS.find((one) => one === this.action);
    return view && action && (action !== 'screen' || canShareScreen()) ? buttonOf(action, view) : undefined;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  override render(): TemplateResult | typeof nothing {
    const button = this.#button;
    if (!button) return nothing;
    const { icon, pressed } = button;
    const drawn = html`<slot name="icon">${icon}</slot>`;
    const label = html`<slot @slotchange=${() => { this.requestUpdate(); }}>${icon ? nothing : this.text(button.label)}</slot>`;
    return renderButton(button, this.view, this.text, html`${pressed === undefined ? drawn
      : html`<slot name=${pressed ? 'on' : 'off'}>${drawn}</slot>`}${label}`, !icon || isArranged(this));
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { pressed = false, busy = false } = this.#button ?? {};
    this.setStates({ on: pressed, busy, joined: isJoined(this.view.value?.state) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-button': RtcButtonElement;
  }
}
