import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../test/support/until.ts';
import { SpeakerWatch } from './speaker-watch.ts';
import type { Room } from '../../src/index.ts';

function speaking(): { room: Room; speak(id: string | undefined): void; watched: () => boolean } {
  let listener: ((id: string | undefined) => void) | undefined;
  const room = {
    stats: {
      watchSpeaker: (told: typeof listener, { signal }: { signal: AbortSignal }) => {
        listener = told;
        signal.addEventListener('abort', () => { listener = undefined; });
      },
    },
  } as unknown as Room;
  return { room, speak: (id) => { listener?.(id); }, watched: () => listener !== undefined };
}

describe('SpeakerWatch', () => {
  it('marks who speaks at once, and changes the stage no more often than it holds', async () => {
    const { room, speak } = speaking();
    const watch = new SpeakerWatch(() => {}, 300);
    watch.follow(room);
    const startedMs = performance.now();
    speak('a');
    assert.deepEqual([watch.speaker, watch.staged], ['a', 'a']);
    speak('b');
    speak('c');
    assert.deepEqual([watch.speaker, watch.staged], ['c', 'a']);
    await until(() => watch.staged === 'c', 'the last one comes on');
    assert.ok(performance.now() - startedMs >= 299);
  });

  it('brings nobody on who had the floor for less than that', async () => {
    const { room, speak } = speaking();
    const changes: (string | undefined)[] = [];
    const watch = new SpeakerWatch(() => { changes.push(watch.staged); }, 100);
    watch.follow(room);
    for (const id of ['a', 'b', 'a', 'c']) speak(id);
    await until(() => watch.staged === 'c', 'the next one comes on');
    assert.deepEqual(changes, ['a', 'a', 'a', 'a', 'c']);
  });

  it('lets go of a room, and of whoever spoke in it', () => {
    const { room, speak, watched } = speaking();
    const watch = new SpeakerWatch(() => {});
    watch.follow(room);
    speak('a');
    watch.follow(undefined);
    assert.deepEqual([watch.speaker, watch.staged, watched()], [undefined, undefined, false]);
  });
});
