import { HIGH_WATER, LOW_WATER } from './side.ts';
import type * as Engine from '../../src/index.ts';
import type { Participant } from './side.ts';

type CreateOurs = (server: string, room: string, options?: Partial<Engine.CreateRoomOptions>) => Participant;

/** Ours, through its public API alone, as it ships: `/engine.js`. */
export async function loadOurs(): Promise<CreateOurs> {
  const path = '/engine.js';
  const { createRoom } = await import(path) as typeof Engine;
  return (server, name, options) => {
    const room = createRoom<{ x: string }>({ server, name, ...options });
    let display: Engine.Display | undefined;
    return {
      join: () => room.join(),
      onPeer: (listener) => { room.lifecycle.on('participant-joined', ({ participant }) => { listener(participant.id); }); },
      onMessage: (listener) => { room.on('x', (text, { from }) => { listener(from, text); }); },
      send: (to, text) => { room.to(to).emit('x', text); },
      publish: (stream) => { room.publish({ source: 'camera', stream }); },
      onPicture: (listener) => {
        room.lifecycle.on('track-added', ({ participant, track: { track } }) => { if (track) listener(participant.id, track); });
      },
      look: (from, visible) => { (display ??= room.show(from, 'camera')).set({ width: 640, height: 480, visible }); },
      openBulk: async () => {
        const channel = await room.openChannel('bulk', { highWaterBytes: HIGH_WATER, lowWaterBytes: LOW_WATER });
        await new Promise((resolve) => { channel.lifecycle.once('open', resolve); });
        return {
          send: (data) => channel.send(data),
          drained: () => new Promise((resolve) => { channel.lifecycle.once('drain', () => { resolve(); }); }),
          onData: (listener) => { channel.lifecycle.on('data', ({ data }) => { listener(data); }); },
          emit: (event, payload) => channel.emit(event, payload),
          onEvent: (event, listener) => { channel.on(event, listener); },
        };
      },
      leave: () => { room.close(); },
    };
  };
}
