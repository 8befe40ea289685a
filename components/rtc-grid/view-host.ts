import type { Spoken, Text } from '../internal/messages.ts';
import type { Layout } from './arrange.ts';

/** What the menu of a grid asks of it. */
export interface ViewHost extends HTMLElement {
  readonly text: Text;
  readonly speech: Spoken;
  readonly tiles: Readonly<Record<string, string>>;
  readonly pinnedTile: string;
  readonly layout: Layout;
  choose(change: { layout?: Layout; pinned?: string }): void;
  requestUpdate(): void;
  readonly updateComplete: Promise<boolean>;
}
