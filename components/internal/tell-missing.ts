import { RoomError } from '../../src/index.ts';
import { RoomRequestEvent } from './room-request.ts';
import type { RoomHost } from './room-request.ts';

/**
 * The room says it to the person and to the page; where there is none, the browser does to the developer.
 *
 * @returns to be called when it is there after all
 */
export function tellMissing(element: Element, cause: unknown): () => void {
  const error = new RoomError('load-failed', `Code of <${element.localName}> could not be loaded. It is tried again.`, { cause });
  const id = (element as { for?: string }).for || element.getAttribute('for'); // Before its upgrade it has the attribute alone.
  const target = id ? (element.getRootNode() as Partial<Document>).getElementById?.(id) : element;
  const hosts: RoomHost[] = [];
  target?.dispatchEvent(new RoomRequestEvent((host) => {
    hosts.push(host);
    throw error;
  }));
  if (hosts.length === 0) reportError(error);
  return () => { hosts[0]?.dismiss(error); };
}
