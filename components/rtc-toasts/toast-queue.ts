import type { ElementLanguage } from '../internal/element-language.ts';
import type { Text } from '../internal/messages.ts';

/** What says it, and in which language. */
export type Speech = Pick<ElementLanguage, 'text' | 'locale'>;

export interface ToastAction { readonly label: string; readonly name?: string; run(): void }

export interface Toast {
  readonly id: string;
  readonly kind: string;
  /** In the language of the moment. */
  say(speech: Speech): string;
  /** In the order in which they stand; the last is the one most want. */
  actions?(text: Text): readonly ToastAction[];
  /** How much is done of what goes on, from 0 to 1. */
  progress?(): number;
  /** Stands until it is taken away. With actions: until one of them is taken. */
  readonly lasts?: boolean;
  /** Nobody else reads it out. */
  readonly isRead?: boolean;
}

/** So long, and longer where there is something to be done. */
const SHOWN_MS = 6000;
const WITH_ACTION_MS = 12_000;
/** Lasting ones may be more; beside those is room for one that passes. */
const MOST = 4;

interface Standing { readonly toast: Toast; leftMs: number; timer?: ReturnType<typeof setTimeout>; sinceMs: number }

/** Short notices, each for a while: its time stands still while somebody points at them or has the focus among them. */
export class ToastQueue {
  readonly #changed: () => void;
  #standing: readonly Standing[] = [];
  #isPaused = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get toasts(): readonly Toast[] {
    return this.#standing.map(({ toast }) => toast);
  }

  /** One of the same id goes before. Where many stand the oldest makes way that does not have to. */
  show(toast: Toast): void {
    this.remove(toast.id);
    const oldest = this.#standing.length >= MOST ? this.#standing.find((one) => !one.toast.lasts) : undefined;
    if (oldest) this.remove(oldest.toast.id);
    const standing: Standing = { toast, leftMs: toast.actions ? WITH_ACTION_MS : SHOWN_MS, sinceMs: 0 };
    this.#standing = [...this.#standing, standing];
    if (!this.#isPaused) this.#run(standing);
    this.#changed();
  }

  remove(id: string): void {
    const gone = this.#standing.find(({ toast }) => toast.id === id);
    if (!gone) return;
    clearTimeout(gone.timer);
    this.#standing = this.#standing.filter((one) => one !== gone);
    this.#changed();
  }

  clear(): void {
    for (const { toast } of this.#standing) this.remove(toast.id);
  }

  pause(paused: boolean): void {
    if (paused === this.#isPaused) return;
    this.#isPaused = paused;
    for (const standing of this.#standing) {
      if (paused) this.#stop(standing); else this.#run(standing);
    }
  }

  #run(standing: Standing): void {
    if (standing.toast.lasts) return;
    standing.sinceMs = performance.now();
    standing.timer = setTimeout(() => { this.remove(standing.toast.id); }, standing.leftMs);
  }

  #stop(standing: Standing): void {
    clearTimeout(standing.timer);
    standing.leftMs = Math.max(1000, standing.leftMs - (performance.now() - standing.sinceMs));
  }
}
