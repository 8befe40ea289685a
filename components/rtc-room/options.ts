import { defaultServer } from '../internal/default-server.ts';
import { OPTION_PROPERTIES } from './options-element.ts';
import { secretOfPage } from './page-link.ts';
import type { RoomOptions } from '../../src/index.ts';
import type { RoomOptionsElement } from './options-element.ts';

export const OPTIONS = Object.keys(OPTION_PROPERTIES) as (keyof typeof OPTION_PROPERTIES)[];

/** What the element's properties say; of a room that the page handed in, only what one is called. */
export function optionsOf(element: RoomOptionsElement, isForeign: boolean): Partial<RoomOptions> {
  const { name, server, token, displayName, relayOnly, privateName, getToken, link } = element;
  const { vouchKeys, vouchIssuer, requireVouch, getVouch } = element;
  const linkSecret = element.linkSecret ?? (link ? secretOfPage() : undefined);
  if (isForeign) return displayName === null ? {} : { displayName };
  return {
    name, relayOnly, privateName, server: server || defaultServer(), displayName: displayName ?? '',
    requireVouch, ...(vouchKeys && { vouchKeys }), ...(vouchIssuer && { vouchIssuer }), ...(getVouch && { getVouch }),
    ...(token && { token }), ...(getToken && { getToken }), ...(linkSecret !== undefined && { linkSecret }),
  };
}
