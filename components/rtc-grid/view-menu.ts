import { html, nothing } from 'lit';
import { icons } from '../internal/icons.ts';
import type { TemplateResult } from 'lit';
import type { viewChoices } from './view-choices.ts';
import type { ViewHost } from './view-host.ts';

/** The button behind which one chooses how people are shown; what is behind it is loaded when it is opened. */
export class ViewMenu {
  readonly #grid: ViewHost;
  #choices: typeof viewChoices | undefined;

  constructor(grid: ViewHost) {
    this.#grid = grid;
  }

  render(): TemplateResult {
    const label = this.#grid.text('view');
    return html`<button type="button" part="view" class="round over" popovertarget="menu" aria-label=${label} title=${label}
        ><slot name="view">${icons.view}</slot></button>
      <div part="menu" id="menu" popover role="dialog" aria-label=${label} @toggle=${() => { void this.#load(); }}>${
        this.#choices?.(this.#grid) ?? nothing}</div>`;
  }

  async #load(): Promise<void> {
    this.#choices ??= (await import('./view-choices.ts')).viewChoices;
    this.#grid.requestUpdate();
  }
}
