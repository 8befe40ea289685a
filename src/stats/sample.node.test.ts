import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readReport } from './reading.ts';
import { sampleBetween } from './sample.ts';
import type { StatsSample } from './sample.ts';

type Entries = Record<string, Record<string, unknown>>;

/** As a browser reports it: a camera comes, a microphone goes, over TURN. */
const report = (atMs: number, more: Entries = {}): [string, unknown][] => {
  const entries: Entries = {
    T: { type: 'transport', selectedCandidatePairId: 'P' },
    P: { type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R', currentRoundTripTime: 0.05 },
    L: { type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls', address: '192.0.2.1' },
    R: { type: 'remote-candidate', candidateType: 'host', protocol: 'udp', address: '192.0.2.2' },
    C: { type: 'codec', mimeType: 'video/VP9' },
    IV: {
      type: 'inbound-rtp', kind: 'video', trackIdentifier: 'cam', codecId: 'C', bytesReceived: atMs * 100, packetsReceived: atMs,
      packetsLost: atMs / 100, framesDecoded: atMs * 3 / 100, jitter: 0.004, frameWidth: 640, frameHeight: 480, freezeCount: 0,
    },
    OA: { type: 'outbound-rtp', kind: 'audio', mediaSourceId: 'S', remoteId: 'RI', bytesSent: atMs * 4, packetsSent: atMs / 20 },
    S: { type: 'media-source', trackIdentifier: 'mic', audioLevel: 0.25 },
    RI: { type: 'remote-inbound-rtp', packetsLost: 0, jitter: 0.01 },
  };
  for (const [id, entry] of Object.entries(more)) entries[id] = { ...entries[id], ...entry };
  return Object.entries(entries).map(([id, entry]) => [id, { id, timestamp: atMs, ...entry }]);
};
const sampled = (before: [string, unknown][], after: [string, unknown][], interrupted = false): StatsSample =>
  sampleBetween(readReport(before), readReport(after), {
    participant: 'ada', interrupted, sourceOf: (id) => ({ cam: 'camera', mic: 'microphone' })[id],
  });

describe('a sample', () => {
  it('is what happened between two readings', () => {
    const { quality, ...sample } = sampled(report(10_000), report(12_000));
    assert.deepEqual(sample, {
      participant: 'ada', periodMs: 2000, roundTripMs: 50, lossFraction: 20 / 2020, jitterMs: 4,
      receivedBitsPerSecond: 800_000, sentBitsPerSecond: 32_000, path: { via: 'turn', protocol: 'tls' },
      streams: [
        {
          direction: 'received', kind: 'video', source: 'camera', bitsPerSecond: 800_000, lossFraction: 20 / 2020,
          framesPerSecond: 30, jitterMs: 4, width: 640, height: 480, codec: 'VP9',
        },
        {
          direction: 'sent', kind: 'audio', source: 'microphone', bitsPerSecond: 32_000, lossFraction: 0, jitterMs: 10, audioLevel: 0.25,
        },
      ],
    });
    assert.deepEqual(quality, { level: 'good' });
  });

  it('holds no address', () => {
    assert.doesNotMatch(JSON.stringify([readReport(report(1)), sampled(report(1), report(2))]), /192\.0\.2/);
  });

  it('counts from zero over another connection', () => {
    const sample = sampled(report(10_000), report(12_000, { IV: { bytesReceived: 1000, packetsReceived: 10, packetsLost: 0, framesDecoded: 4 } }));
    assert.deepEqual([sample.receivedBitsPerSecond, sample.lossFraction, sample.streams[0]?.framesPerSecond], [4000, 0, 2]);
  });

  it('says that the link is interrupted, and what limits it', () => {
    assert.deepEqual(sampled(report(1), report(2), true).quality, { level: 'poor', reason: 'interrupted' });
    const limited = report(2000, { OA: { kind: 'video', qualityLimitationReason: 'cpu' } });
    assert.deepEqual(sampled(report(1), limited).quality, { level: 'fair', reason: 'cpu' });
  });

  it('takes the climb to what the path carries for no want of bandwidth', () => {
    const climbing = (seconds: number) => report(20_000, {
      OA: { kind: 'video', qualityLimitationReason: 'bandwidth', qualityLimitationDurations: { bandwidth: seconds - 1, cpu: 0, none: 1, other: 0 } },
    });
    assert.deepEqual(sampled(report(1), climbing(14)).quality, { level: 'good' });
    assert.deepEqual(sampled(report(1), climbing(15)).quality, { level: 'fair', reason: 'bandwidth' });
  });

  it('takes a loss that is taken back for none', () => {
    assert.equal(sampled(report(10_000), report(12_000, { IV: { packetsLost: 1 } })).lossFraction, 0);
  });

  it('spreads what the far end says of loss every few seconds over the time that it is about', () => {
    const said = (atMs: number, packetsLost: number) => report(atMs, { RI: { packetsLost, fractionLost: 0.1 } });
    for (const [before, after] of [[10, 10], [10, 35], [35, 35]] as const) {
      assert.equal(sampled(said(10_000, before), said(11_000, after)).streams[1]?.lossFraction, 0.1);
    }
  });

  for (const [what, broken] of [
    ['nothing', []], ['an entry without a type', [['x', {}]]],
    ['numbers that are none', [['x', { type: 'inbound-rtp', kind: 'video', bytesReceived: NaN, jitter: 'x' }]]],
    ['a pair that leads nowhere', [['T', { type: 'transport', selectedCandidatePairId: 'gone' }]]],
  ] as const) {
    it(`can be of ${what}`, () => {
      const reading = readReport(broken as readonly [string, unknown][]);
      const sample = sampleBetween(reading, reading, { participant: 'x', interrupted: false, sourceOf: () => undefined });
      assert.deepEqual([sample.lossFraction, sample.receivedBitsPerSecond, sample.path, sample.quality.level], [0, 0, undefined, 'good']);
    });
  }
});
