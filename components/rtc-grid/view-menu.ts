import { html, nothing } from 'lit';
import { icons } from '../internal/icons.ts';
import { lazilyFor } from '../internal/lazily-for.ts';
import type { TemplateResult } from 'lit';
import type { ViewHost } from './view-host.ts';

type Choices = typeof import('./view-choices.ts');

/** The button behind which one chooses how people are shown; what is behind it is loaded when it is opened. */
export class ViewMenu {
  readonly #grid: ViewHost;
  readonly #load: () => Promise<Choices>;
  #choices: Choices | undefined;
  #opener: HTMLElement | undefined;

  constructor(grid: ViewHost) {
    this.#grid = grid;
    this.#load = lazilyFor(grid, () => import('./view-choices.ts'));
  }

  render(): TemplateResult {
    const label = this.#grid.text('view');
    return html`<button type="button" part="view" class="round over" popovertarget="menu" aria-label=${label} title=${label}
        ><slot name="view">${icons.view}</slot></button>
      <div part="menu" id="menu" popover role="dialog" aria-label=${label} @toggle=${(event: ToggleEvent) => { void this.#toggle(event); }}>${
        this.#choices?.viewChoices(this.#grid) ?? nothing}</div>`;
  }

  /** From another button, which it then stands over. */
  open(opener: HTMLElement): void {
    this.#opener = opener;
    this.#menu?.showPopover();
  }

  get #menu(): HTMLElement | null | undefined {
    return this.#grid.shadowRoot?.getElementById('menu');
  }

  async #toggle({ newState }: ToggleEvent): Promise<void> {
    if (newState !== 'open') return;
    const opener = this.#opener ?? this.#grid.shadowRoot?.querySelector<HTMLElement>('[part=view]');
    this.#opener = undefined;
    this.#choices = await this.#load();
    this.#grid.requestUpdate();
    await this.#grid.updateComplete;
    if (opener && this.#menu) this.#choices.openOver(opener, this.#menu);
  }
}
