import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { LazyChannels } from './lazy-channels.ts';
import { MeshChannels } from './mesh-channels.ts';
import type { ChannelPort } from '../../channels/peer-channels.ts';

const wish = (name: string, wish = 1) => [{ name, open: true, wish }];
const turns = () => new Promise((resolve) => { setImmediate(resolve); });

describe('LazyChannels', () => {
  let end: AbortController;
  let wanted: string[];
  let drops: string[];
  let failures: number;
  let channels: LazyChannels;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    end = new AbortController();
    [wanted, drops, failures] = [[], [], 0];
    channels = new LazyChannels(end.signal, [(id, name) => { wanted.push(`${id} ${name}`); }, () => undefined], () =>
      failures-- > 0 ? Promise.reject(new Error('offline')) : Promise.resolve({ MeshChannels }));
  });
  afterEach(() => {
    end.abort();
    mock.timers.reset();
  });

  const connect = (id: string) => {
    const port = { scope: end.signal, drop: (reason: string) => { drops.push(reason); }, notify: () => undefined };
    channels.connected(id, port as unknown as ChannelPort);
  };
  const pass = async (...waitsMs: number[]) => {
    for (const ms of waitsMs) {
      await turns();
      mock.timers.tick(ms);
    }
    await turns();
  };

  it('hears what others opened while its code could not be had, once it can', async () => {
    failures = 1;
    connect('bo');
    channels.receive('bo', wish('doc'));
    await pass(2000);
    assert.deepEqual(wanted, ['bo doc']);
    channels.receive('bo', wish('other'));
    await pass();
    assert.deepEqual(wanted, ['bo doc', 'bo other']);
  });

  it('lets it wait when several tries were in vain, as long as they are connected', async () => {
    failures = 4;
    for (const id of ['bo', 'cy']) {
      connect(id);
      channels.receive(id, wish('doc'));
    }
    await pass(2000, 2000);
    channels.disconnected('cy');
    assert.equal(failures, 1);
    await pass(30_000, 2000);
    assert.deepEqual(wanted, ['bo doc']);
  });

  it('lets a bounded number wait, of each', async () => {
    failures = 1;
    for (const id of ['bo', 'cy']) connect(id);
    for (let i = 0; i < 300; i++) channels.receive('bo', wish(`n${i}`, i));
    channels.receive('cy', wish('doc'));
    await pass(2000);
    assert.deepEqual([wanted.length, wanted.at(-1), drops.length, drops[0]], [257, 'cy doc', 44, 'channel']);
  });

  it('tells who opens one, and tries again for the next', async () => {
    failures = 3;
    const opening = assert.rejects(channels.open('doc', {}, undefined), { code: 'load-failed' });
    await pass(2000, 2000);
    await opening;
    assert.equal((await channels.open('doc', {}, undefined)).name, 'doc');
  });

  it('opens none where one has left meanwhile', async () => {
    const opening = assert.rejects(channels.open('doc', {}, undefined), { name: 'AbortError' });
    end.abort();
    await opening;
  });
});
