import { expect } from '@open-wc/testing';
import { openPair, pcPair } from '../../test/support/pc-pair.ts';
import { until } from '../../test/support/until.ts';
import { FlowGate } from './flow-gate.ts';
import { Traffic } from './traffic.ts';

const KIB = 1024;
const WATER = { highWaterBytes: 256 * KIB, lowWaterBytes: 64 * KIB, queueBytes: 4096 * KIB };
const FRAME = new Uint8Array(16 * KIB);

interface Side { gate: FlowGate; dc: RTCDataChannel; arrived: number; onArrived(): void; onDrain(): void }

describe('Traffic', () => {
  let end: AbortController;
  let traffic: Traffic;
  let high: Side;
  let low: Side;

  beforeEach(async () => {
    end = new AbortController();
    traffic = new Traffic();
    const { pcs, dcs } = await pcPair({}, end.signal);
    const side = (priority: 'high' | 'low', [dc, far]: readonly [RTCDataChannel, RTCDataChannel]): Side => {
      const onDrain = () => { made.onDrain(); };
      const made = { gate: new FlowGate({ ...WATER, traffic, priority, onDrain }), dc, arrived: 0, onArrived: () => {}, onDrain: () => {} };
      made.gate.attach(dc, { scope: end.signal });
      far.addEventListener('message', () => { made.arrived++; made.onArrived(); });
      return made;
    };
    high = side('high', dcs);
    low = side('low', await openPair(pcs, 1));
  });

  afterEach(() => { end.abort(); });

  const push = ({ gate }: Side, frames: number) => { for (let i = 0; i < frames; i++) gate.push(FRAME); };
  /** Resolves with how much of the other had arrived when so much of the one had. */
  const lowWhenHigh = (frames: number) => new Promise<number>((resolve) => {
    high.onArrived = () => { if (high.arrived === frames) resolve(low.arrived); };
  });

  it('lets a channel send little while one of higher priority has much, and all of it afterwards', async () => {
    push(high, 240);
    push(low, 100);
    expect(high.dc.bufferedAmount).to.be.at.least(WATER.highWaterBytes);
    expect(low.dc.bufferedAmount).to.be.at.most(32 * KIB);
    expect(await lowWhenHigh(240)).to.be.within(10, 60); // An eighth is 30.
    await until(() => low.arrived === 100, 'and so did the other');
  });

  it('takes one that goes on when it has drained for busy in between', async () => {
    let rest = 200;
    const fill = () => { while (rest > 0 && high.gate.push(FRAME)) rest--; };
    high.onDrain = () => { queueMicrotask(fill); };
    fill();
    push(low, 200);
    expect(await lowWhenHigh(200)).to.be.within(1, 110); // Side by side they would be equal.
  });

  it('lets those that stand back have their turns', () => {
    const flushed: string[] = [];
    const [one, other] = ['one', 'other'].map((name) => {
      const gate = { highWaterBytes: 8, lowWaterBytes: 4, leavingBytes: 0, flush: () => { flushed.push(name); } };
      traffic.add(gate, 'normal');
      return gate;
    }) as [Parameters<Traffic['add']>[0], Parameters<Traffic['add']>[0]];
    push(high, 30);
    for (const gate of [other, one]) traffic.sent(gate, 16 * KIB);
    flushed.length = 0;
    traffic.sent(high.gate, 2048 * KIB);
    traffic.changed();
    expect(flushed).to.deep.equal(['other', 'one']);
  });

  it('forgets who is closed', () => {
    push(high, 30);
    expect(traffic.limit(low.gate)).to.equal(16 * KIB);
    traffic.remove(high.gate);
    expect(traffic.limit(low.gate)).to.equal(WATER.highWaterBytes);
  });
});
