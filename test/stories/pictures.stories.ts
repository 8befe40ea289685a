import { html } from 'lit';
import { camera, microphone, screen } from './media.ts';
import { idOf, LONG_NAME, sample } from './stage.ts';
import type { IdentityLevel } from '../../src/index.ts';
import type { Stage, Stories } from './stage.ts';

const GRID = html`<rtc-grid></rtc-grid>`;
const TILE = html`<rtc-video participant="ada" style="inline-size: min(100%, 26rem)"></rtc-video>`;

/** Every second one of the first is seen, and every third is heard. */
export function appear(stage: Stage, most = 6): void {
  for (const [index, { id }] of stage.room.snapshot.participants.entries()) {
    const pictures = index < most && index % 2 === 0 ? [camera(40 + index * 67)] : [];
    stage.tracks(id, ...pictures, ...(index % 3 === 0 ? [microphone()] : []));
  }
}

async function several(stage: Stage, layout = 'auto', others = 5): Promise<void> {
  let speak: ((id: string) => void) | undefined;
  stage.room.stats.watchSpeaker = (listener) => {
    speak = listener;
    return () => {};
  };
  await stage.join(html`<rtc-grid layout=${layout}></rtc-grid>`, others);
  appear(stage);
  await stage.settled();
  speak?.('bo');
}

export const grid: Stories = {
  alone: (stage) => stage.join(GRID),
  two: (stage) => several(stage, 'auto', 1),
  several: (stage) => several(stage),
  'sixteen-tiles': (stage) => several(stage, 'auto', 15),
  spotlight: async (stage) => {
    await several(stage, 'spotlight');
    await stage.find('[part=move]');
  },
  strip: (stage) => several(stage, 'strip'),
  'long-names': async (stage) => {
    await stage.join(GRID);
    stage.arrive(LONG_NAME, 'Ada', 'ADA', 'ليلى', '佐藤 美咲');
  },
  'a-screen': async (stage) => {
    await several(stage);
    stage.tracks('bo', screen());
  },
  pinned: async (stage) => {
    await several(stage);
    await stage.press('rtc-video[data-key="chen camera"] [part=pin]');
  },
  'bad-quality': async (stage) => {
    stage.measure(sample('ada', { level: 'poor', reason: 'bandwidth' }));
    await several(stage, 'auto', 2);
    await stage.find('[part=quality] [part=text], [part=quality]');
  },
  'menu-open': async (stage) => {
    await several(stage);
    await stage.press('[part~=view]');
  },
};

const identified = (...levels: readonly IdentityLevel[]) => async (stage: Stage) => {
  await stage.join(TILE, 1);
  stage.stateOf('ada', 'connected', { levels });
};

export const video: Stories = {
  oneself: (stage) => stage.join(html`<rtc-video style="inline-size: min(100%, 26rem)"></rtc-video>`),
  picture: async (stage) => {
    await stage.join(TILE, 1);
    stage.tracks('ada', camera(40), microphone());
  },
  muted: (stage) => stage.join(TILE, 1),
  connecting: async (stage) => {
    await stage.join(TILE, 1);
    stage.stateOf('ada', 'connecting');
  },
  interrupted: async (stage) => {
    await stage.join(TILE, 1);
    stage.tracks('ada', camera(40), microphone());
    stage.stateOf('ada', 'interrupted', { reason: 'silent' });
  },
  'no-path': async (stage) => {
    await stage.join(TILE, 1);
    stage.stateOf('ada', 'connecting', { reason: 'no-path' });
  },
  gone: (stage) => stage.join(html`<rtc-video participant="zoe" style="inline-size: min(100%, 26rem)"></rtc-video>`),
  'long-name': async (stage) => {
    await stage.join(html`<rtc-video participant=${idOf(LONG_NAME)} style="inline-size: min(100%, 18rem)"></rtc-video>`);
    stage.arrive(LONG_NAME);
  },
  'hand-up': async (stage) => {
    await stage.join(TILE, 1);
    stage.tracks('ada', camera(300), microphone());
    stage.network.context.onGesture('ada', ['hand', 1000]);
    await stage.find('[part=hand]');
  },
  screen: async (stage) => {
    await stage.join(html`<rtc-video participant="ada" source="screen" style="inline-size: min(100%, 26rem)"></rtc-video>`, 1);
    stage.tracks('ada', screen());
  },
  linked: identified('linked'),
  vouched: async (stage) => {
    await stage.join(TILE, 1);
    stage.stateOf('ada', 'connected', {
      levels: ['vouched'], vouched: { issuer: 'school.test', byRelay: false, sub: 'ada', name: 'Ada', roles: [] },
    });
  },
  verified: identified('linked', 'verified'),
};
