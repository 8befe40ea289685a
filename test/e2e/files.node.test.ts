import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until, untilConnected } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { useStage } from '../support/stage.ts';

const MIB = 1024 * 1024;
const SIZE = 20 * MIB + 7;

describe('a file between two pages, over a real relay', () => {
  const stage = useStage();

  /** Offers 20 MiB from one to the other, who takes it; both pages keep what they see. */
  async function begin(from: TestPage, to: TestPage, target: string) {
    await to.evaluate(() => {
      const page = globalThis as unknown as Record<string, unknown>;
      room.files.lifecycle.on('offer', ({ file }) => {
        page['received'] = file.accept().then(async (blob) => {
          if (!blob) return 'nothing';
          const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
          return `${blob.size} ${blob.type} ${new Uint8Array(digest).join()}`;
        }, String);
      });
    });
    const hash = await from.evaluate(async (id, size) => {
      const bytes = new Uint8Array(size);
      for (let i = 0; i < size; i += 65_536) crypto.getRandomValues(bytes.subarray(i, i + 65_536));
      await room.files.send(new File([bytes], 'holiday.zip', { type: 'application/zip' }), { to: id });
      return `${size} application/octet-stream ${new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join()}`;
    }, target, SIZE);
    await until(to, (part) => room.files.snapshot.transfers.some(({ bytes }) => bytes > part), 4 * MIB);
    return hash;
  }
  const received = (page: TestPage) => page.evaluate(() => (globalThis as unknown as { received: Promise<string> }).received);
  async function meet() {
    const [{ page: ada }, { page: bo, id }] = [await stage.enter('Ada'), await stage.enter('Bo')];
    for (const page of [ada, bo]) await untilConnected(page, 1);
    return { ada, bo, id };
  }

  it('arrives while the relay is killed and started again', async () => {
    const { ada, bo, id } = await meet();
    const hash = await begin(ada, bo, id);
    await stage.relay.kill();
    await stage.relay.start();
    assert.equal(await received(bo), hash);
    await until(ada, () => room.files.snapshot.transfers.every(({ state }) => state === 'done'));
    assert.deepEqual(await bo.evaluate(() => room.files.snapshot.transfers.map(({ name, type, state }) => ({ name, type, state }))),
      [{ name: 'holiday.zip', type: 'application/zip', state: 'done' }]);
  });

  it('goes on when the receiver leaves in the middle and comes back', async () => {
    const { ada, bo, id } = await meet();
    const hash = await begin(ada, bo, id);
    const had = await bo.evaluate(async () => {
      room.files.snapshot.transfers.forEach((transfer) => { room.files.find(transfer.id)?.pause(); });
      await room.leave();
      return room.files.snapshot.transfers.map(({ state, bytes }) => ({ state, bytes }));
    });
    assert.equal(had[0]?.state, 'interrupted');
    await until(ada, () => room.files.snapshot.transfers.every(({ state }) => state === 'interrupted'));
    await bo.evaluate(async () => {
      await room.join();
      room.files.snapshot.transfers.forEach((transfer) => { room.files.find(transfer.id)?.resume(); });
    });
    assert.equal(await received(bo), hash);
    await until(ada, () => room.files.snapshot.transfers.every(({ state }) => state === 'done'));
    assert.notEqual(await bo.evaluate(() => room.snapshot.local.id), id);
    assert.deepEqual([...ada.problems, ...bo.problems], []);
  });
});
