import { html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { buttonOf, renderButton } from '../internal/room-button.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { styles } from './rtc-lobby.styles.ts';
import type { TemplateResult } from 'lit';
import type { CaptureView } from '../../src/index.ts';

/**
 * Before the call: how one looks, which devices, under which name. Nothing is captured before a click, and nothing has to be.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot heading - Above the fields; the room's name.
 * @slot microphone-on @slot microphone-off @slot camera-on @slot camera-off - Icons.
 * @csspart preview @csspart form @csspart heading @csspart label @csspart name @csspart select
 * @csspart button @csspart microphone @csspart camera @csspart waiting @csspart join @csspart join-without @csspart give-up
 * @csspart icon @csspart microphone-select @csspart camera-select @csspart speaker-select
 * @csspart video @csspart avatar @csspart caption - Of the preview.
 * @csspart level - How loud the microphone is.
 */
export class RtcLobbyElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, fieldStyles, styles];
  protected readonly view = new RoomController(this, ({ name, state, local: { name: displayName, microphone, camera } }) => ({
    name, state, displayName, microphone, camera,
  }));

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => {
      const { value } = this.view;
      this.renderRoot.querySelector<HTMLElement>(value?.state === 'waiting' ? '[part=waiting]' : '[part~=join]')?.focus(options);
    });
  }

  /** Whoever waits, or waits no longer, goes on from what takes the place of the button that had the focus. */
  override willUpdate(): void {
    const focused = this.shadowRoot?.activeElement;
    if (focused) void this.updateComplete.then(() => { if (!focused.isConnected) this.focus(); });
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { microphone, camera } = view;
    const joining = view.state !== 'idle';
    const waiting = view.state === 'waiting';
    const busy = joining || microphone.state === 'pending' || camera.state === 'pending';
    const off = microphone.state !== 'on' && camera.state !== 'on';
    return html`<section part="preview" aria-label=${this.text('preview')}>
      <rtc-video exportparts="video, avatar, caption"></rtc-video>
      <div class="toggles">
        ${renderButton(buttonOf('microphone', view), this.view, this.text)}
        ${renderButton(buttonOf('camera', view), this.view, this.text)}
      </div>
    </section>
    <form part="form" @submit=${(event: Event) => { event.preventDefault(); if (!busy) void this.#join(off); }}>
      <h2 part="heading"><slot name="heading"><bdi>${view.name}</bdi></slot></h2>
      <label part="label">${this.text('your-name')}
        <input part="name" autocomplete="nickname" maxlength="64"
          .value=${view.displayName} ?readonly=${joining}></label>
      ${isTried(microphone) ? this.#select('microphone') : nothing}
      ${isTried(camera) ? this.#select('camera') : nothing}
      ${isTried(microphone) || isTried(camera) ? this.#select('speaker') : nothing /* Before that, nothing below may move. */}
      <p part="waiting" role="status" tabindex="-1">${waiting ? this.text('waiting') : nothing}</p>
      ${waiting ? this.#giveUp() : this.#joins(busy, off, view.state === 'joining')}
    </form>`;
  }

  #select(kind: 'microphone' | 'camera' | 'speaker'): TemplateResult {
    return html`<rtc-device-select kind=${kind} exportparts="label, select, level, ${kind}-select"></rtc-device-select>`;
  }

  #giveUp(): TemplateResult {
    return html`<button type="button" part="button give-up"
      @click=${() => this.view.ask((host) => host.leave())}>${this.text('give-up')}</button>`;
  }

  #joins(busy: boolean, off: boolean, joining: boolean): TemplateResult {
    return html`<button part="button join" class="primary" aria-disabled=${String(busy)}>${
        this.text(joining ? 'joining' : off ? 'join-with-devices' : 'join')}</button>
      ${off ? html`<button type="button" part="button join-without" aria-disabled=${String(joining)}
        @click=${() => { if (!joining) void this.#join(false); }}>${this.text('join-without')}</button>` : nothing}`;
  }

  async #join(withDevices: boolean): Promise<void> {
    const displayName = this.renderRoot.querySelector('input')?.value ?? '';
    if (withDevices) {
      const opened = await Promise.all([
        this.view.ask((host) => host.room.enable('microphone')), this.view.ask((host) => host.room.enable('camera')),
      ]);
      if (!opened.includes(true)) return; // Refused both: the reason is on show, and one may still join without them.
    }
    await this.view.ask((host) => {
      host.displayName = displayName;
      return host.join();
    });
  }
}

/** One that is off has nothing to choose. */
function isTried({ state, error }: CaptureView): boolean {
  return state !== 'off' || error !== undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-lobby': RtcLobbyElement;
  }
}
