import { after } from '../shared/scope.ts';
import type { ShownSize, ShownSource } from '../protocol/shown.ts';

/** Smaller is soon larger again: a tile that is scrolled past, a window that is dragged. */
export const SHRINK_MS = 2000;

const WHOLE: ShownSize = { width: Infinity, height: Infinity };

/** How large one far end shows what is sent to it, settled: larger counts at once, smaller once it has stayed so. */
export class ShownSizes {
  readonly #onChange: () => void;
  readonly #scope: AbortSignal;
  #wanted: ReadonlyMap<string, ShownSize> | undefined;
  #settled: ReadonlyMap<string, ShownSize> = new Map();
  #cancel: (() => void) | undefined;

  /** @param onChange tells that `of` may say something else */
  constructor(scope: AbortSignal, onChange: () => void) {
    this.#scope = scope;
    this.#onChange = onChange;
  }

  /** `Infinity` where they said nothing. */
  of(source: string): ShownSize {
    return this.#settled.get(source) ?? WHOLE;
  }

  /** All that they say now. Their first word holds at once: nothing was sent before that could flicker. */
  hear(list: readonly ShownSource[]): void {
    const first = this.#wanted === undefined;
    const wanted = (this.#wanted = new Map(list.map((one) => [one.source, one])));
    this.#cancel?.();
    if (first) { this.#settle(wanted); return; }
    this.#settle(new Map([...this.#settled].map(([source, settled]) => [source, larger(settled, wanted.get(source) ?? WHOLE)])));
    this.#cancel = after(SHRINK_MS, this.#scope, () => { this.#settle(wanted); });
  }

  #settle(sizes: ReadonlyMap<string, ShownSize>): void {
    this.#settled = sizes;
    this.#onChange();
  }
}

function larger(one: ShownSize, other: ShownSize): ShownSize {
  return { width: Math.max(one.width, other.width), height: Math.max(one.height, other.height) };
}
