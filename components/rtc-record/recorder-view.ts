/** What is shown of a recording that is made here, wherever it is shown. */
import { css, html, nothing } from 'lit';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { saveAs } from '../internal/save-as.ts';
import { formatBytes } from '../rtc-files/file-format.ts';
import type { TemplateResult } from 'lit';
import type { ElementLanguage } from '../internal/element-language.ts';
import type { Recording, RoomRecorder } from './room-recorder.ts';

export function isRecording(recorder: RoomRecorder | undefined): boolean {
  return recorder !== undefined && recorder.state !== 'idle' && recorder.state !== 'starting';
}

/** Time, size, and what can be done; nothing while none is made. */
export function progress(recorder: RoomRecorder | undefined, { text, locale }: ElementLanguage): TemplateResult | typeof nothing {
  if (!recorder || !isRecording(recorder)) return nothing;
  const isPaused = recorder.state === 'paused';
  const pause = isPaused ? 'resume' : 'pause';
  const pauseLabel = text(`record-${pause}`);
  return html`<span part="progress" tabindex="-1"><span part="time">${clock(recorder.durationMs, locale)}</span>
      <span part="size">${isPaused ? text('record-paused') : formatBytes(recorder.bytes, locale)}</span></span>
    <span part="actions">
      <button type="button" part="button pause" aria-label=${pauseLabel} title=${pauseLabel}
        @click=${() => { recorder[pause](); }}
        ><slot name=${pause}>${moreIcons[pause]}</slot></button>
      <button type="button" part="button stop" class="danger" aria-busy=${recorder.state === 'stopping'}
        @click=${() => recorder.stop()}><slot name="stop">${moreIcons.stop}</slot>${text('record-stop')}</button>
    </span>`;
}

/** What was recorded, until it is saved or nobody wants it. @param root - Whoever has the focus in the list there keeps it. */
export function recordings(
  recorder: RoomRecorder | undefined, speech: ElementLanguage, root: ShadowRoot | null,
): TemplateResult | typeof nothing {
  const isHeld = root?.activeElement?.closest('[part=recordings]');
  if (!recorder || (recorder.recordings.length === 0 && !isHeld)) return nothing;
  const { text } = speech;
  return html`<ul part="recordings" tabindex="-1">${recorder.recordings.map((recording) => html`<li part="recorded">
    ${recording.blob ? offer(recorder, recording, recording.blob, speech)
      : html`<span part="file">${text('record-saved', { file: recording.name })}</span>
        ${dismiss(recorder, recording, 'close', text('close'))}`}
  </li>`)}</ul>`;
}

function offer(recorder: RoomRecorder, recording: Recording, blob: Blob, { text, locale }: ElementLanguage): TemplateResult {
  const { name: file, bytes } = recording;
  const save = () => {
    saveAs(blob, file);
    recorder.discard(recording);
  };
  return html`<span part="file"><bdi>${file}</bdi> <span part="size">${formatBytes(bytes, locale)}</span></span>
    <span part="actions">
      ${dismiss(recorder, recording, 'discard', text('record-discard'), text('record-discard-name', { file }))}
      <button type="button" part="button save" class="primary" aria-label=${text('record-save-name', { file })} @click=${save}
        ><slot name="save">${moreIcons.save}</slot>${text('record-save')}</button>
    </span>`;
}

function dismiss(recorder: RoomRecorder, recording: Recording, part: string, label: string, name = label): TemplateResult {
  return html`<button type="button" part="button ${part}" aria-label=${name} @click=${() => { recorder.discard(recording); }}
    >${label}</button>`;
}

/** `1:02:03`, in the digits of the language. */
function clock(ms: number, locale: string): string {
  const seconds = Math.floor(ms / 1000);
  const [first, ...rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .filter((part, i) => part > 0 || i > 0);
  const digits = (value: number, least: number) => new Intl.NumberFormat(locale, { minimumIntegerDigits: least }).format(value);
  return [digits(first ?? 0, 1), ...rest.map((part) => digits(part, 2))].join(':');
}

export const recorderStyles = css`
[part=progress] { display: inline-flex; gap: calc(10 * var(--_px)); align-items: baseline; font-variant-numeric: tabular-nums; }
[part=time] { direction: ltr; unicode-bidi: isolate; font-weight: 600; }
[part=size] { color: var(--_muted); font-size: .9375rem; }
[part=actions] { display: inline-flex; flex-wrap: wrap; gap: calc(8 * var(--_px)); }
[part~=pause] { inline-size: calc(44 * var(--_px)); padding: 0; }
[part=recordings] { display: grid; gap: calc(8 * var(--_px)); margin: 0; padding: 0; list-style: none; }
[part=recorded] { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: calc(6 * var(--_px)) calc(12 * var(--_px)); }
[part=file] { min-inline-size: 0; overflow-wrap: anywhere; }
`;
