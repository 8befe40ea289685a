import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isReservedEvent, isReservedRelayEvent } from './reserved.ts';

describe('isReservedEvent', () => {
  const reserved = [
    'peer-connect', 'peer-disconnect', 'track-added', 'track-removed', 'participant-joined', 'participant-left', 'state-changed', 'error',
    'connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener',
    '#rtcio:', '#rtcio:message', '#rtcio:hello', '#rtcio:anything at all',
  ];
  for (const name of reserved) it(`keeps ${name} for the library`, () => { assert.ok(isReservedEvent(name) && isReservedRelayEvent(name)); });

  for (const name of ['chat', 'peer-connected', 'Error', 'rtcio:x', ' #rtcio:x', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '']) {
    it(`leaves ${JSON.stringify(name)} to apps`, () => { assert.equal(isReservedEvent(name), false); });
  }

  for (const name of ['join-room', 'leave-room', 'user-connected', 'user-disconnected']) {
    it(`keeps ${name} for the relay only on the way to and from it`, () => {
      assert.deepEqual([isReservedEvent(name), isReservedRelayEvent(name)], [false, true]);
    });
  }
});
