/** Something for each key; the least recently used go first, so that forged keys cannot fill the memory. */
export class Recent<V> {
  readonly #maxKeys: number;
  readonly #values = new Map<string, V>();

  constructor(maxKeys = 10_000) {
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#values.size;
  }

  /** Made where there is none; from now on the one used last. */
  use(key: string, make: () => V): V {
    const value = this.#values.get(key) ?? make();
    this.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#maxKeys) return;
    const [oldest] = this.#values.keys();
    if (oldest !== undefined) this.#values.delete(oldest);
  }

  /** Makes nothing and changes no order. */
  peek(key: string): V | undefined {
    return this.#values.get(key);
  }
}
