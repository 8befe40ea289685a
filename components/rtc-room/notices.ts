import { html, nothing } from 'lit';
import { MutedNotice } from './muted-notice.ts';
import type { TemplateResult } from 'lit';
import type { Room, RoomSnapshot } from '../../src/index.ts';
import type { Text } from '../internal/messages.ts';

interface Host { requestUpdate(): void; readonly text: Text }

/** What stands above everything while it holds: that the relay is out of reach, who records, why one's microphone is off. */
export class Notices {
  readonly #host: Host;
  readonly #muted: MutedNotice;
  /** From the first one on: what was recorded here outlives it. */
  #hasRecording = false;

  constructor(host: Host) {
    this.#host = host;
    this.#muted = new MutedNotice(host);
  }

  follow(room: Room, signal: AbortSignal): void {
    this.#muted.follow(room, signal);
  }

  render(snapshot: RoomSnapshot): TemplateResult {
    const { state, local, participants } = snapshot;
    this.#hasRecording ||= [local, ...participants].some(({ recording }) => recording);
    return html`${state === 'reconnecting' ? html`<div part="notice" role="status">${this.#host.text('reconnecting')}</div>` : nothing}
      ${this.#hasRecording ? html`<rtc-recording part="recording"></rtc-recording>` : nothing}${this.#muted.render(snapshot)}`;
  }
}
