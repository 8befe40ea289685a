import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { joinRoom, openEngine, until, untilConnected } from '../support/browser.ts';
import { LossyPath } from '../support/lossy-path.ts';
import { useStage } from '../support/stage.ts';
import type { StatsSample } from '../../src/index.ts';
import type { TestPage } from '../support/browser.ts';

type Entry = Record<string, number> & { id: string; type: string; kind: string };

declare global {
  /** What the engine was told by the browser, and what it made of it. */
  var asked: { reports: Entry[][]; samples: StatsSample[] };
}

const LOST = 0.1;

describe('statistics of a path that loses one packet of ten', () => {
  const stage = useStage();
  const path = new LossyPath();
  let ada: TestPage;
  let bo: TestPage;

  const enter = async (displayName: string) => {
    const page = await openEngine(stage.browser, stage.relay.origin, async (fresh) => {
      await path.join(fresh, displayName);
      await fresh.evaluateOnNewDocument(() => {
        globalThis.asked = { reports: [], samples: [] };
        globalThis.RTCPeerConnection = class extends RTCPeerConnection {
          override async getStats(): Promise<RTCStatsReport> {
            const report = await super.getStats();
            asked.reports.push([...(report as unknown as Map<string, Entry>).values()]);
            return report;
          }
        };
      });
    });
    await joinRoom(page, { name: 'lossy', displayName });
    return page;
  };

  before(async () => {
    [ada, bo] = [await enter('Ada'), await enter('Bo')];
    for (const page of [ada, bo]) await untilConnected(page, 1);
    await ada.evaluate(async () => { await Promise.all([room.enable('camera'), room.enable('microphone')]); });
    await until(bo, () => room.snapshot.participants[0]?.tracks.length === 2);
    await bo.evaluate(() => {
      for (const { track } of room.snapshot.participants[0]?.tracks ?? []) {
        const srcObject = new MediaStream(track ? [track] : []);
        void document.body.appendChild(Object.assign(document.createElement('video'), { srcObject, muted: true })).play();
      }
    });
    await until(bo, () => [...document.querySelectorAll('video')].every(({ currentTime }) => currentTime > 0.5));
    path.oneOf = 1 / LOST;
    for (const page of [ada, bo]) await page.evaluate(() => { room.stats.watch((sample) => asked.samples.push(sample), { intervalMs: 500 }); });
    // What is sent is known to be lost once the far end has said so, and the first that it says is about less.
    for (const page of [ada, bo]) {
      await until(page, () => asked.samples.filter(({ streams }) =>
        streams.some(({ kind, lossFraction }) => kind === 'audio' && lossFraction > 0)).length >= 8);
    }
  });
  after(() => { path.close(); });

  /** Samples, each with the two reports that it is about. */
  async function told(page: TestPage): Promise<{ sample: StatsSample; first: Entry[]; last: Entry[] }[]> {
    const { reports, samples } = await page.evaluate(() => asked);
    return samples.map((sample, i) => ({ sample, first: reports[i] as Entry[], last: reports[i + 1] as Entry[] }));
  }
  const find = (report: Entry[], type: string, kind: string) => report.find((entry) => entry.type === type && entry.kind === kind) as Entry;
  /** A busy browser does not look at all of its counters in one moment. */
  const timeOf = (report: Entry[]) => Math.max(...report.map(({ timestamp = 0 }) => timestamp));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('say what was lost, at both ends, and that it is the loss', async () => {
    for (const [page, direction] of [[bo, 'received'], [ada, 'sent']] as const) {
      const all = (await told(page)).slice(-6);
      const losses = all.map(({ sample }) => sample.streams.find((one) => one.source === 'microphone' && one.direction === direction)?.lossFraction ?? 0);
      assert.ok(Math.abs(mean(losses) - LOST) < 0.04, `${direction}: ${losses.join(' ')}`);
      const judged = all.map(({ sample: { quality, lossFraction } }) => ({ ...quality, lossFraction }));
      assert.ok(judged.some(({ reason }) => reason === 'loss'), JSON.stringify(judged));
      if (direction === 'sent') continue;
      // Lost pictures are sent again and count as come: how much of all was lost is another number each time.
      for (const { level, reason, lossFraction } of judged) if (reason === 'loss') assert.equal(level, lossFraction < 0.08 ? 'fair' : 'poor');
    }
  });

  it('are what the browser\'s own counters say', async () => {
    for (const [page, direction, type, size] of [[bo, 'received', 'inbound-rtp', 'bytesReceived'], [ada, 'sent', 'outbound-rtp', 'bytesSent']] as const) {
      for (const { sample, first, last } of await told(page)) {
        const seconds = (timeOf(last) - timeOf(first)) / 1000;
        for (const kind of ['audio', 'video']) {
          const [from, to] = [find(first, type, kind), find(last, type, kind)];
          const stream = sample.streams.find((one) => one.kind === kind && one.direction === direction);
          const grown = (key: string) => (to[key] ?? 0) - (from[key] ?? 0);
          near(stream?.bitsPerSecond, grown(size) * 8 / seconds, 'bit/s');
          if (kind === 'video') {
            near(stream?.framesPerSecond, grown(direction === 'sent' ? 'framesEncoded' : 'framesDecoded') / seconds, 'pictures/s');
            assert.deepEqual([stream?.width, stream?.height], [to['frameWidth'], to['frameHeight']]);
          }
          if (direction === 'received') {
            const lost = Math.max(0, grown('packetsLost'));
            near(stream?.lossFraction, lost / (lost + grown('packetsReceived')), 'lost');
            near(stream?.jitterMs, (to['jitter'] ?? 0) * 1000, 'ms');
          }
        }
        const pair = last.find(({ id }) => id === String(last.find((entry) => entry.type === 'transport')?.['selectedCandidatePairId']));
        near(sample.roundTripMs, (pair?.['currentRoundTripTime'] ?? NaN) * 1000, 'ms of round trip');
        assert.deepEqual(sample.path, { via: 'direct', protocol: 'udp' });
      }
    }
  });
});

function near(told: number | undefined, is: number, what: string): void {
  assert.ok(told !== undefined && Math.abs(told - is) <= Math.max(0.06, Math.abs(is) * 0.02), `told ${told} ${what}, is ${is}`);
}
