import { html, nothing } from 'lit';
import { sample } from './stage.ts';
import type { Finding, LinkQuality } from '../../src/index.ts';
import type { Stage, Stories } from './stage.ts';

const measured = (quality: LinkQuality) => async (stage: Stage) => {
  stage.measure(sample('ada', quality));
  await stage.join(html`<rtc-quality></rtc-quality>`, 1);
  await stage.find('[part=quality]');
};

export const record: Stories = {
  outside: (stage) => stage.show(html`<rtc-record></rtc-record>`),
  joined: (stage) => stage.join(html`<rtc-record></rtc-record>`, 2),
};

export const recording: Stories = {
  'of-another': async (stage) => {
    await stage.join(html`<span>A page of its own: the room brings the sign.</span>`, 1);
    stage.network.context.onGesture('ada', ['recording', 1000]);
    await stage.find('rtc-recording:state(recording)');
  },
};

export const quality: Stories = {
  good: measured({ level: 'good' }),
  fair: measured({ level: 'fair', reason: 'cpu' }),
  poor: measured({ level: 'poor', reason: 'loss' }),
};

const SECONDS = 120;

/** Two minutes, told at once: the clock that graphs are drawn after goes along. */
function twoMinutes(stage: Stage): void {
  let nowMs = 0;
  Object.defineProperty(performance, 'now', { value: () => nowMs });
  stage.room.stats.watch = (listener) => {
    for (; nowMs < SECONDS * 1000; nowMs += 2000) {
      const turn = nowMs / 9000;
      listener(sample('ada', { level: 'good' }, {
        roundTripMs: 45 + 20 * Math.sin(turn), lossFraction: Math.max(0, 0.01 * Math.sin(turn * 2)),
        path: { via: 'turn', protocol: 'udp' },
        receivedBitsPerSecond: 900_000 + 300_000 * Math.cos(turn), sentBitsPerSecond: 640_000 + 90_000 * Math.sin(turn * 3),
        streams: [
          {
            direction: 'received', kind: 'video', source: 'camera', bitsPerSecond: 860_000, lossFraction: 0.004,
            framesPerSecond: 29 + Math.sin(turn), width: 1280, height: 720, codec: 'VP8',
          },
          { direction: 'sent', kind: 'audio', source: 'microphone', bitsPerSecond: 31_000, lossFraction: 0, codec: 'opus' },
        ],
      }));
    }
    return () => {};
  };
}

export const stats: Stories = {
  empty: (stage) => stage.join(html`<rtc-stats></rtc-stats>`),
  measuring: (stage) => {
    stage.measure();
    return stage.join(html`<rtc-stats></rtc-stats>`, 2);
  },
  graphs: async (stage) => {
    await stage.join(nothing, 1);
    twoMinutes(stage);
    await stage.show(html`<rtc-stats></rtc-stats>`);
    await stage.find('[part=graph]');
  },
};

const found = (...findings: readonly Finding[]) => async (stage: Stage) => {
  stage.room.diagnose = (listener) => {
    for (const finding of findings) listener(finding);
    return Promise.resolve();
  };
  await stage.show(html`<rtc-doctor></rtc-doctor>`);
  await stage.press('[part~=run]');
};

export const doctor: Stories = {
  before: (stage) => stage.show(html`<rtc-doctor></rtc-doctor>`),
  running: async (stage) => {
    stage.room.diagnose = (listener) => {
      listener({ check: 'secure', state: 'good' });
      return new Promise(() => {});
    };
    await stage.show(html`<rtc-doctor></rtc-doctor>`);
    await stage.press('[part~=run]');
  },
  well: found({ check: 'secure', state: 'good' }, { check: 'microphone', state: 'good', code: 'permission-ask' },
    { check: 'relay', state: 'good' }, { check: 'candidates', state: 'good', candidates: ['host', 'srflx'] }),
  failing: found({ check: 'secure', state: 'good' }, { check: 'camera', state: 'warning', code: 'device-missing' },
    { check: 'relay', state: 'bad', code: 'origin-refused' }, { check: 'websocket', state: 'unknown', code: 'not-run' },
    { check: 'turn-udp', state: 'bad', code: 'turn-unreachable' }),
};
