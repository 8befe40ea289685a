/** In a page: what given.ts declares, with somebody else in the room, so that a snippet can say something to somebody. */
import * as v from 'valibot';
import '../../components/define/all.ts';
import { createRoom, watch } from '../../src/index.ts';

const server = location.origin;
const guest = createRoom({ server, name: 'lobby', displayName: 'Guest' });
guest.handle('time', () => Date.now());
await guest.join();
const room = createRoom({ server, name: 'lobby' });
await room.join();

const channel = await room.openChannel('given');
const opened = new Promise((resolve) => { channel.lifecycle.once('open', resolve); });
const there = await guest.openChannel('given');
there.lifecycle.on('stream', ({ readable }) => { void readable.pipeTo(new WritableStream()); });
await opened;

const id = guest.snapshot.local.id;
const element = document.body.appendChild(document.createElement('rtc-room'));
Object.assign(element, { server, name: 'lobby' });
Object.assign(globalThis, {
  createRoom, watch, room, channel, v, server, id, to: id, participant: id, participantId: id,
  displayName: 'Ada', token: '', relayOnly: false, privateName: false, getToken: () => Promise.resolve(''),
  events: {}, sources: ['camera'], limits: {}, log: () => undefined, signal: new AbortController().signal, metadata: 'a note',
  bytes: new Uint8Array(100), blob: new Blob(['a'.repeat(1000)]), file: new File(['a'.repeat(1000)], 'photo.png'),
  readable: new Blob(['a'.repeat(1000)]).stream(), somewhere: new WritableStream(), width: 100, height: 100, visible: true,
  badge: document.createElement('output'), meter: document.createElement('output'), input: document.createElement('input'),
  draw: () => undefined, greet: () => undefined,
});
