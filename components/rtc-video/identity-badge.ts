import { html, nothing } from 'lit';
import { icons } from '../internal/icons.ts';
import { plainName } from '../internal/name-labels.ts';
import type { TemplateResult } from 'lit';
import type { ParticipantView } from '../../src/index.ts';
import type { NameLabel } from '../internal/name-labels.ts';
import type { Text } from '../internal/messages.ts';
import type { aboutIdentity } from './about-identity.ts';

interface Host { requestUpdate(): void; readonly text: Text }

/** What is known of who somebody is, and behind it what that means; the explanation is loaded when it is opened. */
export class IdentityBadge {
  readonly #host: Host;
  #about: typeof aboutIdentity | undefined;
  #isOpen = false;

  constructor(host: Host) {
    this.#host = host;
  }

  render(person: ParticipantView, label: NameLabel): TemplateResult {
    const level = person.identity;
    const { text } = this.#host;
    return html`<button type="button" part="identity" class=${level} popovertarget="about"
        aria-label=${text('identity-of', { level: text(`identity:${level}`), name: plainName(label) })}
        title=${text(`identity:${level}`)}><slot name=${`identity-${level}`}>${icons[level]}</slot></button>
      <div part="about" id="about" popover @toggle=${(event: ToggleEvent) => { void this.#toggle(event); }}>${
        this.#isOpen ? this.#about?.(person, label, text) : nothing}</div>`;
  }

  async #toggle({ newState }: ToggleEvent): Promise<void> {
    this.#isOpen = newState === 'open';
    if (this.#isOpen) this.#about ??= (await import('./about-identity.ts')).aboutIdentity;
    this.#host.requestUpdate();
  }
}
