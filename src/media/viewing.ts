import { Emitter } from '../shared/emitter.ts';
import { after } from '../shared/scope.ts';
import { toPixels } from '../protocol/shown.ts';
import type { ListenOptions } from '../shared/emitter.ts';
import type { ShownSource } from '../protocol/shown.ts';

/** How a page shows one picture of one participant. */
export interface Shown {
  /** Device pixels: CSS pixels times `devicePixelRatio`. */
  readonly width: number;
  readonly height: number;
  /** False while nobody can see it: scrolled away, a page in the background. */
  readonly visible: boolean;
}

/** One place where a picture is shown. */
export interface Display {
  /** `undefined`: as large as it comes, which holds until the first call too. */
  set(shown: Shown | undefined): void;
  /** It is shown here no more. */
  end(): void;
}

/** After a word the next waits for so long: the drag of a window's edge is not a storm. */
const QUIET_MS = 200;

/**
 * What this page shows of others, and how large. The displays write it; a topology reads it and hears of changes, and so each
 * sender sends what is looked at. Of several displays of one picture the largest counts. A picture that never had a
 * display is wanted as it is (a page without elements, a recorder); one whose displays have all ended is not seen.
 */
export class Viewing {
  readonly #scope: AbortSignal;
  readonly #displays = new Map<string, Map<string, Set<{ shown?: Shown | undefined }>>>();
  /** By participant. */
  readonly #events = new Emitter<Record<string, undefined>>();
  /** Whom something has changed for, and what they were told last. */
  readonly #changed = new Set<string>();
  readonly #told = new Map<string, string>();
  #quiet = false;

  constructor(scope: AbortSignal) {
    this.#scope = scope;
  }

  /** @param source as in their tracks: `camera`, `screen` … */
  show(participant: string, source: string): Display {
    const bySource = this.#displays.get(participant) ?? new Map<string, Set<{ shown?: Shown | undefined }>>();
    const displays = bySource.get(source) ?? new Set();
    this.#displays.set(participant, bySource.set(source, displays));
    const display: { shown?: Shown | undefined } = {};
    displays.add(display);
    return {
      set: (shown) => {
        display.shown = shown;
        this.#change(participant);
      },
      end: () => {
        if (displays.delete(display)) this.#change(participant);
      },
    };
  }

  /** For their engine. */
  of(participant: string): ShownSource[] {
    return [...this.#displays.get(participant) ?? []].flatMap(([source, displays]) => {
      const all = [...displays].map(({ shown }) => shown);
      if (all.includes(undefined)) return [];
      const seen = all.filter((shown) => shown?.visible === true) as Shown[];
      const largest = (key: 'width' | 'height') => toPixels(Math.max(0, ...seen.map((shown) => shown[key])));
      return [{ source, width: largest('width'), height: largest('height') }];
    });
  }

  onChanged(participant: string, listener: () => void, options?: ListenOptions): void {
    this.#events.on(participant, listener, options);
  }

  /** They are gone, or everyone is: only what is on display counts when they come back. */
  forget(participant?: string): void {
    for (const id of participant === undefined ? [...this.#displays.keys()] : [participant]) {
      const bySource = this.#displays.get(id);
      for (const [source, displays] of bySource ?? []) if (displays.size === 0) bySource?.delete(source);
      if (bySource?.size === 0) this.#displays.delete(id);
      this.#told.delete(id);
    }
  }

  /** What changes in one task is one word: a page that is hidden hides all that it shows. */
  #change(participant: string): void {
    this.#changed.add(participant);
    if (this.#quiet) return;
    this.#quiet = true;
    queueMicrotask(() => { this.#tell(); });
  }

  #tell(): void {
    for (const participant of this.#changed) {
      const list = JSON.stringify(this.of(participant));
      if (this.#told.get(participant) === list) continue;
      this.#told.set(participant, list);
      if (!this.#events.emit(participant, undefined)) this.forget(participant);
    }
    this.#changed.clear();
    after(QUIET_MS, this.#scope, () => {
      this.#quiet = this.#changed.size > 0;
      if (this.#quiet) this.#tell();
    });
  }
}
