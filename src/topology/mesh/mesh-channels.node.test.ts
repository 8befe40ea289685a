import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { channelIdOf } from '../../protocol/channel-id.ts';
import { RtcioChannels } from '../../rtcio/rtcio-channels.ts';
import { MeshChannels } from './mesh-channels.ts';
import type { RoomError } from '../../shared/errors.ts';

/** Two names of one stream. */
function twins(): [string, string] {
  const names = new Map<number, string>();
  for (let i = 0; ; i++) {
    const [name, id] = [`n${i}`, channelIdOf(`n${i}`)];
    const other = names.get(id);
    if (other !== undefined) return [other, name];
    names.set(id, name);
  }
}

describe('MeshChannels', () => {
  it('refuses a channel to an rtc.io client on the stream of another; one to all is an error of its own', (t) => {
    const end = new AbortController();
    t.after(() => { end.abort(); });
    const errors: string[] = [];
    const channels = new MeshChannels(() => undefined, () => undefined);
    const pc = { createDataChannel: () => Object.assign(new EventTarget(), { readyState: 'connecting', close: () => undefined }) };
    const handlers = {
      onError: ({ code }: RoomError) => { errors.push(code); },
      onChannelNotice: (args: readonly unknown[]) => { channels.receive('bo', args); },
    };
    const parts = { pc, handlers, drop: () => undefined, scope: end.signal };
    channels.addPeer('bo', new RtcioChannels(parts as unknown as ConstructorParameters<typeof RtcioChannels>[0]));

    const [one, other] = twins();
    channels.open(one, {}, undefined);
    assert.throws(() => channels.open(other, {}, 'bo'), { code: 'channel-collision', message: new RegExp(`"${other}".*"${one}"`) });
    assert.deepEqual(errors, []);
    channels.open(other, {}, undefined).close(); // It was not opened before, and others take it.
    assert.deepEqual(errors, ['channel-collision']);
  });
});
