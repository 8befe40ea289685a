import { css, html, nothing } from 'lit';
import { identityIcons } from './identity-icons.ts';
import { lazilyFor } from './lazily-for.ts';
import { plainName } from './name-labels.ts';
import type { TemplateResult } from 'lit';
import type { ParticipantView } from '../../src/index.ts';
import type { NameLabel } from './name-labels.ts';
import type { Text } from './messages.ts';
import type { aboutIdentity } from './about-identity.ts';

type Host = Element & { requestUpdate(): void; readonly text: Text };

export const identityStyles = css`
[part=identity] {
  display: grid;
  flex: none;
  place-items: center;
  inline-size: 28px;
  block-size: 28px;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: none;
  font-size: .875rem;
  cursor: pointer;
}
[part=about] {
  inline-size: min(30rem, 100vw - 24px);
  max-block-size: calc(100vh - 24px);
  padding: calc(20 * var(--_px));
  font-size: 1rem;
  overflow: auto;
}
[part=about]::backdrop { background: rgb(0 0 0 / .45); }
[part=about] h2 { display: flex; align-items: center; gap: calc(8 * var(--_px)); margin: 0 0 calc(8 * var(--_px)); font-size: 1.125rem; }
[part=about] :is(h2 span, p) { unicode-bidi: plaintext; }
[part=about] p { margin: 0 0 calc(10 * var(--_px)); }
[part=about] rtc-verify { margin: calc(16 * var(--_px)) calc(-20 * var(--_px)) calc(-20 * var(--_px)); border-block-start: 1px solid var(--_border); border-radius: 0; }
[part=about] rtc-verify::part(panel) { padding: calc(16 * var(--_px)) calc(20 * var(--_px)); }
`;

/** What is known of who somebody is, and behind it what that means; the explanation is loaded when it is opened. */
export class IdentityBadge {
  readonly #host: Host;
  readonly #id: string;
  readonly #load: () => Promise<{ aboutIdentity: typeof aboutIdentity }>;
  #about: typeof aboutIdentity | undefined;

  /** @param id of the explanation, in the host's shadow */
  constructor(host: Host, id = 'about') {
    this.#host = host;
    this.#id = id;
    this.#load = lazilyFor(host, () => import('./about-identity.ts'));
  }

  render(person: ParticipantView, label: NameLabel): TemplateResult {
    const level = person.identity;
    const { text, shadowRoot } = this.#host;
    // One that went while it was open has closed, though it says nothing of it.
    const isOpen = shadowRoot?.getElementById(this.#id)?.matches(':popover-open');
    return html`<button type="button" part="identity" class=${level} popovertarget=${this.#id}
        aria-label=${text('identity-of', { level: text(`identity:${level}`), name: plainName(label) })}
        title=${text(`identity:${level}`)}><slot name=${`identity-${level}`}>${identityIcons[level]}</slot></button>
      <div part="about" id=${this.#id} popover @toggle=${(event: ToggleEvent) => { void this.#toggle(event); }}>${
        isOpen ? this.#about?.(person, label, text) : nothing}</div>`;
  }

  async #toggle({ newState }: ToggleEvent): Promise<void> {
    if (newState === 'open') this.#about = (await this.#load()).aboutIdentity;
    this.#host.requestUpdate();
  }
}
