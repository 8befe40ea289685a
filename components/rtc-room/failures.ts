import { html } from 'lit';
import { RoomError } from '../../src/index.ts';
import { RtcErrorEvent } from '../events.ts';
import { icons } from '../internal/icons.ts';
import { errorText } from '../internal/messages.ts';
import type { TemplateResult } from 'lit';
import type { Room, RoomSnapshot } from '../../src/index.ts';
import type { ElementLanguage } from '../internal/element-language.ts';

interface Host extends Element { requestUpdate(): void; readonly speech: ElementLanguage }
interface Failure { readonly error: RoomError; readonly devices: readonly ('microphone' | 'camera')[] }

/** What only who makes the page, or runs the relay, can mend. */
const MISTAKES = ['no-server', 'invalid-room', 'origin-refused', 'insecure-context', 'permissions-policy'];

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

  /** From now on; what was of another room is over. */
  follow(room: Room, signal: AbortSignal): void {
    this.clear();
    room.lifecycle.on('error', ({ error }) => { this.report(error, room.snapshot); }, { signal });
  }

  /**
   * Tells the page, but for a cancellation and what it knows.
   *
   * @param snapshot - From which an error may stand on show already, and go when it is over.
   */
  report(cause: unknown, { error: ended, local: { microphone, camera, screen } }: RoomSnapshot): void {
    if (cause instanceof DOMException && cause.name === 'AbortError') return;
    const error = cause instanceof RoomError ? cause : new RoomError('internal', String(cause), { cause });
    if (this.#told.has(error)) return;
    this.#told.add(error);
    if (![ended, microphone.error, camera.error, screen.error].includes(error)) this.#set(error);
    const { code, hint, message } = error;
    if (MISTAKES.includes(code)) console.warn(`<rtc-room>: ${message}`);
    this.#host.dispatchEvent(new RtcErrorEvent({ code, message: errorText(this.#host.speech.text, code), hint, error }));
  }

  /** Forgets the last one: something new is being tried, or it no longer holds. */
  clear(code = this.#last?.code): void {
    if (this.#last?.code === code) this.#set(undefined);
  }

  dismiss(error: RoomError | undefined): void {
    if (!error) return;
    this.#dismissed.add(error);
    this.#host.requestUpdate();
  }

  /** To be shown, one a code. A screen refused is not: it is a picker that was closed, by someone who knows. */
  of({ error: ended, participants, local }: RoomSnapshot): Failure[] {
    const isPast = this.#last?.code === 'no-path' && participants.every(({ reason }) => reason !== 'no-path');
    const all = [ended, local.microphone.error, local.camera.error, isPast ? undefined : this.#last];
    const shown = all.filter((error) => error !== undefined && !this.#dismissed.has(error)) as RoomError[];
    return [...new Map(shown.map((error) => [error.code, error])).values()].map((error) => ({
      error, devices: (['microphone', 'camera'] as const).filter((device) => local[device].error?.code === error.code),
    }));
  }

  render(snapshot: RoomSnapshot): TemplateResult[] {
    const { text, locale } = this.#host.speech;
    return this.of(snapshot).map(({ error, devices }) => {
      const about = new Intl.ListFormat(locale).format(devices.map((device) => text(device)));
      return html`<div part="error" role="alert">
      <span>${about && `${about}: `}${errorText(text, error.code)} <small>${error.code}</small></span>
      <button type="button" part="dismiss" class="plain" aria-label=${text('close')}
        @click=${() => { this.dismiss(error); }}>${icons.close}</button>
    </div>`;
    });
  }

  #set(error: RoomError | undefined): void {
    this.#last = error;
    this.#host.requestUpdate();
  }
}
