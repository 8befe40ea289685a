/** What the default interface shows because of others; loaded once one is in the call. */
import { html, nothing } from 'lit';
import { onPassing } from '../internal/passings.ts';
import { isJoined } from '../internal/room-button.ts';
import { InviteNotice } from './invite-notice.ts';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { Room } from '../../src/index.ts';
import type { Passing } from '../internal/passings.ts';
import type { RoomHost } from '../internal/room-request.ts';

type Host = ReactiveControllerHost & RoomHost;

export class Company {
  readonly #host: Host;
  readonly #room: Room;
  /** Who came and went before there were toasts to say so. */
  readonly #passed: Passing[] = [];
  readonly #untilToasts = new AbortController();
  /** From the first arrival or offer on: they are loaded for it. */
  #hasToasts = false;
  #offers = 0;
  readonly #invite: InviteNotice;

  /** @param signal - As long as one is in the call. */
  constructor(host: Host, room: Room, signal: AbortSignal) {
    this.#host = host;
    this.#room = room;
    this.#invite = new InviteNotice(host);
    onPassing(room, (passing) => {
      this.#passed.push(passing);
      this.#hasToasts = true;
      host.requestUpdate();
    }, AbortSignal.any([signal, this.#untilToasts.signal]));
    room.files.subscribe(() => { this.#count(); }, { signal });
    this.#count();
  }

  /** Files that wait for an answer. */
  get offers(): number {
    return this.#offers;
  }

  /** @param chatOpen - Where files are shown as well. */
  toasts(chatOpen: boolean): TemplateResult | typeof nothing {
    return this.#hasToasts ? html`<rtc-toasts part="toasts" exportparts="toast" kinds=${chatOpen ? 'joined left' : 'joined left files'}
      .missed=${this.#takePassed}></rtc-toasts>` : nothing;
  }

  /** To whoever is alone, in the grid. */
  invite(): TemplateResult | typeof nothing {
    const { state, participants } = this.#room.snapshot;
    if (!isJoined(state) || participants.length > 0) {
      this.#invite.forget();
      return nothing;
    }
    return this.#invite.render();
  }

  readonly #takePassed = (): readonly Passing[] => {
    this.#untilToasts.abort(); // From now on they hear it themselves.
    return this.#passed.splice(0);
  };

  #count(): void {
    const { transfers } = this.#room.files.snapshot;
    const offers = transfers.filter(({ direction, state }) => direction === 'receive' && state === 'offered').length;
    if (offers === this.#offers) return;
    this.#offers = offers;
    this.#hasToasts ||= offers > 0;
    this.#host.requestUpdate();
  }
}
