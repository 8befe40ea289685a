import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Reaction, Room } from '../../src/index.ts';
import type * as Showing from './show-reaction.ts';

/** One for all, so that they appear in their order. */
let loading: Promise<typeof Showing> | undefined;

/** Shows on its host what somebody reacts with: for a moment, and in nobody's way. */
export class ReactionController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #room: Room | undefined;
  #id = '';
  #unfollow: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** From now on these are shown. */
  follow(room: Room | undefined, id: string): void {
    this.#id = id;
    if (room === this.#room) return;
    this.#unfollow?.();
    this.#room = room;
    this.#unfollow = room?.lifecycle.on('reaction', ({ participant, reaction }) => {
      if (participant.id === this.#id) this.#show(reaction).catch(reportError); // Of an ornament, nobody else need know.
    });
  }

  hostDisconnected(): void {
    this.follow(undefined, '');
  }

  async #show(reaction: Reaction): Promise<void> {
    loading ??= import('./show-reaction.ts').catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    const { showReaction } = await loading;
    const tile = this.#host.shadowRoot?.querySelector('[part=tile]');
    if (tile) showReaction(tile, reaction);
  }
}
