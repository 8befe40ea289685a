interface Host {
  readonly renderRoot: ParentNode;
  readonly shadowRoot: ShadowRoot | null;
  readonly updateComplete: Promise<boolean>;
}

const ROW = '[part=participant]';

/**
 * One row of the list is the one that Tab comes to, with the buttons in it; arrow keys, Home and End choose another (WAI-ARIA
 * Authoring Practices, roving tabindex). A row that goes hands the focus on.
 */
export class RowFocus {
  readonly #host: Host;
  #id: string | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  get all(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>(ROW)];
  }

  focus(options?: FocusOptions): void {
    this.#current(this.all)?.focus(options);
  }

  readonly onFocus = ({ target }: Event): void => {
    const row = (target as Element).closest<HTMLElement>(ROW);
    if (!row || row.dataset['id'] === this.#id) return;
    this.#id = row.dataset['id'];
    this.update();
  };

  readonly onKey = (event: KeyboardEvent): void => {
    const rows = this.all;
    const at = rows.findIndex((row) => row.contains(event.target as Node));
    if (at < 0 || (event.target as Element).closest('[part=about]')) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
  };

  /** Before rows change: whoever is in one of them stays in the list. */
  keep(): void {
    const focused = this.#host.shadowRoot?.activeElement;
    const at = focused ? this.all.findIndex((row) => row.contains(focused)) : -1;
    const isKnock = focused?.closest('[part=waiting]');
    if (!focused || (at < 0 && !isKnock)) return;
    void this.#host.updateComplete.then(() => {
      if (focused.isConnected || this.#host.shadowRoot?.activeElement) return; // It is somewhere already.
      const knocks = isKnock && this.#host.renderRoot.querySelector<HTMLElement>('[part=knocks]');
      const rows = this.all;
      // A second Enter must not let in the next one: to the list, and to no button.
      (knocks ?? this.#byId(rows) ?? rows[Math.max(0, Math.min(at, rows.length - 1))])?.focus();
    });
  }

  /** Only the one row is in the way of Tab. */
  update(): void {
    const rows = this.all;
    const current = this.#current(rows);
    for (const row of rows) {
      const tabIndex = row === current ? 0 : -1;
      row.tabIndex = tabIndex;
      for (const button of row.querySelectorAll('button')) button.tabIndex = tabIndex;
    }
  }

  #byId(rows: readonly HTMLElement[]): HTMLElement | undefined {
    return rows.find((row) => row.dataset['id'] === this.#id);
  }

  #current(rows: readonly HTMLElement[]): HTMLElement | undefined {
    return this.#byId(rows) ?? rows[0];
  }
}
