import { isRoomName, RoomError } from '../../src/index.ts';
import { defaultServer } from '../internal/default-server.ts';
import { OPTION_PROPERTIES } from './options-element.ts';
import { ensureSecretOfPage, secretOfPage, withSecret } from './page-link.ts';
import { nameOfPage, withName } from './page-name.ts';
import type { RoomOptions } from '../../src/index.ts';
import type { RoomOptionsElement } from './options-element.ts';

export const OPTIONS = Object.keys(OPTION_PROPERTIES) as (keyof typeof OPTION_PROPERTIES)[];

/** What the element's properties say; of a room that the page handed in, only what one is called. */
export function optionsOf(element: RoomOptionsElement, isForeign: boolean): Partial<RoomOptions> {
  const { nameInUrl, token, displayName, relayOnly, privateName, getToken, link } = element;
  const { vouchKeys, vouchIssuer, requireVouch, getVouch } = element;
  const linkSecret = element.linkSecret ?? (link ? secretOfPage() : undefined);
  const name = (nameInUrl ? nameOfPage() : undefined) ?? element.name;
  if (isForeign) return displayName === null ? {} : { displayName };
  return {
    name, relayOnly, privateName, server: serverOf(element), displayName: displayName ?? '',
    requireVouch, ...(vouchKeys && { vouchKeys }), ...(vouchIssuer && { vouchIssuer }), ...(getVouch && { getVouch }),
    ...(token && { token }), ...(getToken && { getToken }), ...(linkSecret !== undefined && { linkSecret }),
  };
}

/** What the page got wrong; to be told before anybody clicks. */
export function mistakeOf(element: RoomOptionsElement): RoomError | undefined {
  const { name } = optionsOf(element, false);
  if (!hasServer(element)) return new RoomError('no-server', 'Set `server` to the URL of a relay.');
  if (!name || isRoomName(name)) return undefined;
  return new RoomError('invalid-room', 'A room name has 1 to 64 letters, digits, "_" or "-".');
}

export function hasServer(element: RoomOptionsElement): boolean {
  return serverOf(element) !== '';
}

function serverOf({ server }: RoomOptionsElement): string {
  return server || defaultServer();
}

/** In the address, where `link` wants one that is made here. */
export function ensureSecret({ link, linkSecret }: RoomOptionsElement): void {
  if (link && linkSecret === undefined) ensureSecretOfPage();
}

/** This page's address, with what the element's properties ask for. @param name of the room */
export function inviteUrlOf(element: RoomOptionsElement, name: string): string {
  ensureSecret(element);
  const address = element.nameInUrl ? withName(name) : location.href;
  return element.linkSecret === undefined ? address : withSecret(element.linkSecret, address);
}
