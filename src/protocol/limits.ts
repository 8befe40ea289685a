/** Bounds that both ends know. What the relay lets an operator change is an option there; these are the wire's own. */
export const PROTOCOL_VERSION = 1;
export const ROOM_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;
/** Participant ids are socket ids of socket.io (20 characters of base64url); the pattern leaves room for other relays. */
export const PARTICIPANT_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;
export const MAX_NAME_CHARS = 64;
export const MAX_VOUCH_CHARS = 2048;
/** On the wire: under a link secret, 30 bytes more and base64url of it all. */
export const MAX_SEALED_VOUCH_CHARS = 2772;
export const MAX_PRESENCE_CHARS = 1024;
export const MAX_RESUME_CHARS = 512;
export const MAX_SDP_CHARS = 65_536;
export const MAX_SDP_MEDIA_SECTIONS = 32;
export const MAX_CANDIDATE_CHARS = 1024;
export const MAX_SEALED_CHARS = 96 * 1024;
export const MAX_STREAM_ID_CHARS = 128;
export const MAX_STREAM_EVENTS = 16;
/** One control frame, in UTF-16 code units of its JSON text. */
export const MAX_CONTROL_CHARS = 65_536;
/** Of events that wait for one participant, and of those that were not acknowledged, unless told. */
export const KEPT_BYTES = 1_048_576;
export const MAX_EVENT_NAME_CHARS = 128;
export const MAX_CHANNEL_NAME_CHARS = 128;
export const MAX_CHAT_CHARS = 4000;
/** A token for the relay, such as a JWT with a few claims. */
export const MAX_TOKEN_CHARS = 4096;
export const MAX_ROLES = 16;
export const MAX_ROLE_CHARS = 64;
export const MAX_SOURCE_CHARS = 64;
/** What a publisher says of a stream, as JSON. */
export const MAX_METADATA_CHARS = 1024;
