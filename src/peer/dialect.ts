/**
 * How one talks to the far end of a control channel. Two exist: our own (`conversation.ts`), and that of rtc.io 1.x clients
 * (`../rtcio/`), loaded when the first of them appears.
 */
import type { ControlChannel } from '../channels/control-channel.ts';
import type { Exchange } from '../channels/exchange.ts';
import type { ChannelPort } from '../channels/peer-channels.ts';
import type { RemoteTrackView } from '../media/remote-tracks.ts';
import type { SenderSync } from '../media/sender-sync.ts';
import type { Viewing } from '../media/viewing.ts';
import type { Envelope } from '../protocol/control.ts';
import type { Gesturing } from '../protocol/gesture.ts';
import type { PeerSignal, StreamSignal } from '../protocol/wire.ts';
import type { PeerLimits } from '../protocol/peer-limits.ts';
import type { RoomError } from '../shared/errors.ts';
import type { PairView } from './hello.ts';
import type { RelayWord } from './liveness.ts';

/** What a peer tells its mesh. */
export interface PeerHandlers {
  send(data: PeerSignal): void;
  /** Someone else here has proved to hold this key. */
  isTaken(fp: string): boolean;
  /** The relay can be reached. */
  canSignal(): boolean;
  /** The relay's word about this participant. */
  word(): RelayWord;
  /** Everything was checked: from now on it is heard and spoken to. */
  onConnected(): void;
  onInterrupted(silent: boolean, reason: string): void;
  onTracks(tracks: readonly RemoteTrackView[]): void;
  onEvent(event: string, args: readonly unknown[]): void;
  onRequest(event: string, payload: unknown): unknown;
  /** What the far end says of named channels, unread. */
  onChannelNotice(args: readonly unknown[]): void;
  /** What the far end says on the way to a spoken code, unread. */
  onVerify(args: readonly unknown[]): void;
  /** A raised hand, a reaction, unread. */
  onGesture(args: readonly unknown[]): void;
  /** What goes beside chat lines, unread. */
  onTalk(args: readonly unknown[]): void;
  /** Before anything is gathered anew: resolves once the ICE servers' credentials hold, or will not soon. */
  freshIce(): Promise<void>;
  /** Something of the peer was not taken up. @param cost of what was over the rate */
  readonly onDropped: (reason: string, cost?: number) => void;
  /** Something that an app should know, and that ends nothing. */
  onError(error: RoomError): void;
  /** This pc is of no use any more: make another. */
  onGiveUp(): void;
  /** It is over. With an error where it ended because the far end is not what it should be. */
  onClosed(reason: string, error?: RoomError): void;
}

/** What a dialect is given of its peer. */
export interface PeerParts {
  readonly pc: RTCPeerConnection;
  readonly control: ControlChannel;
  /** What must arrive, over this pc and the next. */
  readonly exchange: Exchange;
  readonly senders: SenderSync;
  /** What this page shows of theirs. */
  readonly viewing: Viewing;
  /** What this end says without words. */
  readonly gestures: Gesturing;
  /** As both must see it; known once the far end's description has passed the gate. */
  view(): PairView;
  /** This side gives out the streams of named channels. */
  readonly allocates: boolean;
  /** When anything was last heard, on an earlier pc too. */
  readonly heardMs: number;
  readonly handlers: PeerHandlers;
  readonly limits: PeerLimits;
  /** Counts something of the peer that is not taken up. */
  drop(reason: string, cost?: number): void;
  readonly scope: AbortSignal;
}

export interface Dialect {
  readonly kind: 'engine' | 'rtcio';
  readonly heardMs: number;
  /** Where named channels are spoken. */
  readonly channelPort: ChannelPort | undefined;
  /** Says something on the way to a spoken code; to who can take part. */
  verify?: ((args: readonly unknown[]) => void) | undefined;
  /** Says what goes beside chat lines; to who understands it. */
  talk?: ((args: readonly unknown[]) => void) | undefined;
  /** The control channel is open and the far end's certificate is the expected one. */
  opened(): void;
  /** Anything came over the control channel. */
  heard(): void;
  receive(envelope: Envelope): void;
  /** Said about streams, by way of the relay. */
  receiveStream(signal: StreamSignal): void;
  /** The control channel closed though this end did not close it. */
  closedByPeer(): void;
  /** What is published, or what of it is negotiated, changed. */
  announce(): void;
  /** The last words. */
  goodbye(reason: string): void;
}

export type DialectFactory = (parts: PeerParts) => Dialect;
