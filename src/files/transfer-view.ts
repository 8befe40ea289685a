import type { RoomError } from '../shared/errors.ts';
import type { Offer } from './words.ts';

/** `waiting` until others that were offered before were answered; `interrupted` while the participant is out of reach. */
export type TransferState = 'waiting' | 'offered' | 'active' | 'paused' | 'interrupted' | 'done' | 'failed';

/** One file on its way between two, at one moment. */
export interface TransferView extends Offer {
  readonly direction: 'send' | 'receive';
  readonly participant: string;
  readonly state: TransferState;
  /** Who holds it while it is `paused`. */
  readonly pausedBy?: 'us' | 'them' | 'both';
  /** Bytes of the file that were sent, or that came. */
  readonly bytes: number;
  /** Smoothed; 0 while nothing flows. */
  readonly bytesPerSecond: number;
  /** Unknown while nothing flows. */
  readonly secondsLeft?: number;
  /** Why it `failed`. */
  readonly error?: RoomError;
}
