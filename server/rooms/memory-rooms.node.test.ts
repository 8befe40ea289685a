import { MemoryRooms } from './memory-rooms.ts';
import { roomsContract } from './rooms.testing.ts';
import { SharedRooms } from './shared-rooms.testing.ts';

roomsContract('MemoryRooms', (t, tell) => {
  const rooms = new MemoryRooms(tell);
  t.after(() => { rooms.close(); });
  return rooms;
});

roomsContract('SharedRooms, which the tests of several relays stand on,', (t, tell) => {
  const shared = new SharedRooms();
  t.after(() => { shared.close(); });
  return shared.open(tell);
});
