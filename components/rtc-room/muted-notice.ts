import { html, nothing } from 'lit';
import { icons } from '../internal/icons.ts';
import type { TemplateResult } from 'lit';
import type { CaptureSource, Room, RoomSnapshot } from '../../src/index.ts';
import type { Text } from '../internal/messages.ts';

interface Host { requestUpdate(): void; readonly text: Text }

/** Why one's microphone is off though one did not switch it off; until it is on again or the notice is dismissed. */
export class MutedNotice {
  readonly #host: Host;
  #source: CaptureSource | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  follow(room: Room, signal: AbortSignal): void {
    room.lifecycle.on('muted-by-host', ({ source }) => { this.#show(source); }, { signal });
    room.lifecycle.on('left', () => { this.#show(undefined); }, { signal });
  }

  render({ local }: RoomSnapshot): TemplateResult | typeof nothing {
    if (this.#source && local[this.#source].state === 'on') this.#source = undefined;
    if (!this.#source) return nothing;
    const { text } = this.#host;
    return html`<div part="notice"><span>${text(`muted:${this.#source}`)}</span>
      <button type="button" part="dismiss" class="plain" aria-label=${text('close')}
        @click=${() => { this.#show(undefined); }}>${icons.close}</button></div>`;
  }

  #show(source: CaptureSource | undefined): void {
    this.#source = source;
    this.#host.requestUpdate();
  }
}
