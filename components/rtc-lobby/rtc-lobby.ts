import { html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { buttonOf, renderButton } from '../internal/room-button.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { keepName, keptName } from './kept-name.ts';
import { styles } from './rtc-lobby.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { CaptureView, Room } from '../../src/index.ts';

/**
 * Before the call: how one looks, which devices, under which name. Nothing is captured before a click, and nothing has to be.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot heading - Above the fields; the room's name.
 * @slot microphone-on @slot microphone-off @slot camera-on @slot camera-off - Icons.
 * @csspart preview @csspart form @csspart devices @csspart heading @csspart label @csspart name @csspart select
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

  /** From the click on. */
  #isJoining = false;
  /** Before it is anybody's name: the initials follow it. */
  #typed = '';

  #room: Room | undefined;

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { room } = this.view;
    if (room !== this.#room) this.#prepare(this.#room = room);
  }

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => {
      const { value } = this.view;
      this.renderRoot.querySelector<HTMLElement>(value?.state === 'waiting' ? '[part=waiting]' : '[part~=join]')?.focus(options);
    });
  }

  /** Whoever waits, or waits no longer, goes on from what takes the place of the button that had the focus. */
  override willUpdate(): void {
    this.keepFocus(() => this);
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { microphone, camera } = view;
    const joining = view.state !== 'idle';
    const waiting = view.state === 'waiting';
    const busy = joining || this.#isJoining || microphone.state === 'pending' || camera.state === 'pending';
    const offersDevices = canCapture() && microphone.state !== 'on' && camera.state !== 'on';
    return html`<section part="preview" aria-label=${this.text('preview')}>
      <rtc-video .called=${this.#typed} exportparts="video, avatar, caption"></rtc-video>
      <div class="toggles">
        ${renderButton(buttonOf('microphone', view), this.view, this.text)}
        ${renderButton(buttonOf('camera', view), this.view, this.text)}
      </div>
    </section>
    <form part="form" @submit=${(event: Event) => { event.preventDefault(); if (!busy) void this.#join(offersDevices); }}>
      <h2 part="heading"><slot name="heading"><bdi>${view.name}</bdi></slot></h2>
      <label part="label">${this.text('your-name')}
        <input part="name" autocomplete="nickname" maxlength="64"
          .value=${view.displayName} ?readonly=${joining} @input=${this.#onTyping}></label>
      <p part="waiting" role="status" tabindex="-1">${waiting ? this.text('waiting') : nothing}</p>
      <div class="joins">${waiting ? this.#giveUp() : this.#joins(busy, offersDevices, this.#isJoining || view.state === 'joining')}</div>
    </form>
    <div part="devices">
      ${isTried(microphone) ? this.#select('microphone') : nothing}
      ${isTried(camera) ? this.#select('camera') : nothing}
      ${isTried(microphone) || isTried(camera) ? this.#select('speaker') : nothing}
    </div>`;
  }

  readonly #onTyping = ({ target }: InputEvent): void => {
    this.#typed = (target as HTMLInputElement).value.trim();
    this.requestUpdate();
  };

  #select(kind: 'microphone' | 'camera' | 'speaker'): TemplateResult {
    return html`<rtc-device-select kind=${kind} exportparts="label, select, level, ${kind}-select"></rtc-device-select>`;
  }

  #giveUp(): TemplateResult {
    return html`<button type="button" part="button give-up"
      @click=${() => this.view.ask((host) => host.leave())}>${this.text('give-up')}</button>`;
  }

  #joins(busy: boolean, offersDevices: boolean, joining: boolean): TemplateResult {
    return html`<button part="button join" class="primary" aria-disabled=${String(busy)}>${
        this.text(joining ? 'joining' : offersDevices ? 'join-with-devices' : 'join')}</button>
      ${offersDevices ? html`<button type="button" part="button join-without" aria-disabled=${String(joining)}
        @click=${() => { if (!joining) void this.#joinWithout(); }}>${this.text('join-without')}</button>` : nothing}`;
  }

  /** Calls the name to mind, and has what opens devices loaded, so that nobody waits for it after the click. */
  #prepare(room: Room | undefined): void {
    room?.refreshDevices().catch(reportError);
    const name = room?.snapshot.local.name === '' && this.view.read((host) => !host.noStorage) ? keptName() : '';
    if (name) this.view.read((host) => { host.displayName = name; });
  }

  async #join(withDevices: boolean): Promise<void> {
    const displayName = this.renderRoot.querySelector('input')?.value ?? '';
    const isKept = this.view.read((host) => !host.noStorage);
    this.#isJoining = true;
    this.requestUpdate();
    try {
      // Refused both: the reason is on show, and one may still join without them.
      if (withDevices && !(await this.#open()).includes(true)) return;
      const isIn = await this.view.ask((host) => {
        host.displayName = displayName;
        return host.join();
      });
      if (isIn && isKept) keepName(displayName);
    } finally {
      this.#isJoining = false;
      this.requestUpdate();
    }
  }

  #open(): Promise<boolean[]> {
    return Promise.all((['microphone', 'camera'] as const).map((source) => this.view.ask((host) => host.room.enable(source))));
  }

  /** Why they could not be had is of no matter then. */
  #joinWithout(): Promise<void> {
    for (const { error } of [this.view.value?.microphone, this.view.value?.camera].filter((capture) => capture !== undefined)) {
      this.view.read((host) => { host.dismiss(error); });
    }
    return this.#join(false);
  }
}

/** Not in an insecure context (Media Capture and Streams 9.1). */
function canCapture(): boolean {
  return (navigator.mediaDevices as MediaDevices | undefined) !== undefined;
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
