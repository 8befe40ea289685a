/** `rtc-elements/engine`: rooms without elements. Nothing here touches the DOM on import. */
export { createRoom } from './room/create-room.ts';
export { Room } from './room/room.ts';
export { createLinkSecret } from './room/link-secret.ts';
export { watch } from './shared/watch.ts';
export { RoomError } from './shared/errors.ts';
export { cleanName, isRoomId as isRoomName } from './protocol/primitives.ts';
export { REACTIONS } from './protocol/gesture.ts';
export { MAX_CHAT_CHARS } from './protocol/limits.ts';
export type { CreateRoomOptions } from './room/create-room.ts';
export type { EventContext, EventMap, Recipient, RoomOptions } from './room/room-options.ts';
export type { RoomEvents } from './room/room-events.ts';
export type { Moderation } from './room/moderation.ts';
export type { RoomFiles } from './room/room-files.ts';
export type { FileEvents, FileLimits, FilesView, SendFileOptions } from './files/files.ts';
export type { AcceptOptions, IncomingFile } from './files/incoming-file.ts';
export type { OutgoingFile } from './files/outgoing-file.ts';
export type { TransferState, TransferView } from './files/transfer-view.ts';
export type * from './room/snapshot.ts';
export type { Display, Shown } from './media/viewing.ts';
export type { AudioEncoding, Encodings, VideoEncoding, VideoPreset } from './media/encodings.ts';
export type { RoomVerification } from './room/room-verification.ts';
export type { VouchKeySet, VouchOptions, VouchRequest } from './identity/vouch-options.ts';
export type { SpokenCode } from './identity/spoken/code.ts';
export type { PairView, VerificationState, VerificationView } from './identity/spoken/view.ts';
export type { RoomStats, WatchStatsOptions } from './room/room-stats.ts';
export type { Check, Finding, FindingCode } from './diagnosis/finding.ts';
export type { StatsSample, StreamStats } from './stats/sample.ts';
export type { LinkQuality } from './stats/link-quality.ts';
export type { PathView } from './stats/reading.ts';
export type { CaptureOptions, CaptureSource } from './media/capture.ts';
export type {
  Channel, ChannelContext, ChannelLifecycle, ChannelOptions, Fact, HostAction, Publication, PublicationInit, RequestOptions,
  Insight, SendOptions, Standing, StreamOptions, Topology, TopologyContext, TopologyFactory,
} from './topology/topology.ts';
export type { Reaction } from './protocol/gesture.ts';
export type { EventRule, EventRules, EventsOf, SentOf, StandardSchema } from './protocol/event-rules.ts';
export type { PeerLimits } from './protocol/peer-limits.ts';
export type { Rate } from './protocol/token-bucket.ts';
export type { ErrorCode } from './shared/errors.ts';
export type { ListenOptions } from './shared/emitter.ts';
export type { Log, LogData, LogLevel } from './shared/logger.ts';
export type { ReadableStore } from './shared/store.ts';
