import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { lazily, loadAgain } from './load-again.ts';

const turns = () => new Promise((resolve) => { setImmediate(resolve); });

describe('loadAgain', () => {
  let loads: number;
  beforeEach(() => {
    loads = 0;
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => { mock.timers.reset(); });

  const failing = (times: number) => () => (++loads > times ? Promise.resolve('chunk') : Promise.reject(new Error('offline')));
  const pass = async (waits: number) => {
    for (let i = 0; i < waits; i++) {
      await turns();
      mock.timers.tick(2000);
    }
    await turns();
  };

  it('tries three times, two seconds apart', async () => {
    const chunk = loadAgain(failing(2));
    await turns();
    mock.timers.tick(1999);
    await turns();
    assert.equal(loads, 1);
    mock.timers.tick(1);
    await pass(1);
    assert.equal(await chunk, 'chunk');
  });

  it('then says why not', async () => {
    const chunk = assert.rejects(loadAgain(failing(3)), { code: 'load-failed', message: 'load-failed: Error: offline' });
    await pass(2);
    await chunk;
    assert.equal(loads, 3);
  });

  it('ends with its scope', async () => {
    const end = new AbortController();
    const chunk = assert.rejects(loadAgain(failing(1), end.signal), { name: 'AbortError' });
    await turns();
    end.abort();
    await chunk;
    await pass(2);
    assert.equal(loads, 1);
  });

  it('lazily: once for all who ask, and anew for who asks after a failure', async () => {
    const load = lazily(failing(3));
    const [one, other] = [load(), load()];
    assert.equal(one, other);
    const refused = assert.rejects(one, { code: 'load-failed' });
    await pass(2);
    await refused;
    assert.equal(await load(), 'chunk');
    assert.equal(await load(), 'chunk');
    assert.equal(loads, 4);
  });

  it('lazily: once for all, though who was refused asks again before others have heard of it', async () => {
    const load = lazily(failing(3));
    const again = load().catch(load);
    const other = load().catch(load);
    await pass(2);
    assert.deepEqual([await again, await other], ['chunk', 'chunk']);
    assert.equal(loads, 4);
  });
});
