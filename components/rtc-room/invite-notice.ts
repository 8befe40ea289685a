/** To whoever is alone in a call: the link that brings others in. */
import { css, html, nothing } from 'lit';
import { adoptMore } from '../internal/adopt-more.ts';
import { copyText } from '../internal/copy-text.ts';
import { inviting } from '../internal/english-inviting.ts';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { addMessages } from '../internal/messages.ts';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { MessageKey } from '../internal/messages.ts';
import type { RoomHost } from '../internal/room-request.ts';

addMessages(inviting);

type Host = ReactiveControllerHost & RoomHost;

export class InviteNotice {
  readonly #host: Host;
  #said: MessageKey | undefined;

  constructor(host: Host) {
    this.#host = host;
    adoptMore(host, [styles]);
  }

  render(): TemplateResult {
    const { text } = this.#host.speech;
    return html`<span slot="empty" part="invite"><span role="status">${text(this.#said ?? 'alone')}</span>
      <button type="button" part="copy-link" @click=${() => this.#copy()}>${moreIcons.copy}${text('invite-copy')}</button>
      ${this.#said === 'invite-by-hand' ? html`<input part="invite-link" dir="ltr" readonly aria-label=${text('invite-link')}
        .value=${this.#host.inviteUrl()}>` : nothing}</span>`;
  }

  /** Whoever is alone later has copied nothing. */
  forget(): void {
    this.#said = undefined;
  }

  async #copy(): Promise<void> {
    void this.#say(undefined); // So that the same words are read again.
    await this.#say(await copyText(this.#host.inviteUrl()) ? 'invite-copied' : 'invite-by-hand');
    const link = this.#host.shadowRoot?.querySelector<HTMLInputElement>('[part=invite-link]');
    link?.focus();
    link?.select();
  }

  async #say(key: MessageKey | undefined): Promise<void> {
    this.#said = key;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
  }
}

/** Over a picture, dark as that is. */
const styles = css`
[part=invite] { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 4px calc(10 * var(--_px)); }
[part=invite] :is(button, input) { min-block-size: max(24px, 34 * var(--_px)); font-size: inherit; }
[part=invite] button {
  gap: 6px;
  padding-inline: calc(14 * var(--_px));
  border-color: transparent;
  background: #fff;
  color: #14171f;
  --_focus: #fff;
}
[part=invite] input { inline-size: 16rem; max-inline-size: 100%; border: 1px solid; border-radius: 8px; background: none; color: inherit; }
`;
