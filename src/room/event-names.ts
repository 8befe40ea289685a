import { isEventName } from '../protocol/primitives.ts';
import { INTERNAL_PREFIX, isReservedEvent, isReservedRelayEvent } from '../protocol/reserved.ts';
import { RoomError } from '../shared/errors.ts';

/** An event between participants. @throws RoomError `reserved-name`. */
export function hearable(event: string): string {
  return checked(event, isReservedEvent);
}

/** An event between an app and its relay. @throws RoomError `reserved-name`. */
export function relayable(event: string): string {
  return checked(event, isReservedRelayEvent);
}

/** A channel of the app. @throws RoomError `reserved-name`. */
export function openable(name: string): string {
  if (name.startsWith(INTERNAL_PREFIX)) throw new RoomError('reserved-name', `"${name}" is a channel of the library's own.`);
  return name;
}

function checked(event: string, isReserved: (event: string) => boolean): string {
  if (!isEventName(event) || isReserved(event)) throw new RoomError('reserved-name', `"${event}" is the library's own: see \`lifecycle\`.`);
  return event;
}
