import { expect, html } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { fakeRoom, network, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-quality.ts';
import type { LinkQuality, StatsSample, WatchStatsOptions } from '../../src/index.ts';

interface Watcher { readonly listener: (sample: StatsSample) => void; readonly options: WatchStatsOptions | undefined }

/** A room whose connections are as the test says. */
async function watched(content = html`<rtc-quality></rtc-quality>`) {
  const room = fakeRoom();
  const watchers = new Set<Watcher>();
  room.stats.watch = (listener, options) => {
    const watcher = { listener, options };
    watchers.add(watcher);
    return () => { watchers.delete(watcher); };
  };
  const host = await roomFixture(content, room);
  await host.join();
  network().arrive('a', 'Ada');
  network().arrive('b', 'Bo');
  const element = await part(host, 'rtc-quality');
  await waitUntil(() => watchers.size === 1, 'it is watched');
  const measure = async (participant: string, level: LinkQuality['level'], reason?: LinkQuality['reason']) => {
    const quality: LinkQuality = { level, ...(reason && { reason }) };
    const sample: StatsSample = {
      participant, quality, periodMs: 2000, lossFraction: 0, receivedBitsPerSecond: 0, sentBitsPerSecond: 0, streams: [],
    };
    for (const { listener } of watchers) listener(sample);
    await settled(element);
  };
  return { element, host, measure, watchers };
}

const label = (element: Element) => element.shadowRoot!.querySelector('[role=img]')?.getAttribute('aria-label');
const bars = (element: Element) => element.shadowRoot!.querySelectorAll('.on').length;

describe('RtcQualityElement', () => {
  it('shows one step in bars and words, the worst of one\'s connections, and axe has nothing to say', async () => {
    const { element, measure } = await watched();
    expect([bars(element), label(element)]).to.deep.equal([0, undefined]);
    await measure('a', 'good');
    expect([bars(element), label(element), element.matches(':state(good)')]).to.deep.equal([3, 'Good connection', true]);
    await expect(element).to.be.accessible();
    await measure('b', 'fair', 'bandwidth');
    expect([bars(element), label(element), element.matches(':state(fair)')])
      .to.deep.equal([2, 'Fair connection: not enough bandwidth', true]);
    expect(visibleText(element)).to.contain('not enough bandwidth');
    await expect(element).to.be.accessible();
    network().tell({ type: 'participant-state', id: 'a', state: 'interrupted', levels: [] });
    await settled(element);
    expect([bars(element), label(element), element.matches(':state(poor)')]).to.deep.equal([1, 'Poor connection: interrupted', true]);
    await expect(element).to.be.accessible();
    for (const id of ['a', 'b']) network().tell({ type: 'participant-gone', id, reason: 'left' });
    await settled(element);
    expect([label(element), element.matches(':state(poor)')]).to.deep.equal([undefined, false]);
  });

  it('is of one participant, quiet while that is good, and changes for nothing that lasts a moment', async () => {
    const { element, measure, watchers } = await watched(html`<rtc-quality participant="a" quiet></rtc-quality>`);
    expect([...watchers][0]!.options?.participant).to.equal('a');
    await measure('a', 'good');
    await measure('b', 'poor', 'loss');
    expect(label(element)).to.equal(undefined);
    await measure('a', 'poor', 'loss');
    expect(label(element)).to.equal(undefined);
    await measure('a', 'poor', 'loss');
    expect(label(element)).to.equal('Poor connection: parts get lost');
    element.participant = 'b';
    await waitUntil(() => [...watchers].map(({ options }) => options?.participant).join() === 'b', 'it watches the other');
    expect(label(element)).to.equal(undefined);
    await measure('b', 'fair', 'cpu');
    expect(label(element)).to.equal('Fair connection: this device is at its limit');
  });

  it('measures while it is in sight, and only then', async () => {
    const { element, host, watchers } = await watched();
    element.hidden = true;
    await waitUntil(() => watchers.size === 0, 'nobody looks');
    element.hidden = false;
    await waitUntil(() => watchers.size === 1, 'somebody looks');
    element.remove();
    expect(watchers.size).to.equal(0);
    host.append(element);
    await waitUntil(() => watchers.size === 1, 'it came back');
  });

  it('tells of real connections', async () => {
    const party = new Party();
    try {
      const [ada] = await party.pair();
      const element = await part(await roomFixture(html`<rtc-quality></rtc-quality>`, ada.room), 'rtc-quality');
      await waitUntil(() => label(element) === 'Good connection', 'it is good');
    } finally {
      party.close();
    }
  });
});
