import { defaultServer } from '../internal/default-server.ts';
import type { PropertyDeclarations } from 'lit';
import type { RoomOptions } from '../../src/index.ts';
import type { RtcRoomElement } from './rtc-room.ts';

/** The properties that become options of the room. */
export const OPTION_PROPERTIES = {
  name: {}, server: {}, token: {},
  displayName: { attribute: 'display-name' },
  relayOnly: { attribute: 'relay-only', type: Boolean },
  privateName: { attribute: 'private-name', type: Boolean },
  getToken: { attribute: false },
} satisfies PropertyDeclarations;

export const OPTIONS = Object.keys(OPTION_PROPERTIES) as (keyof typeof OPTION_PROPERTIES)[];

/** What the element's properties say; of a room that the page handed in, only what one is called. */
export function optionsOf(element: RtcRoomElement, isForeign: boolean): Partial<RoomOptions> {
  const { name, server, token, displayName, relayOnly, privateName, getToken } = element;
  if (isForeign) return displayName === null ? {} : { displayName };
  return {
    name, relayOnly, privateName, server: server || defaultServer(), displayName: displayName ?? '',
    ...(token && { token }), ...(getToken && { getToken }),
  };
}
