/** What payloads are made of. */
export const EVENTS = [
  'join-room', 'leave-room', '#rtcio:message', '#rtcio:ice-servers', '#rtcio:renew', '#rtcio:host', 'echo',
] as const;
export const STRANGE_NAMES = [
  '#rtcio:closed', 'user-connected', 'error', 'connect', 'disconnect', 'disconnecting', 'newListener', '', '__proto__',
  'constructor', 'toString', 'x'.repeat(300), '\u0000', '\ud800',
];
export const KEYS = [
  'roomId', 'name', 'engine', 'fp', 'vouch', 'presence', 'resume', 'target', 'source', 'data', 'description', 'type', 'sdp',
  'candidate', 'sdpMid', 'sdpMLineIndex', 'usernameFragment', 'mid', 'events', 'sealed', 'v', 'action', 'token', '__proto__',
  'constructor', 'prototype', 'toString', 'toJSON', 'length', '_placeholder', 'num', 'then', 'hasOwnProperty', '', '0',
];
export const ATOMS: readonly unknown[] = [
  null, true, false, 0, -0, -1, 0.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 65_536, '', ' ', 'lobby', 'waiting', 'x'.repeat(65),
  'x'.repeat(5_000), '\u0000', '\ud800', '\u202e\u2066', '😀'.repeat(40), '__proto__', 'constructor', 'offer', 'answer',
  'rollback', '1e999', 'NaN', '../..', 'a b', 'A'.repeat(43), {}, [], [[]], [null],
];
export const NO_JSON = ['[,]', '{', '"', 'undefined', '01', '{"a":1,}'];
/** Numbers and nestings that `JSON.stringify` would not write. */
export const RAW_JSON = [
  '1e999', '-1e999', '1'.repeat(400), `${'['.repeat(5_000)}${']'.repeat(5_000)}`, `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  '{"__proto__":{"roomId":"lobby"}}', '{"roomId":"lobby","roomId":"other"}', '"\\ud800\\u0000"',
];
/** Packets of engine.io and socket.io that no client sends, or not then. */
export const ODD_PACKETS = [
  '0', '1', '2', '2probe', '3', '5', '6', '7', 'x', '40', '40/other,', '41', '42', '42[]', '42{}', '42[1]', '420["x"]', '43',
  '430[]', '44{"message":1}', '4', '', 'b', 'bAAECAw==', '451-["x",{}]', '461-1[]',
];
export const QUERY_VALUES = ['4', '3', 'websocket', 'polling', 'webtransport', '__proto__', '', '%ZZ', '%00', 'x'.repeat(300)];
export const ODD_REQUESTS = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n',
  'GET //[ HTTP/1.1\r\nHost: x\r\n\r\n',
  'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n',
  'GET /health?origin=%ZZ HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /%00/../../package.json HTTP/1.1\r\nHost: x\r\n\r\n',
  '\u0016\u0003\u0001',
];
