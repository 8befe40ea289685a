import { expect, html } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { movingPicture } from '../../test/support/pictures.ts';
import { button, fakeRoom, network, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-stats.ts';
import type { StatsSample } from '../../src/index.ts';

const SAMPLE: StatsSample = {
  participant: 'a', periodMs: 2000, quality: { level: 'good' }, roundTripMs: 42.4, lossFraction: 0.012, receivedBitsPerSecond: 1_250_000,
  sentBitsPerSecond: 31_000, path: { via: 'turn', protocol: 'udp' },
  streams: [
    { direction: 'received', kind: 'video', source: 'camera', bitsPerSecond: 1_200_000, lossFraction: 0, framesPerSecond: 29.6,
      width: 1280, height: 720, codec: 'VP8' },
    { direction: 'sent', kind: 'video', source: '<b>mine', bitsPerSecond: 31_000, lossFraction: 0, limitation: 'cpu' },
  ],
};

const rows = (element: Element, table: string) =>
  [...element.shadowRoot!.querySelectorAll(`${table} tbody tr`)].map((row) => [...row.children].map(visibleText).join(' | '));

describe('RtcStatsElement', () => {
  it('shows graphs, the same as a table, and each picture and sound; copies all of it', async () => {
    const room = fakeRoom();
    let measure: ((sample: StatsSample) => void) | undefined;
    room.stats.watch = (listener) => {
      measure = listener;
      return () => { measure = undefined; };
    };
    const host = await roomFixture(html`<rtc-stats></rtc-stats>`, room);
    const element = await part(host, 'rtc-stats');
    expect([visibleText(element).includes('nobody else'), element.matches(':state(empty)')]).to.deep.equal([true, true]);
    await expect(element).to.be.accessible();
    await host.join();
    network().arrive('a', 'Ada');
    await settled(element);
    expect(visibleText(element)).to.contain('Ada Measuring…');
    await waitUntil(() => measure, 'somebody looks');
    measure!({ ...SAMPLE, roundTripMs: 90 });
    measure!(SAMPLE);
    await settled(element);
    expect(rows(element, 'table.hidden')).to.deep.equal([
      'Round trip | 42 ms | 90 ms', 'Loss | 1.2% | 1.2%', 'Received | 1.3 Mb/s | 1.3 Mb/s', 'Sent | 31 kb/s | 31 kb/s',
      'Frames per second | 30 | 30',
    ]);
    expect(rows(element, '[part=streams]')).to.deep.equal([
      'Received | Camera | 1.2 Mb/s | 0% | 1280 × 720 | 30 | VP8 | –', 'Sent | <b>mine | 31 kb/s | 0% | – | – | – | this device',
    ]);
    expect(visibleText(element)).to.contain('Path : through TURN, UDP');
    expect([...element.shadowRoot!.querySelectorAll('[part=graph] path')].map((path) => /^M[\d. ]+L/.test(path.getAttribute('d')!)))
      .to.deep.equal([true, true, true, true, true]);
    await expect(element).to.be.accessible();
    const copied: string[] = [];
    const writeText = (text: string) => { copied.push(text); return Promise.resolve(); };
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    button(element, 'copy').click();
    await waitUntil(() => visibleText(element).includes('Copied'));
    Reflect.deleteProperty(navigator, 'clipboard');
    const [person] = JSON.parse(copied[0]!) as { participant: string; last: StatsSample; points: unknown[] }[];
    expect([person?.participant, person?.last, person?.points.length]).to.deep.equal(['a', SAMPLE, 2]);
    expect(copied[0]).not.to.contain('Ada');
    element.participant = 'b';
    await waitUntil(() => visibleText(element).includes('nobody else'));
  });

  it('measures real connections, and nothing while it is out of sight', async () => {
    const party = new Party();
    const end = new AbortController();
    try {
      const [ada, bo] = await party.pair();
      ada.room.publish({ source: 'camera', stream: movingPicture(320, 240, end.signal) });
      const element = await part(await roomFixture(html`<rtc-stats></rtc-stats>`, bo.room), 'rtc-stats');
      const isThere = (row: string) => /^Received \| Camera \| [\d.]+ [kM]b\/s \| [\d.]+% \| \d+ × \d+ \| \d+ \| \w+ \| –$/.test(row);
      await waitUntil(() => rows(element, '[part=streams]').some(isThere), 'the picture is measured');
      expect(rows(element, 'table.hidden')[0]).to.match(/^Round trip \| \d+ ms/);
      const before = visibleText(element);
      element.hidden = true;
      const samples: unknown[] = [];
      ada.room.stats.watch((sample) => samples.push(sample), { intervalMs: 250, signal: end.signal });
      await waitUntil(() => samples.length > 9, 'time passes');
      await settled(element);
      expect(visibleText(element)).to.equal(before);
    } finally {
      end.abort();
      party.close();
    }
  });
});
