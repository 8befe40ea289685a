import { setImmediate } from 'node:timers/promises';
import { MemoryRooms } from './memory-rooms.ts';
import type { OpenRooms, Tell } from './rooms.ts';

/** One store for several relays of a test: it decides later, every relay hears of everything, and it can be out of reach. */
export class SharedRooms {
  readonly #tells = new Set<Tell>();
  readonly #rooms = new MemoryRooms((fact) => { for (const tell of this.#tells) tell(fact); });
  /** What every decision waits for: rejects where the store is out of reach. */
  before: () => Promise<unknown> = () => setImmediate();

  readonly open: OpenRooms = (tell) => {
    this.#tells.add(tell);
    const rooms = this.#rooms;
    const ask = async <T>(decide: () => Promise<T>): Promise<T> => {
      await this.before();
      return decide();
    };
    return {
      enter: (...of) => ask(() => rooms.enter(...of)),
      revise: (...of) => ask(() => rooms.revise(...of)),
      hold: (...of) => ask(() => rooms.hold(...of)),
      leave: (...of) => ask(() => rooms.leave(...of)),
      admit: (...of) => ask(() => rooms.admit(...of)),
      refuse: (...of) => ask(() => rooms.refuse(...of)),
      remove: (...of) => ask(() => rooms.remove(...of)),
      lock: (...of) => ask(() => rooms.lock(...of)),
      end: (...of) => ask(() => rooms.end(...of)),
      find: (...of) => rooms.find(...of),
      members: (...of) => rooms.members(...of),
      knockers: (...of) => rooms.knockers(...of),
      isLocked: (...of) => rooms.isLocked(...of),
      isReachable: () => true,
      census: () => rooms.census(),
      carry: ({ socketId }, event, body) => {
        for (const other of this.#tells) if (other !== tell) other({ fact: 'carried', socketId, event, body });
        return true;
      },
      close: () => { this.#tells.delete(tell); },
    };
  };

  close(): void {
    this.#rooms.close();
  }
}
