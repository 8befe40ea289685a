import { html, nothing } from 'lit';
import { formatBits, formatNumber, formatShare, METRICS } from './metrics.ts';
import type { TemplateResult } from 'lit';
import type { StreamStats } from '../../src/index.ts';
import type { ElementLanguage } from '../internal/element-language.ts';
import type { MessageKey } from '../internal/messages.ts';
import type { StatsPoint } from './stats-history.ts';

const SOURCES: ReadonlyMap<string, MessageKey> = new Map([
  ['microphone', 'microphone'], ['camera', 'camera'], ['screen', 'stats:screen'],
]);

/** What the graphs show, for who does not see them. */
export function graphTable(points: readonly StatsPoint[], { text, locale }: ElementLanguage): TemplateResult {
  return html`<table class="hidden"><caption>${text('stats-span')}</caption>
    <thead><tr><th scope="col">${text('stats')}</th><th scope="col">${text('stats:now')}</th><th scope="col">${text('stats:highest')}</th></tr></thead>
    <tbody>${METRICS.map(({ title, of, format }) => {
      const now = points.map(of).at(-1);
      const known = points.flatMap((point) => of(point) ?? []);
      return html`<tr><th scope="row">${text(title)}</th><td>${now === undefined ? '–' : format(now, locale)}</td>
        <td>${known.length > 0 ? format(Math.max(...known), locale) : '–'}</td></tr>`;
    })}</tbody></table>`;
}

export function streamTable(streams: readonly StreamStats[], { text, locale }: ElementLanguage): TemplateResult | typeof nothing {
  if (streams.length === 0) return nothing;
  const columns = ['direction', 'source', 'bitrate', 'loss', 'resolution', 'frames', 'codec', 'limitation'] as const;
  return html`<div part="streams" role="region" tabindex="0" aria-label=${text('stats:streams')}>
    <table><thead><tr>${columns.map((column) => html`<th scope="col">${text(`stats:${column}`)}</th>`)}</tr></thead>
    <tbody>${streams.map((stream) => {
      const { direction, source, bitsPerSecond, lossFraction, width, height, framesPerSecond, codec, limitation } = stream;
      const known = SOURCES.get(source);
      return html`<tr><td>${text(`stats:${direction}`)}</td>
        <th scope="row">${known ? text(known) : html`<bdi>${source || '–'}</bdi>`}</th>
        <td>${formatBits(bitsPerSecond, locale)}</td><td>${formatShare(lossFraction, locale)}</td>
        <td>${width && height ? html`<bdi dir="ltr">${width} × ${height}</bdi>` : '–'}</td>
        <td>${framesPerSecond === undefined ? '–' : formatNumber(framesPerSecond, locale)}</td>
        <td><bdi dir="ltr">${codec ?? '–'}</bdi></td><td>${limitation ? text(`limit:${limitation}`) : '–'}</td></tr>`;
    })}</tbody></table></div>`;
}
