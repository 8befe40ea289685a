import { html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { captureButton } from '../internal/capture-button.ts';
import { deviceSelect, fieldStyles } from '../internal/device-select.ts';
import { icons } from '../internal/icons.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { styles } from './rtc-controls.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';

/**
 * Microphone, camera, screen, choice of devices, leave; outside of the room, join.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot - More buttons, before leave.
 * @slot microphone-on @slot microphone-off @slot camera-on @slot camera-off @slot screen-on @slot screen-off
 * @slot devices @slot leave @slot join - Icons, and the label of join.
 * @csspart bar @csspart button @csspart microphone @csspart camera @csspart screen @csspart devices @csspart leave @csspart join
 * @csspart panel @csspart label @csspart select @csspart icon
 * @cssState joined
 */
export class RtcControlsElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, fieldStyles, styles];
  protected readonly view = new RoomController(this, ({ state, local, devices }) => ({
    state, devices, microphone: local.microphone, camera: local.camera, screen: local.screen,
  }));

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { microphone, camera, screen, devices } = view;
    const joined = isJoined(view);
    const selects = [
      deviceSelect('microphone', microphone, devices, this.view, this.text),
      deviceSelect('camera', camera, devices, this.view, this.text),
    ];
    return html`<div part="bar" role="group" aria-label=${this.text('controls')}>
      ${captureButton('microphone', microphone, this.view, this.text)}
      ${captureButton('camera', camera, this.view, this.text)}
      ${joined && canShareScreen() ? captureButton('screen', screen, this.view, this.text) : nothing}
      <button type="button" part="button devices" class="round" popovertarget="panel"
        aria-label=${this.text('devices')} title=${this.text('devices')}><slot name="devices">${icons.devices}</slot></button>
      <slot></slot>
      ${this.#joinOrLeave(joined || view.state === 'waiting', view.state === 'joining')}
    </div>
    <div part="panel" id="panel" popover role="dialog" aria-label=${this.text('devices')}>
      ${selects.every((select) => select === nothing) ? this.text('choose-later') : selects}
    </div>`;
  }

  /** One button, never disabled: it keeps the focus of whoever joins or leaves by the keyboard. */
  #joinOrLeave(inside: boolean, joining: boolean): TemplateResult {
    const click = () => { if (!joining) void this.view.ask((host) => inside ? host.leave() : host.join()); };
    const label = inside ? this.text('leave') : nothing;
    return html`<button type="button" part="button ${inside ? 'leave' : 'join'}" class=${inside ? 'round danger' : 'primary'}
      aria-label=${label} title=${label} aria-disabled=${String(joining)} @click=${click}
      >${inside ? html`<slot name="leave">${icons.leave}</slot>`
        : html`<slot name="join">${this.text(joining ? 'joining' : 'join')}</slot>`}</button>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.setStates({ joined: isJoined(this.view.value) });
  }
}

function isJoined(view: Pick<RoomSnapshot, 'state'> | undefined): boolean {
  return view?.state === 'joined' || view?.state === 'reconnecting';
}

/** Phones have none (Screen Capture 5.1 is not in their browsers). */
function canShareScreen(): boolean {
  return 'getDisplayMedia' in ((navigator.mediaDevices as MediaDevices | undefined) ?? {});
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-controls': RtcControlsElement;
  }
}
