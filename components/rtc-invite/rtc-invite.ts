import { html, nothing } from 'lit';
import { RoomError } from '../../src/index.ts';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { copyText } from '../internal/copy-text.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { inviting } from '../internal/english-inviting.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { addMessages } from '../internal/messages.ts';
import { ownWidth } from '../internal/own-width.styles.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { styles } from './rtc-invite.styles.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { MessageKey } from '../internal/messages.ts';
import type { makeQrCode } from './qr-code.ts';

addMessages({ ...onDemand, ...inviting });

/**
 * The link to the room: to copy, to share, and as a QR code that is made in the page. Where the link holds the secret of the room
 * (`link` of `<rtc-room>`) it says so.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @attr qr - Shows the QR code.
 * @attr url - Another link than that to this page.
 * @slot copy @slot share @slot qr - Icons.
 * @csspart panel @csspart label @csspart link @csspart actions @csspart button @csspart copy @csspart share @csspart qr-toggle
 * @csspart status @csspart qr @csspart qr-image @csspart warning @csspart icon
 * @cssState secret - The link holds the room's secret.
 */
export class RtcInviteElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, ownWidth, buttons, fieldStyles, styles];
  static override properties = { qr: { type: Boolean, reflect: true }, url: {} };
  declare qr: boolean;
  declare url: string;
  /** A join may put a secret into the address. */
  protected readonly view = new RoomController(this, ({ name, state }) => ({ name, state }));
  #said: MessageKey | undefined;
  #makeQrCode: typeof makeQrCode | undefined;
  #isLoading = false;
  #connected: AbortController | undefined;

  constructor() {
    super();
    this.qr = false;
    this.url = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.#connected = new AbortController());
    for (const event of ['hashchange', 'popstate']) window.addEventListener(event, () => { this.requestUpdate(); }, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected?.abort();
  }

  override render(): TemplateResult | typeof nothing {
    const invitation = this.#invitation();
    if (!invitation) return nothing;
    const { url, hasSecret } = invitation;
    return html`<section part="panel" aria-label=${this.text('invite')}>
      <label part="label">${this.text('invite-link')}
        <input part="link" dir="ltr" readonly .value=${url} @focus=${(event: Event) => { (event.target as HTMLInputElement).select(); }}>
      </label>
      <div part="actions">
        <button type="button" part="button copy" class="primary" @click=${() => this.#copy()}
          ><slot name="copy">${moreIcons.copy}</slot>${this.text('invite-copy')}</button>
        ${canShare(url) ? html`<button type="button" part="button share" @click=${() => this.#share()}
          ><slot name="share">${moreIcons.share}</slot>${this.text('invite-share')}</button>` : nothing}
        <button type="button" part="button qr-toggle" aria-expanded=${String(this.qr)} aria-controls="qr"
          @click=${() => { this.qr = !this.qr; }}><slot name="qr">${moreIcons.qr}</slot>${this.text('invite-qr')}</button>
      </div>
      <p part="status" role="status">${this.#said ? this.text(this.#said) : nothing}</p>
      <div part="qr" id="qr" ?hidden=${!this.qr || !this.#makeQrCode}>${this.qr ? this.#code(url) : nothing}</div>
      ${hasSecret ? html`<p part="warning">${moreIcons.key}<span>${this.text('invite-secret')}</span></p>` : nothing}
    </section>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.setStates({ secret: this.#invitation()?.hasSecret === true });
    if (this.qr && !this.#makeQrCode) void this.#load();
  }

  #code(url: string): TemplateResult | typeof nothing {
    if (!this.#makeQrCode) return nothing;
    const code = this.#makeQrCode(url);
    if (!code) return html`<p>${this.text('invite-too-long')}</p>`;
    return html`<svg part="qr-image" role="img" aria-label=${this.text('invite-qr-of')} viewBox="0 0 ${code.size} ${code.size}"
      ><path d=${code.path}></path></svg>`;
  }

  #invitation(): { url: string; hasSecret: boolean } | undefined {
    if (!this.isConnected || !this.view.room) return undefined;
    const own = this.view.read((host) => ({ url: host.inviteUrl(), hasSecret: host.hasSecret }));
    return own && { ...own, url: this.url || own.url };
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      this.#makeQrCode = (await import('./qr-code.ts')).makeQrCode;
      this.requestUpdate();
    } catch (cause) {
      this.qr = false;
      void this.view.ask(() => { throw new RoomError('load-failed', 'The QR code could not be loaded.', { cause }); });
    } finally {
      this.#isLoading = false;
    }
  }

  async #copy(): Promise<void> {
    this.#say(undefined); // So that the same words are read again.
    const isCopied = await copyText(this.#invitation()?.url ?? '');
    if (!isCopied) {
      const link = this.renderRoot.querySelector('input');
      link?.focus();
      link?.select();
    }
    this.#say(isCopied ? 'invite-copied' : 'invite-by-hand');
  }

  async #share(): Promise<void> {
    this.#say(undefined);
    try {
      await navigator.share({ url: this.#invitation()?.url ?? '' });
    } catch (error) {
      // Closed by the person; whatever else there is (Web Share 2.1.2), the link can still be copied.
      if (!(error instanceof DOMException && error.name === 'AbortError')) await this.#copy();
    }
  }

  #say(key: MessageKey | undefined): void {
    this.#said = key;
    this.requestUpdate();
  }
}

function canShare(url: string): boolean {
  const { canShare: can } = navigator as Partial<Navigator>;
  return can?.call(navigator, { url }) === true;
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-invite': RtcInviteElement;
  }
}
