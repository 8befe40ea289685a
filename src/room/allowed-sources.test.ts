import { expect } from '@open-wc/testing';
import { FakeTopology } from '../topology/fake-topology.ts';
import { Room } from './room.ts';
import type { RoomOptions } from './room-options.ts';

describe('the option `sources`', () => {
  let room: Room | undefined;
  afterEach(() => { room?.close(); });

  async function shown(sources: RoomOptions['sources']): Promise<string[]> {
    room = new Room({ server: 'http://relay.invalid', name: 'lobby', ...(sources && { sources }) }, FakeTopology.factory);
    await room.join();
    for (const id of ['a', 'b']) {
      FakeTopology.latest?.arrive(id);
      const tracks = ['camera', 'slides', '__proto__'].map((source) => ({ id: source, source, kind: 'video' as const, live: true }));
      FakeTopology.latest?.tell({ type: 'participant-tracks', id, tracks });
    }
    return room.snapshot.participants.flatMap(({ id, tracks }) => tracks.map(({ source }) => `${id} ${source}`));
  }

  it('takes any name unless told', async () => {
    expect((await shown(undefined)).length).to.equal(6);
  });

  it('takes those of a list', async () => {
    expect(await shown(['camera', 'constructor'])).to.deep.equal(['a camera', 'b camera']);
  });

  it('asks who sends it, and takes an exception for a no', async () => {
    const heard: unknown[] = [];
    const onError = (event: ErrorEvent) => { heard.push(event.message); event.preventDefault(); };
    const { onerror } = window;
    window.onerror = null;
    window.addEventListener('error', onError);
    try {
      const sources = (source: string, participant: string) => {
        if (source === 'camera') throw new Error('of the app');
        return source === 'slides' && participant === 'a';
      };
      expect(await shown(sources)).to.deep.equal(['a slides']);
      expect(heard.length).to.equal(2);
    } finally {
      window.removeEventListener('error', onError);
      window.onerror = onerror;
    }
  });
});
