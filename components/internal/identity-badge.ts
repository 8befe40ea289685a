import { css, html, nothing } from 'lit';
import { icons } from './icons.ts';
import { plainName } from './name-labels.ts';
import type { TemplateResult } from 'lit';
import type { ParticipantView } from '../../src/index.ts';
import type { NameLabel } from './name-labels.ts';
import type { Text } from './messages.ts';
import type { aboutIdentity } from './about-identity.ts';

interface Host { requestUpdate(): void; readonly text: Text }

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
  padding: 20px;
  font-size: 1rem;
  overflow: auto;
}
[part=about]::backdrop { background: rgb(0 0 0 / .45); }
[part=about] h2 { display: flex; align-items: center; gap: 8px; margin: 0 0 8px; font-size: 1.125rem; }
[part=about] :is(h2 span, p) { unicode-bidi: plaintext; }
[part=about] p { margin: 0 0 10px; }
[part=about] rtc-verify { margin: 16px -20px -20px; border-block-start: 1px solid var(--_border); border-radius: 0; }
[part=about] rtc-verify::part(panel) { padding: 16px 20px; }
`;

/** What is known of who somebody is, and behind it what that means; the explanation is loaded when it is opened. */
export class IdentityBadge {
  readonly #host: Host;
  readonly #id: string;
  #about: typeof aboutIdentity | undefined;
  #isOpen = false;

  /** @param id of the explanation, in the host's shadow */
  constructor(host: Host, id = 'about') {
    this.#host = host;
    this.#id = id;
  }

  render(person: ParticipantView, label: NameLabel): TemplateResult {
    const level = person.identity;
    const { text } = this.#host;
    return html`<button type="button" part="identity" class=${level} popovertarget=${this.#id}
        aria-label=${text('identity-of', { level: text(`identity:${level}`), name: plainName(label) })}
        title=${text(`identity:${level}`)}><slot name=${`identity-${level}`}>${icons[level]}</slot></button>
      <div part="about" id=${this.#id} popover @toggle=${(event: ToggleEvent) => { void this.#toggle(event); }}>${
        this.#isOpen ? this.#about?.(person, label, text) : nothing}</div>`;
  }

  async #toggle({ newState }: ToggleEvent): Promise<void> {
    this.#isOpen = newState === 'open';
    if (this.#isOpen) this.#about ??= (await import('./about-identity.ts')).aboutIdentity;
    this.#host.requestUpdate();
  }
}
