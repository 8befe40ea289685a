import { silent } from '../log.ts';
import { roomsContract } from '../rooms/rooms.testing.ts';
import { RedisRooms } from './redis-rooms.ts';
import { describeRedis } from './redis.testing.ts';

describeRedis('on a real Redis', (stage) => {
  roomsContract('RedisRooms', async (t, tell) => {
    const rooms = new RedisRooms({ url: stage.freshUrl(), holdMs: 60_000, log: silent, tell });
    t.after(() => { rooms.close(); });
    await rooms.open({ useAdapter: () => undefined, carry: () => undefined });
    return rooms;
  });
});
