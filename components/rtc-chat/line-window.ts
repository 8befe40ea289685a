/** So many at the end, where one usually is. */
const AT_END = 80;
const MOST = 160;
const STEP = 40;

/**
 * Which of many items stand in the page: the newest, or those around where somebody reads. It is held by an item and not by a
 * number, because items come in front, and the oldest go.
 */
export class LineWindow {
  /** The first; `undefined` while the end is followed. */
  #firstId: string | undefined;
  #size = AT_END;

  /** @returns the part of `ids` that is shown */
  range(ids: readonly string[]): { readonly start: number; readonly end: number } {
    const start = this.#startIn(ids);
    return { start, end: this.#firstId === undefined ? ids.length : Math.min(ids.length, start + this.#size) };
  }

  /** From now on new items move nothing. */
  hold(ids: readonly string[]): void {
    const { start, end } = this.range(ids);
    this.#firstId = ids[start];
    this.#size = Math.max(AT_END, end - start);
  }

  follow(): void {
    this.#firstId = undefined;
    this.#size = AT_END;
  }

  /** @returns whether there was more */
  earlier(ids: readonly string[]): boolean {
    const { start } = this.range(ids);
    if (start === 0) return false;
    return this.#show(ids, Math.max(0, start - STEP), Math.min(MOST, this.#size + STEP));
  }

  later(ids: readonly string[]): boolean {
    const { start, end } = this.range(ids);
    if (end === ids.length) return false;
    const size = Math.min(MOST, this.#size + STEP);
    return this.#show(ids, Math.max(start, Math.min(ids.length, end + STEP) - size), size);
  }

  /** So that this one is among them. */
  around(id: string, ids: readonly string[]): void {
    const { start, end } = this.range(ids);
    const index = ids.indexOf(id);
    if (index >= 0 && (index < start || index >= end)) this.#show(ids, Math.max(0, index - STEP / 2), MOST);
  }

  #show(ids: readonly string[], start: number, size: number): boolean {
    this.#firstId = ids[start];
    this.#size = size;
    return true;
  }

  #startIn(ids: readonly string[]): number {
    return this.#firstId === undefined ? Math.max(0, ids.length - this.#size) : Math.max(0, ids.indexOf(this.#firstId));
  }
}
