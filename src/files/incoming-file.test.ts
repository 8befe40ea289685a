import { expect } from '@open-wc/testing';
import { until } from '../../test/support/until.ts';
import { hashOf } from './blocks.ts';
import { MIB } from './files.testing.ts';
import { IncomingFile } from './incoming-file.ts';
import type { Line } from './line.ts';

describe('IncomingFile', () => {
  it('keeps little of what is said while a disk is slow', async () => {
    const host = { reserve: () => true, offerMs: 60_000, scope: new AbortController().signal, changed: () => undefined };
    const file = new IncomingFile(host, 'eve', { id: 'x', name: 'x', size: MIB + 1, type: '' });
    const wants: unknown[] = [];
    file.connect({ participant: 'eve', ended: () => undefined, tell: (...word: unknown[]) => wants.push(word) } as unknown as Line, 1);
    let release!: () => void;
    let writes = 0;
    const slow = new Promise<void>((resolve) => { release = resolve; });
    void file.accept({ to: new WritableStream({ write: () => { writes++; return slow; } }) });
    await until(() => wants.length === 3, 'both blocks are asked for');
    const block = new Uint8Array(MIB);
    expect([file.take({ number: 1, index: 0, offset: 0, bytes: block }), file.block(0, await hashOf(block))]).to.deep.equal([true, true]);
    await until(() => writes === 1, 'it is being written');
    let read = 0;
    for (let i = 0; i < 1000; i++) {
      const hashes: unknown[] = [];
      hashes.entries = () => { read++; return [].entries(); };
      expect(file.hashes(0, hashes)).to.equal(true);
    }
    expect(file.hashes(0, new Array(2000))).to.equal(false);
    release();
    await until(() => read > 0, 'it goes on');
    for (let turn = 0; turn < 2000; turn++) await Promise.resolve();
    expect(read).to.be.at.most(64);
  });
});
