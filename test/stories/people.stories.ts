import { html } from 'lit';
import { NO_VERIFICATION } from '../../src/identity/spoken/view.ts';
import { Store } from '../../src/shared/store.ts';
import { camera, microphone, screen } from './media.ts';
import { dense, LONG_NAME } from './stage.ts';
import type { RoomVerification, SpokenCode, VerificationView } from '../../src/index.ts';
import type { Stage, Stories } from './stage.ts';

const ROSTER = html`<rtc-participants style="max-inline-size: 26rem"></rtc-participants>`;
const HOST = { host: true, roles: ['host'] };

function hosting(stage: Stage): Promise<void> {
  return stage.join(ROSTER, 2, { ...HOST, locked: true, knocks: [{ id: 'kim', name: 'Kim' }, { id: 'lee', name: LONG_NAME }] });
}

export const participants: Stories = {
  alone: (stage) => stage.join(ROSTER),
  several: async (stage) => {
    await stage.join(ROSTER, 3);
    stage.arrive(LONG_NAME);
    stage.tracks('ada', camera(40), microphone());
    stage.tracks('bo', screen());
    stage.stateOf('ada', 'connected', { levels: ['linked', 'verified'] });
    stage.stateOf('chen', 'interrupted', { reason: 'silent' });
    for (const [index, id] of ['bo', 'ada'].entries()) stage.network.context.onGesture(id, ['hand', 5000 - index * 1000]);
    await stage.find('[part=hands]');
  },
  host: hosting,
  compact: dense(hosting, 0.8),
  roomy: dense(hosting, 1.2),
  'asked-back': async (stage) => {
    await stage.join(ROSTER, 2, HOST);
    stage.tracks('ada', microphone());
    await stage.press('[part~=actions-toggle]');
    await stage.press('[part~=remove]');
  },
  'about-identity': async (stage) => {
    await stage.join(ROSTER, 1);
    await stage.press('[part=identity]');
    await stage.find('[popover]:popover-open');
  },
};

const CODE: SpokenCode = { emoji: [21, 8, 1, 28, 47, 6, 15], numbers: [3007, 6748, 7018], members: ['ada'] };

async function comparing(stage: Stage, view: Partial<VerificationView>, others = 1): Promise<void> {
  const store = new Store<VerificationView>({ ...NO_VERIFICATION, ...view });
  const verification = {
    get snapshot() { return store.snapshot; },
    subscribe: store.subscribe.bind(store), confirm: () => {}, reject: () => {}, retry: () => {},
  };
  stage.room.verify = () => Promise.resolve(verification as unknown as RoomVerification);
  await stage.join(html`<rtc-verify></rtc-verify>`, others);
}

export const verify: Stories = {
  outside: (stage) => stage.show(html`<rtc-verify></rtc-verify>`),
  alone: (stage) => comparing(stage, { state: 'alone' }, 0),
  computing: (stage) => comparing(stage, { state: 'computing' }),
  pictures: async (stage) => {
    await comparing(stage, { state: 'ready', code: CODE });
    await stage.find('[part=emoji]');
  },
  numbers: async (stage) => {
    await comparing(stage, { state: 'ready', code: CODE });
    await stage.find('[part=emoji]');
    await stage.press('[part~=form]');
  },
  verified: (stage) => comparing(stage, { state: 'ready', code: CODE, verified: ['ada'] }),
  warning: (stage) => comparing(stage, { state: 'mismatch', rejected: true }),
  stalled: (stage) => comparing(stage, {
    state: 'stalled', missing: ['bo'], pairs: [{ id: 'ada', state: 'ready', code: CODE }, { id: 'bo', state: 'silent' }],
  }, 2),
  'another-key': (stage) => comparing(stage, { state: 'ready', code: CODE, rekeyed: ['ada'], unable: ['bo'] }, 2),
};
