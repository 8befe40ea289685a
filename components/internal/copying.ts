import { html, nothing } from 'lit';
import { copyText } from './copy-text.ts';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { MessageKey, Text } from './messages.ts';

type Host = ReactiveControllerHost & Element & { readonly text: Text };

/** Copies a long text and says so; where the browser refuses, shows it, selected. */
export class Copying {
  readonly #host: Host;
  readonly #copied: MessageKey;
  #outcome: 'copied' | 'refused' | undefined;
  #text = '';

  constructor(host: Host, copied: MessageKey) {
    this.#host = host;
    this.#copied = copied;
  }

  async copy(text: string): Promise<void> {
    this.#text = text;
    this.#set(undefined); // So that the same words are read again.
    this.#set(await copyText(text) ? 'copied' : 'refused');
    await this.#host.updateComplete;
    this.#host.shadowRoot?.querySelector<HTMLTextAreaElement>('[part=copy-text]')?.select();
  }

  /** @param label - What the text is. */
  render(label: string): TemplateResult {
    const { text } = this.#host;
    return html`<p part="status" role="status">${
        this.#outcome === 'copied' ? text(this.#copied) : this.#outcome ? text('copy-refused') : nothing}</p>
      ${this.#outcome === 'refused' ? html`<textarea part="copy-text" rows="6" dir="ltr" readonly aria-label=${label}
        .value=${this.#text}></textarea>` : nothing}`;
  }

  #set(outcome: 'copied' | 'refused' | undefined): void {
    this.#outcome = outcome;
    this.#host.requestUpdate();
  }
}
