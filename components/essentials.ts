/** What `rtc.js` holds at once; index.ts adds what it loads when its tag appears. */
export * from '../src/index.ts';
export * from './events.ts';
export { roomContext } from './context/room-context.ts';
export { RoomController } from './controllers/room-controller.ts';
export { defaultServer, setDefaultServer } from './internal/default-server.ts';
export { setMessages } from './internal/messages.ts';
export { RtcLobbyElement } from './rtc-lobby/rtc-lobby.ts';
export { RtcRoomElement } from './rtc-room/rtc-room.ts';
export type { RoomControllerHost } from './controllers/room-controller.ts';
export type { Selector } from './controllers/snapshot-controller.ts';
export type { Messages, Sentence } from './internal/messages.ts';
export type { RoomAction, RoomHost } from './internal/room-request.ts';
