import { html, nothing } from 'lit';
import { icons } from '../internal/icons.ts';
import { text } from '../internal/messages.ts';
import { plainName } from '../internal/name-labels.ts';
import type { TemplateResult } from 'lit';
import type { ParticipantView } from '../../src/index.ts';
import type { NameLabel } from '../internal/name-labels.ts';
import type { aboutIdentity } from './about-identity.ts';

/** What is known of who somebody is, and behind it what that means; the explanation is loaded when it is opened. */
export class IdentityBadge {
  readonly #host: { requestUpdate(): void };
  #about: typeof aboutIdentity | undefined;
  #isOpen = false;

  constructor(host: { requestUpdate(): void }) {
    this.#host = host;
  }

  render(person: ParticipantView, label: NameLabel): TemplateResult {
    const level = person.identity;
    return html`<button type="button" part="identity" class=${level} popovertarget="about"
        aria-label=${text('identity-of', { level: text(`identity:${level}`), name: plainName(label) })}
        title=${text(`identity:${level}`)}><slot name=${`identity-${level}`}>${icons[level]}</slot></button>
      <div part="about" id="about" popover @toggle=${(event: ToggleEvent) => { void this.#toggle(event); }}>${
        this.#isOpen ? this.#about?.(person, label) : nothing}</div>`;
  }

  async #toggle({ newState }: ToggleEvent): Promise<void> {
    this.#isOpen = newState === 'open';
    if (this.#isOpen) this.#about ??= (await import('./about-identity.ts')).aboutIdentity;
    this.#host.requestUpdate();
  }
}
