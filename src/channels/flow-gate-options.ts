import type { TokenBucket } from '../protocol/token-bucket.ts';
import type { ChannelPriority, Traffic } from './traffic.ts';

export interface FlowGateOptions {
  highWaterBytes: number;
  lowWaterBytes: number;
  /** What may wait here; more is `queue-full` at the caller. One packed item may always wait. */
  queueBytes: number;
  /** What may be sent and not acknowledged yet, where the far end counts: above it frames wait. */
  readonly keptBytes?: number;
  /** Everything that waited has gone to the browser. */
  onDrain?(): void;
  /** With whom it shares the way, standing back for those of higher priority. */
  traffic?: Pick<Traffic, 'add' | 'limit' | 'wakeBytes' | 'sent' | 'changed'>;
  priority?: ChannelPriority | undefined;
}

export interface Attachment {
  /** The channel's; when it ends, what waits waits on. */
  scope: AbortSignal;
  /** Frames leave no faster. */
  pace?: TokenBucket | undefined;
  /** The far end counts, and has so many of all that ever left: what came after is sent again. */
  got?: number | undefined;
  /** The far end reads what is packed, up to so many bytes; absent: not at all. */
  packedBytes?: number | undefined;
  /** It reads several texts in one frame. */
  joins?: boolean;
}
