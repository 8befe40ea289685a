import { html, nothing } from 'lit';
import { icons } from '../internal/icons.ts';
import type { TemplateResult } from 'lit';
import type { CaptureSource, Room, RoomSnapshot } from '../../src/index.ts';
import type { Text } from '../internal/messages.ts';

interface Host { requestUpdate(): void; readonly text: Text }

/** What stands above everything while it holds: that the relay is out of reach, who records, why one's microphone is off. */
export class Notices {
  readonly #host: Host;
  /** From the first one on: what was recorded here outlives it. */
  #hasRecording = false;
  /** What a host switched off: until it is on again, or the notice is dismissed. */
  #muted: CaptureSource | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  follow(room: Room, signal: AbortSignal): void {
    this.#muted = undefined; // Of another room.
    room.lifecycle.on('muted-by-host', ({ source }) => { this.#mark(source); }, { signal });
    room.lifecycle.on('left', () => { this.#mark(undefined); }, { signal });
  }

  render({ state, local, participants }: RoomSnapshot): TemplateResult {
    const { text } = this.#host;
    this.#hasRecording ||= [local, ...participants].some(({ recording }) => recording);
    if (this.#muted && local[this.#muted].state === 'on') this.#muted = undefined;
    return html`${state === 'reconnecting' ? html`<div part="notice" role="status">${text('reconnecting')}</div>` : nothing}
      ${this.#hasRecording ? html`<rtc-recording part="recording"></rtc-recording>` : nothing}
      ${this.#muted ? html`<div part="notice"><span>${text(`muted:${this.#muted}`)}</span>
        <button type="button" part="dismiss" class="plain" aria-label=${text('close')}
          @click=${() => { this.#mark(undefined); }}>${icons.close}</button></div>` : nothing}`;
  }

  #mark(muted: CaptureSource | undefined): void {
    this.#muted = muted;
    this.#host.requestUpdate();
  }
}
