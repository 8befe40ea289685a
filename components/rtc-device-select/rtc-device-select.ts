import { css, html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { deviceSelect, speakerSelect } from '../internal/device-select.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { LevelMeter, levelStyles } from '../internal/level-meter.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { speakerOf } from '../internal/speaker.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Room } from '../../src/index.ts';
import type { DeviceSource } from '../internal/device-select.ts';

/**
 * Chooses a microphone, a camera or a speaker, among those that are plugged in at the moment. A device that is not on has nothing
 * to choose: choosing switches it on.
 *
 * @attr kind - `microphone` (default), `camera` or `speaker`.
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot empty - Where there is nothing to choose.
 * @csspart label @csspart select @csspart empty
 * @csspart microphone-select @csspart camera-select @csspart speaker-select - The select, by what it chooses.
 * @csspart level - How loud the microphone is.
 * @cssState empty - There is nothing to choose.
 */
export class RtcDeviceSelectElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, fieldStyles, levelStyles, css`
    :host { display: grid; gap: calc(8 * var(--_px)); }
    [part=empty] { margin: 0; color: var(--_muted); font-size: .875rem; }
  `];
  static override properties = { kind: {} };
  declare kind: DeviceSource;
  protected readonly view = new RoomController(this, ({ state, devices, local: { microphone, camera, tracks } }) => ({
    state, devices, microphone, camera, track: tracks.find(({ source, live }) => source === 'microphone' && live)?.track,
  }));
  readonly #level = new LevelMeter(this);
  #room: Room | undefined;
  #state: string | undefined;
  #forgetSpeaker: (() => void) | undefined;

  constructor() {
    super();
    this.kind = 'microphone';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(undefined);
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const select = this.#select(view);
    if (select === nothing) return html`<p part="empty"><slot name="empty">${this.text('choose-later')}</slot></p>`;
    return html`${select}${this.kind === 'microphone' && view.track ? this.#level.render() : nothing}`;
  }

  #select({ devices, microphone, camera }: NonNullable<typeof this.view.value>): TemplateResult | typeof nothing {
    if (this.kind === 'speaker') return speakerSelect(devices, this.view, this.text);
    return deviceSelect(this.kind, this.kind === 'camera' ? camera : microphone, devices, this.view, this.text);
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { value, room } = this.view;
    this.#follow(this.isConnected ? room : undefined, value?.state);
    this.#level.follow(this.isConnected && this.kind === 'microphone' ? value?.track : undefined);
    this.setStates({ empty: this.renderRoot.querySelector('[part=empty]') !== null });
  }

  /** What is plugged in is read, which asks nobody, and again at each turn of the room: with a leave it ends following that. */
  #follow(room: Room | undefined, state?: string): void {
    if (room === this.#room && state === this.#state) return;
    [this.#room, this.#state] = [room, state];
    this.#forgetSpeaker?.();
    this.#forgetSpeaker = room && speakerOf(room).onChanged(() => { this.requestUpdate(); });
    room?.refreshDevices().catch(reportError);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-device-select': RtcDeviceSelectElement;
  }
}
