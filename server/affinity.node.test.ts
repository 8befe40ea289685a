import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Ack, Joined } from '../src/protocol/wire.ts';
import { explainMisplaced, roomOfQuery } from './affinity.ts';
import { answerOf, handshake, ORIGIN, rawSocket, startRelay } from './relay.testing.ts';

/** Malformed, or written so that a proxy and the relay could read two rooms. */
const UNCLEAR = [
  'room', 'room=', 'room=a%20b', 'room=%61', 'r%6fom=a', 'Room=a', 'room=a&room=a', 'room=a&room=b', 'room=a&ROOM=b', 'room=a;b',
  'x=1;room=a&room=b', 'room=a&x=1;room=b',
  `room=${'x'.repeat(65)}`, 'room=../x', 'room=a+b', 'room=__proto__%00', 'room=%ff', 'room=%',
];

describe('roomOfQuery', () => {
  for (const [url, room] of [
    ['/socket.io/?EIO=4&room=lobby', 'lobby'], ['/?room=a', 'a'], ['?x=?room=b&room=a', 'a'], ['/socket.io/?roomy=a&x=room=b', undefined],
    ['/socket.io/?EIO=4', undefined], ['/socket.io/', undefined], ['/room=a', undefined], ['', undefined], [undefined, undefined],
  ] as const) {
    it(`reads ${String(room)} in ${JSON.stringify(url)}`, () => { assert.equal(roomOfQuery(url), room); });
  }

  it('takes nothing that two could read in two ways', () => {
    for (const query of UNCLEAR) assert.equal(roomOfQuery(`/socket.io/?EIO=4&${query}`), null, query);
  });
});

describe('explainMisplaced', () => {
  it('finds fault with a join of another room, and with one that no query announced where one has to', () => {
    const misplaced = [['/?room=a', false], ['/?room=a', true], ['/?room=b', false], ['/?room=b', true], ['/', false], ['/', true]] as const;
    assert.deepEqual(misplaced.map(([url, required]) => explainMisplaced(url, 'a', required) !== undefined),
      [false, false, true, true, false, true]);
  });
});

/** A socket whose query ends so joins `lobby`. @returns `joined`, or the code of the refusal */
async function joinLobby(t: TestContext, relay: { port: number }, query: string): Promise<string> {
  const socket = rawSocket(t, relay, query, { origin: ORIGIN });
  assert.equal(await handshake(socket), 'open');
  socket.send('40');
  await answerOf(socket, '40');
  socket.send(`420${JSON.stringify(['join-room', { roomId: 'lobby', name: 'someone' }])}`);
  const [ack] = JSON.parse((await answerOf(socket, '430')).slice(3)) as [Ack<Joined>];
  return ack.ok ? 'joined' : ack.error.code;
}

describe('a connection with a room in its query', () => {
  it('joins that one and no other', async (t) => {
    const relay = await startRelay(t);
    assert.equal(await joinLobby(t, relay, '&room=lobby'), 'joined');
    assert.equal(await joinLobby(t, relay, '&room=other'), 'wrong-relay');
    assert.equal(await joinLobby(t, relay, ''), 'joined');
  });

  it('has to have one where a proxy spreads rooms', async (t) => {
    const relay = await startRelay(t, { affinity: true });
    assert.equal(await joinLobby(t, relay, '&room=lobby'), 'joined');
    assert.equal(await joinLobby(t, relay, ''), 'wrong-relay');
  });

  it('is refused where the room is malformed or named twice, over WebSocket and polling', async (t) => {
    const relay = await startRelay(t, { polling: true });
    for (const query of UNCLEAR) {
      assert.equal(await handshake(rawSocket(t, relay, `&${query}`, { origin: ORIGIN })), 400, query);
      const url = `http://127.0.0.1:${relay.port}/socket.io/?EIO=4&transport=polling&${query}`;
      const response = await fetch(url, { headers: { origin: ORIGIN } });
      assert.deepEqual([response.status, (await response.json() as { message: string }).message], [403, 'invalid-room'], query);
    }
    assert.equal(await joinLobby(t, relay, '&room=lobby'), 'joined');
  });
});
