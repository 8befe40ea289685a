import { css, html } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { Text } from './messages.ts';

type Host = ReactiveControllerHost & HTMLElement & { readonly text: Text };

export const levelStyles = css`
[part=level] { block-size: 6px; overflow: hidden; border-radius: 3px; background: color-mix(in srgb, var(--_muted) 30%, transparent); }
[part=level] div {
  block-size: 100%;
  inline-size: calc(var(--_level, 0) * 100%);
  border-radius: inherit;
  background: #2f9e5b;
  transition: inline-size .08s linear;
}
@media (prefers-reduced-motion: reduce) { [part=level] div { transition: none; } }
@media (forced-colors: active) {
  [part=level] { border: 1px solid CanvasText; }
  [part=level] div { background: Highlight; forced-color-adjust: none; }
}
`;

/** Shows how loud one's microphone is, for as long as it is on and its host is in the page. */
export class LevelMeter implements ReactiveController {
  readonly #host: Host;
  #track: MediaStreamTrack | undefined;
  #measuring: AbortController | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  render(): TemplateResult {
    return html`<div part="level" role="meter" aria-label=${this.#host.text('microphone-level')} aria-valuemin="0" aria-valuemax="100"
      aria-valuenow="0"><div></div></div>`;
  }

  /** @param track - None where there is nothing to hear. */
  follow(track: MediaStreamTrack | undefined): void {
    if (track === this.#track) return;
    this.#track = track;
    this.#measuring?.abort();
    if (!track) return;
    const { signal } = (this.#measuring = new AbortController());
    void import('./measure-level.ts').then(({ measureLevel }) => {
      measureLevel(track, (level) => { this.#show(level); }, signal);
    }).catch(reportError);
  }

  hostDisconnected(): void {
    this.follow(undefined);
  }

  #show(level: number): void {
    const meter = this.#host.shadowRoot?.querySelector<HTMLElement>('[part=level]');
    meter?.style.setProperty('--_level', level.toFixed(2));
    meter?.setAttribute('aria-valuenow', String(Math.round(level * 10) * 10));
  }
}
