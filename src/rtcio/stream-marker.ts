/** How rtc.io writes a stream that stands among the arguments of an emit. */
import { MAX_STREAM_ID_CHARS } from '../protocol/limits.ts';

const PREFIX = '[RTCIOStream] ';
/** An emit's arguments are small; what is larger was not made by an app. */
const MAX_VALUES = 1000;

export function streamMarker(id: string): string {
  return PREFIX + id;
}

/** The id of the first stream among the arguments, in the order in which rtc.io looks for it; `undefined` if there is none. */
export function markedStream(args: readonly unknown[]): string | undefined {
  const rest: unknown[] = [args];
  for (let looked = 0; rest.length > 0 && looked < MAX_VALUES; looked++) {
    const value = rest.pop();
    if (typeof value === 'string' && value.startsWith(PREFIX)) {
      const id = value.slice(PREFIX.length);
      return id !== '' && id.length <= MAX_STREAM_ID_CHARS ? id : undefined;
    }
    if (typeof value !== 'object' || value === null) continue;
    rest.push(...(Object.values(value) as unknown[]).slice(0, MAX_VALUES).reverse());
  }
  return undefined;
}
