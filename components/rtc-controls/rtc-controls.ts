import { html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { icons } from '../internal/icons.ts';
import { lazilyFor } from '../internal/lazily-for.ts';
import { buttonOf, canShareScreen, isJoined, renderButton } from '../internal/room-button.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { styles } from './rtc-controls.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { ButtonAction, ButtonView } from '../internal/room-button.ts';
import type { Menu } from './menu.ts';

type Opener = 'devices' | 'react' | 'more';

/**
 * Microphone, camera, screen, a raised hand, reactions, choice of devices, leave; outside of the room, join. Behind "more":
 * invite, record, statistics, the connection check and the list of keys; where it is narrow also what is wanted less.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot - More buttons, before leave.
 * @slot microphone-on @slot microphone-off @slot camera-on @slot camera-off @slot screen-on @slot screen-off - Icons.
 * @slot hand @slot react @slot devices @slot more @slot leave - Icons. @slot join - Its label.
 * @slot invite @slot record @slot stats @slot doctor @slot shortcuts - Icons of the menu.
 * @csspart bar @csspart button @csspart microphone @csspart camera @csspart screen @csspart hand @csspart react @csspart devices
 * @csspart more @csspart leave @csspart join @csspart menu @csspart item @csspart reactions @csspart reaction
 * @csspart invite @csspart record @csspart stats @csspart doctor @csspart shortcuts @csspart dialog - Over the page.
 * @csspart close @csspart panel @csspart label @csspart select @csspart icon
 * @csspart microphone-select @csspart camera-select @csspart speaker-select - The select, by what it chooses.
 * @cssState joined @cssState hand
 */
export class RtcControlsElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, fieldStyles, styles];
  protected readonly view = new RoomController(this, ({ state, local, devices }) => ({
    state, devices, microphone: local.microphone, camera: local.camera, screen: local.screen, hand: local.hand,
  }));
  /** Of the menus, loaded when one is opened first. */
  #menu: Menu | undefined;
  readonly #load = lazilyFor(this, () => import('./menu.ts'));

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const joined = isJoined(view.state);
    // What will stand there in a moment stands there already, so that nothing moves.
    const inCall = joined || this.#isEntering;
    const button = (action: ButtonAction, of: ButtonView = view) => renderButton(buttonOf(action, of), this.view, this.text);
    const wide: ButtonAction[] = inCall ? [...(canShareScreen() ? ['screen' as const] : []), 'hand'] : [];
    return html`<div part="bar" role="group" aria-label=${this.text('controls')}>
      ${button('microphone')}${button('camera')}
      <span class="wide">${wide.map((action) => button(action))}${
        inCall ? this.#opener('react', 'reactions', joined) : nothing}${this.#opener('devices', 'panel')}</span>
      <slot></slot>
      ${this.#opener('more', 'menu')}
      ${button('leave', inCall ? { ...view, state: 'joined' } : view)}
    </div>
    ${this.#popover('panel', 'devices', this.#menu?.devices(view))}
    ${this.#popover('reactions', 'react', this.#menu?.reactions())}
    ${this.#popover('menu', 'more', this.#menu?.items(wide, joined, view))}
    ${this.#menu?.dialog()}`;
  }

  get #isEntering(): boolean {
    return this.view.read((host) => host.isEntering) === true;
  }

  #opener(name: Opener, target: string, enabled = true): TemplateResult {
    return html`<button type="button" part="button ${name}" class="round" popovertarget=${enabled ? target : nothing}
      aria-disabled=${enabled ? nothing : 'true'} aria-label=${this.text(name)} title=${this.text(name)}><slot name=${name}>${icons[name]}</slot></button>`;
  }

  /** Over the button that opens it, or over "more" where that one is behind it. */
  #popover(id: string, name: Opener, content: unknown): TemplateResult {
    return html`<div part=${id} id=${id} popover role="dialog" aria-label=${this.text(name)}
      @toggle=${(event: ToggleEvent) => { void this.#toggle(event, name); }}>${content}</div>`;
  }

  async #toggle({ newState, target }: ToggleEvent, name: Opener): Promise<void> {
    if (newState !== 'open') return;
    const { Menu, openOver } = await this.#load();
    this.#menu ??= new Menu(this, this.view);
    this.requestUpdate();
    await this.updateComplete;
    const openers = this.renderRoot.querySelectorAll<HTMLElement>(`[part~=${name}], [part~=more]`);
    const opener = [...openers].find((one) => one.checkVisibility());
    if (opener) openOver(opener, target as HTMLElement);
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const view = this.view.value;
    this.setStates({ joined: isJoined(view?.state), hand: view?.hand !== undefined });
    // It may be kept from it, which nothing else tells of.
    if (this.#isEntering && view?.state === 'idle') requestAnimationFrame(() => { this.requestUpdate(); });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-controls': RtcControlsElement;
  }
}
