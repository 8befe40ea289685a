import { ContextProvider } from '@lit/context';
import { lookAnew, roomContext } from './room-context.ts';
import type { LitElement } from 'lit';

/** Offers a room to what stands in its `<rtc-room>`. Who names that by id looks anew when the id changes, and when it is gone. */
export class RoomProvider extends ContextProvider<typeof roomContext, LitElement> {
  constructor(host: LitElement) {
    super(host, { context: roomContext });
    new MutationObserver(() => { lookAnew(host); }).observe(host, { attributeFilter: ['id'] });
  }

  hostDisconnected(): void {
    setTimeout(() => { lookAnew(this.host); }); // By then it is back where it was only moved.
  }
}
