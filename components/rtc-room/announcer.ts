import { html } from 'lit';
import { text } from '../internal/messages.ts';
import { nameLabels, plainName } from '../internal/name-labels.ts';
import type { TemplateResult } from 'lit';
import type { Room } from '../../src/index.ts';
import type { MessageKey } from '../internal/messages.ts';

const KEPT = 4;

/** Tells those who cannot see it: who came, left, shares or wrote. A polite live region (WAI-ARIA 1.2, `status`). */
export class Announcer {
  readonly #host: { requestUpdate(): void };
  #lines: readonly string[] = [];

  constructor(host: { requestUpdate(): void }) {
    this.#host = host;
  }

  /** @param readsMessages - Whether the chat is in sight, and so reads its messages out itself. */
  follow(room: Room, readsMessages: () => boolean, signal: AbortSignal): void {
    const { lifecycle } = room;
    const sayOf = (key: MessageKey, id: string, name: string) => {
      const { local, participants, state } = room.snapshot;
      if (state === 'idle' || state === 'leaving') return;
      const label = nameLabels([local, ...participants, { id, name }]).get(id);
      this.#say(text(key, { name: label ? plainName(label) : '' }));
    };
    lifecycle.on('joined', () => { this.#say(text('said:joined')); }, { signal });
    lifecycle.on('left', () => { this.#say(text('said:left')); }, { signal });
    for (const key of ['participant-joined', 'participant-left'] as const) {
      lifecycle.on(key, ({ participant: { id, name } }) => { sayOf(`said:${key}`, id, name); }, { signal });
    }
    lifecycle.on('track-added', ({ participant: { id, name }, track }) => {
      if (track.source === 'screen' && track.kind === 'video') sayOf('said:screen', id, name);
    }, { signal });
    lifecycle.on('message-received', ({ message: { from, name } }) => {
      if (!readsMessages()) sayOf('said:message', from, name);
    }, { signal });
  }

  render(): TemplateResult {
    return html`<div class="hidden" role="status">${this.#lines.map((line) => html`<p>${line}</p>`)}</div>`;
  }

  #say(line: string): void {
    this.#lines = [...this.#lines, line].slice(-KEPT);
    this.#host.requestUpdate();
  }
}
