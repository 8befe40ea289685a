import type { ReactiveControllerHost } from 'lit';
import type { CaptureSource, Room, RoomError } from '../../src/index.ts';
import type { ElementLanguage } from './element-language.ts';

/** Of the default interface, beside the stage. */
export type Panel = 'chat' | 'participants';

/** What an element may ask of the `<rtc-room>` it belongs to. */
export interface RoomHost extends HTMLElement, Pick<ReactiveControllerHost, 'addController' | 'removeController'> {
  readonly room: Room;
  readonly speech: ElementLanguage;
  /** Whether what `inviteUrl()` says holds a secret. */
  readonly hasSecret: boolean;
  /** It joins by itself, or is about to. */
  readonly isEntering: boolean;
  readonly noShortcuts: boolean;
  readonly noStorage: boolean;
  displayName: string | null;
  inviteUrl(): string;
  join(): Promise<void>;
  leave(): Promise<void>;
  toggle(source: CaptureSource): Promise<void>;
  /** Nobody need see it any longer. */
  dismiss(error: RoomError | undefined): void;
  /** Opens or closes it; nothing where the page has an arrangement of its own. */
  togglePanel(panel: Panel): void;
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
  /** Nobody asked for it by a click: it only reads, and what is on show stays. */
  readonly isQuestion: boolean;
  /** Whether the action succeeded; `false` too where no room heard it. */
  outcome: Promise<boolean> = Promise.resolve(false);

  constructor(action: RoomAction, isQuestion = false) {
    super(TYPE, { bubbles: true, composed: true });
    this.action = action;
    this.isQuestion = isQuestion;
  }
}

declare global {
  interface HTMLElementEventMap {
    'rtc-request': RoomRequestEvent;
  }
}
