import { expect } from '@open-wc/testing';
import { createRoom } from '../index.ts';
import { openLoopback } from './loopback-rooms.ts';
import { until } from '../../test/support/until.ts';
import type { Room } from '../index.ts';

describe('server: loopback', () => {
  const rooms: Room[] = [];
  const enter = (name: string, displayName: string) => {
    const room = createRoom({ server: 'loopback', name, displayName });
    rooms.push(room);
    return room;
  };
  const names = (room: Room) => room.snapshot.participants.map((person) => `${person.name} ${person.state}`);

  afterEach(() => { for (const room of rooms.splice(0)) room.close(); });

  it('lets rooms of one name in one page meet, by real connections, and no others', async () => {
    const [ada, bo, other] = [enter('here', 'Ada'), enter('here', 'Bo'), enter('elsewhere', 'Cy')];
    const heard: unknown[] = [];
    bo.on('greet', (words, { from }) => { heard.push([words, from]); });
    await Promise.all(rooms.map((room) => room.join()));
    await until(() => names(ada).includes('Bo connected') && names(bo).includes('Ada connected'), 'they meet');
    ada.emit('greet', 'hello');
    await until(() => heard.length > 0, 'the greeting arrived');
    expect(heard).to.deep.equal([['hello', ada.snapshot.local.id]]);
    expect(names(other)).to.deep.equal([]);
    await ada.leave();
    await until(() => bo.snapshot.participants.length === 0, 'the leave is seen');
    await ada.join();
    await until(() => names(bo).includes('Ada connected'), 'they meet again');
  });

  it('keeps nobody who left while they joined', async () => {
    const hasty = openLoopback('left');
    hasty.connect();
    void hasty.join({ roomId: 'left', fp: '', engine: { v: 1 } });
    hasty.leave();
    const bo = enter('left', 'Bo');
    await bo.join();
    expect(names(bo)).to.deep.equal([]);
  });
});
