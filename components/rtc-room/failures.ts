import { html } from 'lit';
import { RoomError } from '../../src/index.ts';
import { icons } from '../internal/icons.ts';
import { errorText } from '../internal/messages.ts';
import type { TemplateResult } from 'lit';
import type { RoomSnapshot } from '../../src/index.ts';
import type { Text } from '../internal/messages.ts';

interface Host { requestUpdate(): void; readonly text: Text }

/** Every failure is told once and shown until it is over or dismissed; what the snapshot holds is over when it says so. */
export class Failures {
  readonly #host: Host;
  readonly #told = new WeakSet<RoomError>();
  readonly #dismissed = new WeakSet<RoomError>();
  /** The last one that the snapshot does not hold. */
  #last: RoomError | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /**
   * @param snapshot - From which an error may stand on show already, and go when it is over.
   * @returns the error to tell the page; `undefined` for a cancellation, and for one it knows.
   */
  add(cause: unknown, { error: ended, local: { microphone, camera, screen } }: RoomSnapshot): RoomError | undefined {
    if (cause instanceof DOMException && cause.name === 'AbortError') return undefined;
    const error = cause instanceof RoomError ? cause : new RoomError('internal', String(cause), { cause });
    if (this.#told.has(error)) return undefined;
    this.#told.add(error);
    if (![ended, microphone.error, camera.error, screen.error].includes(error)) this.#set(error);
    return error;
  }

  /** Forgets the last one: something new is being tried, or it no longer holds. */
  clear(code = this.#last?.code): void {
    if (this.#last?.code === code) this.#set(undefined);
  }

  /** To be shown, one a code. A screen refused is not: it is a picker that was closed, by someone who knows. */
  of({ error, local: { microphone, camera } }: RoomSnapshot): RoomError[] {
    const shown = [error, microphone.error, camera.error, this.#last].filter((one) => one && !this.#dismissed.has(one));
    return [...new Map(shown.map((failure) => [failure?.code, failure])).values()] as RoomError[];
  }

  render(snapshot: RoomSnapshot): TemplateResult[] {
    const { text } = this.#host;
    return this.of(snapshot).map((error) => html`<div part="error" role="alert">
      <span>${errorText(text, error.code)} <small>${error.code}</small></span>
      <button type="button" part="dismiss" class="plain" aria-label=${text('close')}
        @click=${() => { this.#dismiss(error); }}>${icons.close}</button>
    </div>`);
  }

  #dismiss(error: RoomError): void {
    this.#dismissed.add(error);
    this.#host.requestUpdate();
  }

  #set(error: RoomError | undefined): void {
    this.#last = error;
    this.#host.requestUpdate();
  }
}
