import { SPAN_MS } from './stats-history.ts';
import type { MessageKey } from '../internal/messages.ts';
import type { StatsPoint } from './stats-history.ts';

export interface Metric {
  readonly title: MessageKey;
  of(point: StatsPoint): number | undefined;
  /** The least that the graph is high: what is usual shall not look like an alarm. */
  readonly top: number;
  format(value: number, locale: string): string;
}

const unit = (value: number, locale: string, options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(locale, options).format(value);

export const formatMs = (value: number, locale: string): string =>
  unit(value, locale, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 });

export const formatBits = (bitsPerSecond: number, locale: string): string =>
  (bitsPerSecond < 1_000_000
    ? unit(bitsPerSecond / 1000, locale, { style: 'unit', unit: 'kilobit-per-second', maximumFractionDigits: 0 })
    : unit(bitsPerSecond / 1_000_000, locale, { style: 'unit', unit: 'megabit-per-second', maximumFractionDigits: 1 }));

export const formatShare = (value: number, locale: string): string =>
  unit(value, locale, { style: 'percent', maximumFractionDigits: 1 });

export const formatNumber = (value: number, locale: string): string => unit(value, locale, { maximumFractionDigits: 0 });

export const METRICS: readonly Metric[] = [
  { title: 'stats:round-trip', of: ({ roundTripMs }) => roundTripMs, top: 200, format: formatMs },
  { title: 'stats:loss', of: ({ lossFraction }) => lossFraction, top: 0.05, format: formatShare },
  { title: 'stats:received', of: ({ receivedBitsPerSecond }) => receivedBitsPerSecond, top: 100_000, format: formatBits },
  { title: 'stats:sent', of: ({ sentBitsPerSecond }) => sentBitsPerSecond, top: 100_000, format: formatBits },
  { title: 'stats:frames', of: ({ framesPerSecond }) => framesPerSecond, top: 30, format: formatNumber },
];

export const GRAPH = { width: 120, height: 32 };
/** Longer than a few samples: nobody looked meanwhile. */
const GAP_MS = 10_000;

/** @returns an SVG path of the last two minutes, the newest at the right end; interrupted where nothing is known */
export function linePath({ of, top }: Metric, points: readonly StatsPoint[], nowMs: number): string {
  const highest = Math.max(top, ...points.map((point) => of(point) ?? 0));
  let path = '';
  let beforeMs: number | undefined;
  for (const point of points) {
    const value = of(point);
    if (value === undefined) { beforeMs = undefined; continue; }
    const x = Math.max(0, GRAPH.width * (1 - (nowMs - point.atMs) / SPAN_MS));
    const y = 1 + (GRAPH.height - 2) * (1 - value / highest);
    path += `${beforeMs !== undefined && point.atMs - beforeMs < GAP_MS ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    beforeMs = point.atMs;
  }
  return path;
}
