import { expect } from '@open-wc/testing';
import { openPair, pcPair } from '../../test/support/pc-pair.ts';
import { until } from '../../test/support/until.ts';
import { FlowGate } from './flow-gate.ts';
import { Traffic } from './traffic.ts';

const KIB = 1024;
const WATER = { highWaterBytes: 256 * KIB, lowWaterBytes: 64 * KIB, queueBytes: 4096 * KIB };

describe('Traffic', () => {
  it('lets a channel send little while one of higher priority has much, and all of it afterwards', async () => {
    const end = new AbortController();
    try {
      const { pcs, dcs: [highDc, farHigh] } = await pcPair({}, end.signal);
      const [lowDc, farLow] = await openPair(pcs, 1);
      const traffic = new Traffic();
      const [high, low] = (['high', 'low'] as const).map((priority) => new FlowGate({ ...WATER, traffic, priority })) as [FlowGate, FlowGate];
      high.attach(highDc, { scope: end.signal });
      low.attach(lowDc, { scope: end.signal });
      const arrived = { high: 0, low: 0 };
      farHigh.addEventListener('message', () => { arrived.high++; });
      farLow.addEventListener('message', () => { arrived.low++; });
      for (let i = 0; i < 60; i++) high.push(new Uint8Array(16 * KIB));
      for (let i = 0; i < 60; i++) low.push(new Uint8Array(16 * KIB));
      expect(highDc.bufferedAmount).to.be.at.least(WATER.highWaterBytes);
      expect(lowDc.bufferedAmount).to.be.at.most(32 * KIB);
      await until(() => arrived.high === 60, 'the one arrived');
      expect(arrived.low).to.be.below(60);
      await until(() => arrived.low === 60, 'and so did the other');
    } finally {
      end.abort();
    }
  });

  it('forgets who is closed', async () => {
    const end = new AbortController();
    try {
      const { pcs, dcs: [highDc] } = await pcPair({}, end.signal);
      const [lowDc] = await openPair(pcs, 1);
      const traffic = new Traffic();
      const [high, low] = (['high', 'low'] as const).map((priority) => new FlowGate({ ...WATER, traffic, priority })) as [FlowGate, FlowGate];
      high.attach(highDc, { scope: end.signal });
      low.attach(lowDc, { scope: end.signal });
      for (let i = 0; i < 30; i++) high.push(new Uint8Array(16 * KIB));
      expect(traffic.limit(low)).to.equal(16 * KIB);
      traffic.remove(high);
      expect(traffic.limit(low)).to.equal(WATER.highWaterBytes);
    } finally {
      end.abort();
    }
  });
});
