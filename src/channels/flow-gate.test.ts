import { expect } from '@open-wc/testing';
import { openPair, pcPair } from '../../test/support/pc-pair.ts';
import { until } from '../../test/support/until.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import { codeOf } from './channels.testing.ts';
import { FlowGate } from './flow-gate.ts';
import { Unpacker, packBytes } from './packing.ts';
import type { FlowGateOptions } from './flow-gate-options.ts';

const KIB = 1024;
const frame = (n: number, bytes: number) => {
  const data = new Uint8Array(bytes);
  new DataView(data.buffer).setUint32(0, n);
  return data;
};

describe('FlowGate', () => {
  let end: AbortController;
  let drains: number;

  beforeEach(() => {
    end = new AbortController();
    drains = 0;
  });

  afterEach(() => { end.abort(); });

  const gate = (options: Partial<FlowGateOptions> = {}) => new FlowGate({
    highWaterBytes: 256 * KIB, lowWaterBytes: 64 * KIB, queueBytes: 1024 * KIB, onDrain: () => { drains++; }, ...options,
  });
  /** What the far end gets: the numbers of binary frames, texts as they are. */
  const received = (dc: RTCDataChannel) => {
    const got: (number | string)[] = [];
    dc.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      got.push(typeof data === 'string' ? data : new DataView(data).getUint32(0));
    });
    return got;
  };
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

  it('keeps what comes before a channel is there, in order, and hands it over', async () => {
    const { dcs: [near, far] } = await pcPair({}, end.signal);
    const got = received(far);
    const flow = gate();
    for (const n of numbers(10)) flow.push(`${n}`);
    flow.attach(near, { scope: end.signal });
    flow.push('last');
    await until(() => got.length === 11, 'all of it arrived');
    expect(got).to.deep.equal([...numbers(10).map(String), 'last']);
    expect(flow.bufferedBytes).to.equal(near.bufferedAmount);
  });

  it('refuses what goes beyond its queue, and loses nothing of what it took', async () => {
    const { dcs: [near, far] } = await pcPair({}, end.signal);
    const got = received(far);
    const flow = gate({ queueBytes: 100 * KIB });
    for (const n of numbers(10)) flow.push(frame(n, 10 * KIB));
    expect(flow.accepts('x')).to.equal(false);
    expect(codeOf(() => flow.push(frame(10, 8)))).to.equal('queue-full');
    flow.attach(near, { scope: end.signal });
    await until(() => got.length === 10, 'what was taken arrived');
    expect(flow.push(frame(10, 8))).to.equal(true);
    await until(() => got.length === 11, 'and so did the next');
    expect(got).to.deep.equal(numbers(11));
  });

  it('says stop at the high watermark, never lets the browser hold much more, and drains at the low one', async () => {
    const { dcs: [near, far] } = await pcPair({}, end.signal);
    const got = received(far);
    const flow = gate({ queueBytes: 8192 * KIB });
    flow.attach(near, { scope: end.signal });
    const FRAMES = 300;
    let sent = 0;
    let largest = 0;
    let stops = 0;
    const fill = () => {
      while (sent < FRAMES) {
        const more = flow.push(frame(sent++, 16 * KIB));
        largest = Math.max(largest, near.bufferedAmount);
        if (!more) { stops++; return; }
      }
    };
    let seen = 0;
    fill();
    while (sent < FRAMES) {
      await until(() => drains > seen, 'it drained');
      seen = drains;
      expect(flow.bufferedBytes).to.be.at.most(256 * KIB);
      fill();
    }
    await until(() => got.length === FRAMES, 'all of it arrived');
    expect(got).to.deep.equal(numbers(FRAMES));
    expect(largest).to.be.below(256 * KIB + 16 * KIB + 1);
    expect(stops).to.be.greaterThan(2);
  });

  it('loses nothing to a sender who does not listen, up to the queue', async () => {
    const { dcs: [near, far] } = await pcPair({}, end.signal);
    const got = received(far);
    const flow = gate({ queueBytes: 512 * KIB });
    flow.attach(near, { scope: end.signal });
    let taken = 0;
    while (codeOf(() => flow.push(frame(taken, 16 * KIB))) !== 'queue-full') taken++;
    await until(() => got.length === taken, 'what was taken arrived');
    expect(got).to.deep.equal(numbers(taken));
    expect(drains).to.equal(1);
  });

  it('copies what waits: its owner may go on writing', async () => {
    const { dcs: [near, far] } = await pcPair({}, end.signal);
    const got = received(far);
    const flow = gate();
    const mine = new Uint8Array(16);
    for (const n of numbers(3)) {
      new DataView(mine.buffer).setUint32(4, n);
      flow.push(mine.subarray(4, 8));
    }
    flow.attach(near, { scope: end.signal });
    await until(() => got.length === 3, 'all of it arrived');
    expect(got).to.deep.equal([0, 1, 2]);
  });

  it('flows on over the next channel when one is gone', async () => {
    const { pcs, dcs: [near] } = await pcPair({}, end.signal);
    const [next, far] = await openPair(pcs, 1);
    const got = received(far);
    const flow = gate();
    flow.attach(near, { scope: end.signal });
    flow.detach();
    flow.push('waits');
    expect(flow.isOpen).to.equal(false);
    flow.attach(next, { scope: end.signal });
    await until(() => got.length === 1, 'it arrived over the other');
    expect(got).to.deep.equal(['waits']);
  });

  it('sends again what was not acknowledged, in order and before what waits', async () => {
    const { pcs, dcs: [near] } = await pcPair({}, end.signal);
    const [next, far] = await openPair(pcs, 1);
    const got = received(far);
    const flow = gate();
    const mine = frame(2, 8);
    flow.attach(near, { scope: end.signal, got: 0 });
    for (const n of numbers(2)) flow.push(`${n}`);
    flow.push(mine);
    mine.fill(255);
    expect([flow.acknowledge(1), flow.acknowledge(4), flow.undelivered]).to.deep.equal([true, false, 2]);
    flow.detach();
    flow.push('3');
    flow.attach(next, { scope: end.signal, got: 1 });
    await until(() => got.length === 3, 'it arrived over the other');
    expect(got).to.deep.equal(['1', 2, '3']);
    expect([flow.acknowledge(4), flow.undelivered]).to.deep.equal([true, 0]);
  });

  it('keeps a bounded amount that was not acknowledged, and then waits', async () => {
    const { dcs: [near, far] } = await pcPair({}, end.signal);
    const got = received(far);
    const flow = gate({ keptBytes: 3000 });
    flow.attach(near, { scope: end.signal, got: 0 });
    for (const n of numbers(5)) flow.push(frame(n, 1000));
    await until(() => got.length === 3, 'as much arrived as may be kept');
    expect(flow.bufferedBytes).to.equal(2000);
    flow.acknowledge(2);
    flow.flush();
    await until(() => got.length === 5, 'the rest arrived');
    expect(got).to.deep.equal(numbers(5));
  });

  it('paces itself to what the far end takes, and keeps the order', async () => {
    const { dcs: [near, far] } = await pcPair({}, end.signal);
    const startMs = performance.now();
    const got = received(far);
    const flow = gate();
    flow.attach(near, { scope: end.signal, pace: new TokenBucket({ perSecond: 100, burst: 5 }) });
    for (const n of numbers(25)) flow.push(`${n}`);
    await until(() => got.length === 25, 'all of it arrived');
    expect(got).to.deep.equal(numbers(25).map(String));
    expect(performance.now() - startMs).to.be.greaterThan(190);
  });

  describe('with something in parts under way', () => {
    const large = Uint8Array.from({ length: 300 * KIB }, (_, i) => i >> 8);
    /** Texts, and what is put together, as bytes. */
    const unpacked = (dc: RTCDataChannel) => {
      const unpacker = new Unpacker(1024 * KIB);
      const got: unknown[] = [];
      dc.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
        const message = typeof data === 'string' ? data : unpacker.take(data);
        if (message !== undefined) got.push(message instanceof ArrayBuffer ? new Uint8Array(message) : message);
      });
      return got;
    };

    it('lets what is urgent through, and goes on where it was', async () => {
      const { dcs: [near, far] } = await pcPair({}, end.signal);
      const got = unpacked(far);
      const flow = gate();
      flow.attach(near, { scope: end.signal, packedBytes: 1024 * KIB });
      flow.push(packBytes(large));
      flow.push('urgent', true);
      flow.push('last');
      await until(() => got.length === 3, 'all of it arrived');
      expect(got).to.deep.equal(['urgent', large, 'last']);
    });

    it('finishes it where all that waits is given up', async () => {
      const { dcs: [near, far] } = await pcPair({}, end.signal);
      const got = unpacked(far);
      const flow = gate();
      flow.attach(near, { scope: end.signal, packedBytes: 1024 * KIB });
      flow.push(packBytes(large));
      flow.push('given up');
      flow.discard();
      flow.push(packBytes(large.subarray(KIB)));
      await until(() => got.length === 2, 'both arrived');
      expect(got).to.deep.equal([large, large.subarray(KIB)]);
    });
  });

  it('holds a bounded number of empty frames too', () => {
    const flow = gate({ queueBytes: 100 });
    for (let i = 0; i < 100; i++) flow.push('');
    expect(codeOf(() => flow.push(''))).to.equal('queue-full');
  });
});
