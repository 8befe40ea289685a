import assert from 'node:assert/strict';
import { it } from 'node:test';
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

  it('stops a start whose URL cannot be right, and does not repeat it', () => {
    for (const url of ['localhost:6379', 'http://hush-hush', 'redis://hush-hush@host/rooms', '']) {
      assert.throws(() => new RedisRooms({ url, holdMs: 0, log: silent, tell: () => undefined }),
        { name: 'TypeError', message: 'redis is not a URL like redis://127.0.0.1:6379' });
    }
  });
});
