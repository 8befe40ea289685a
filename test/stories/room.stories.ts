import { html } from 'lit';
import { RoomError } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { installDevices } from './media.ts';
import { appear } from './pictures.stories.ts';
import { dense } from './stage.ts';
import type { Stage, Stories } from './stage.ts';

const LOBBY = html`<rtc-lobby></rtc-lobby>`;

/** As the relay answers a join. */
function answering(stage: Stage, answer: () => Promise<void>): void {
  FakeTopology.joining = answer;
  stage.room.join().catch(() => {}); // The element shows it.
}

async function inCall(stage: Stage, others = 4): Promise<void> {
  await stage.join(undefined, others);
  appear(stage);
  await stage.settled();
}

async function talking(stage: Stage): Promise<void> {
  await inCall(stage);
  stage.say('ada', 'Shall we begin?');
  stage.say('bo', 'In a minute, the others are on their way.');
  await stage.press('[part=chat-toggle]');
}

async function previewed(stage: Stage): Promise<void> {
  await stage.show(LOBBY);
  await Promise.all([stage.room.enable('microphone'), stage.room.enable('camera')]);
  await stage.find('[part~=camera-select]');
}

export const room: Stories = {
  lobby: (stage) => stage.show(),
  alone: (stage) => inCall(stage, 0),
  two: (stage) => inCall(stage, 1),
  several: (stage) => inCall(stage),
  'sixteen-tiles': (stage) => inCall(stage, 15),
  'devices-on': async (stage) => {
    await inCall(stage, 2);
    await Promise.all([stage.room.enable('microphone'), stage.room.enable('camera')]);
  },
  reconnecting: async (stage) => {
    await inCall(stage);
    stage.tell({ type: 'relay-lost' });
  },
  chat: talking,
  compact: dense(talking, 0.8),
  roomy: dense(talking, 1.2),
  unread: async (stage) => {
    await inCall(stage);
    for (let line = 0; line < 3; line++) stage.say('ada', 'Are you there?');
  },
  people: async (stage) => {
    await inCall(stage);
    await stage.press('[part=participants-toggle]');
    await stage.find('rtc-participants [part=participant], [part=participant]');
  },
  knocks: async (stage) => {
    await stage.join(undefined, 2, { host: true, knocks: [{ id: 'kim', name: 'Kim' }, { id: 'lee', name: 'Lee' }] });
    appear(stage);
  },
  recorded: async (stage) => {
    await inCall(stage, 2);
    stage.network.context.onGesture('ada', ['recording', 1000]);
    await stage.find('rtc-recording:state(recording)');
  },
  'muted-by-host': async (stage) => {
    await inCall(stage, 2);
    await stage.room.enable('microphone');
    stage.tell({ type: 'mute-asked', by: 'ada', source: 'microphone' });
  },
  shortcuts: async (stage) => {
    await inCall(stage, 2);
    await stage.press('[part~=more]');
    await stage.press('[part~=shortcuts]');
  },
  waiting: async (stage) => {
    await stage.show();
    answering(stage, () => new Promise(() => {}));
    await stage.settled();
    stage.tell({ type: 'waiting' });
  },
  'room-full': async (stage) => {
    await stage.show();
    answering(stage, () => Promise.reject(new RoomError('room-full', 'There are 16 already.')));
  },
  'no-server': (stage) => stage.place(html`<rtc-room name="garden"></rtc-room>`),
  'refused-devices': async (stage) => {
    installDevices(new DOMException('No.', 'NotAllowedError'));
    await stage.show();
    await stage.press('[part~=join]');
    await stage.find('[part=error]');
  },
  removed: async (stage) => {
    await inCall(stage, 2);
    stage.tell({ type: 'ended', error: new RoomError('removed', 'By a host.') });
  },
};

export const lobby: Stories = {
  before: (stage) => stage.show(LOBBY),
  preview: previewed,
  compact: dense(previewed, 0.8),
  roomy: dense(previewed, 1.2),
  joining: async (stage) => {
    await stage.show(LOBBY);
    answering(stage, () => new Promise(() => {}));
  },
  waiting: async (stage) => {
    await stage.show(LOBBY);
    answering(stage, () => new Promise(() => {}));
    await stage.settled();
    stage.tell({ type: 'waiting' });
  },
  'refused-devices': async (stage) => {
    installDevices(new DOMException('No.', 'NotAllowedError'));
    await stage.show(LOBBY);
    await stage.press('[part~=camera]');
    await stage.find('[part=error]');
  },
};
