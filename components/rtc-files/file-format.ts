const formats = new Map<string, Intl.NumberFormat>();
const TIMES = [['second', 1], ['minute', 60], ['hour', 3600]] as const;
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Making one costs more than a row does. */
function unitFormat(locale: string, unit: string): Intl.NumberFormat {
  const key = `${locale} ${unit}`;
  const format = formats.get(key)
    ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: /mega|giga/.test(unit) ? 1 : 0 });
  formats.set(key, format);
  return format;
}

/** In units of 1,000, as file managers count. */
export function formatBytes(bytes: number, locale: string): string {
  return inUnit(bytes, locale, '');
}

export function formatRate(bytesPerSecond: number, locale: string): string {
  return inUnit(bytesPerSecond, locale, '-per-second');
}

export function formatSeconds(seconds: number, locale: string): string {
  const [unit, length] = TIMES.findLast(([, least]) => seconds >= least) ?? TIMES[0];
  return unitFormat(locale, unit).format(Math.ceil(seconds / length));
}

function inUnit(value: number, locale: string, per: string): string {
  const power = Math.max(0, SIZES.findLastIndex((_, i) => value >= 1000 ** i));
  return unitFormat(locale, `${SIZES[power]}${per}`).format(value / 1000 ** power);
}
