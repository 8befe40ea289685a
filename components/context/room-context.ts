import { createContext } from '@lit/context';
import type { Room } from '../../src/index.ts';

/** The room that an element stands in. A registered symbol, so that two copies of this package understand each other. */
export const roomContext = createContext<Room | undefined>(Symbol.for('rtc-room'));

/** Has everyone in an element's page look anew for the room they belong to, as when a provider comes. */
export function lookAnew({ ownerDocument }: Element): void {
  ownerDocument.dispatchEvent(Object.assign(new Event('context-provider'), { context: roomContext }));
}
