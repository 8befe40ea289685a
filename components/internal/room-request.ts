import type { CaptureSource, Room } from '../../src/index.ts';

/** What an element may ask of the `<rtc-room>` it belongs to. */
export interface RoomHost {
  readonly room: Room;
  displayName: string | null;
  join(): Promise<void>;
  leave(): Promise<void>;
  toggle(source: CaptureSource): Promise<void>;
}

export type RoomAction = (host: RoomHost) => unknown;

const TYPE = 'rtc-request';

/**
 * An intent on its way up to `<rtc-room>`: only there are before-events asked, actions run and failures shown, so that each
 * of these is in one place. Internal: it is stopped at the room.
 */
export class RoomRequestEvent extends Event {
  static readonly type = TYPE;
  readonly action: RoomAction;
  /** Whether the action succeeded; `false` too where no room heard it. */
  outcome: Promise<boolean> = Promise.resolve(false);

  constructor(action: RoomAction) {
    super(TYPE, { bubbles: true, composed: true });
    this.action = action;
  }
}

declare global {
  interface HTMLElementEventMap {
    'rtc-request': RoomRequestEvent;
  }
}
