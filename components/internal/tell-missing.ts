import { RoomError } from '../../src/index.ts';
import { RoomRequestEvent } from './room-request.ts';

/**
 * The room says it to the person and to the page; where there is none, the browser does to the developer.
 *
 * @returns to be called when it is there after all
 */
export function tellMissing(element: Element, cause: unknown): () => void {
  const error = new RoomError('load-failed', `Code of <${element.localName}> could not be loaded. It is tried again.`, { cause });
  const id = element.getAttribute('for');
  const target = id ? (element.getRootNode() as Partial<Document>).getElementById?.(id) : element;
  const heard: Error[] = [];
  target?.dispatchEvent(new RoomRequestEvent(() => {
    heard.push(error);
    throw error;
  }));
  if (heard.length === 0) reportError(error);
  return () => { target?.dispatchEvent(new RoomRequestEvent((host) => { host.dismiss(error); }, true)); };
}
