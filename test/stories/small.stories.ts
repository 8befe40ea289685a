import { html } from 'lit';
import { microphone } from './media.ts';
import type { TemplateResult } from 'lit';
import type { Stage, Stories } from './stage.ts';

const CONTROLS = html`<rtc-controls></rtc-controls>`;
const BUTTONS = html`${['microphone', 'camera', 'screen', 'hand', 'chat', 'participants', 'leave'].map((action) =>
  html`<rtc-button action=${action}></rtc-button> `)}`;

async function withDevices(stage: Stage, content: TemplateResult): Promise<void> {
  await stage.join(content, 2);
  await Promise.all([stage.room.enable('microphone'), stage.room.enable('camera')]);
}

export const controls: Stories = {
  outside: (stage) => stage.show(CONTROLS),
  joined: (stage) => stage.join(CONTROLS, 2),
  'devices-on': (stage) => withDevices(stage, CONTROLS),
  'all-on': async (stage) => {
    await withDevices(stage, CONTROLS);
    await Promise.all([stage.room.enable('screen'), stage.room.raiseHand()]);
  },
  'devices-open': async (stage) => {
    await withDevices(stage, CONTROLS);
    await stage.press('[part~=devices]');
  },
  'reactions-open': async (stage) => {
    await stage.join(html`<div style="inline-size: min(100%, 40rem)">${CONTROLS}</div>`, 2);
    await stage.press('[part~=react]');
  },
  'more-open': async (stage) => {
    await stage.join(html`<div style="inline-size: 280px; padding-block-start: 19rem; container-type: inline-size">${CONTROLS}</div>`, 2);
    await stage.press('[part~=more]');
  },
};

export const button: Stories = {
  outside: (stage) => stage.show(BUTTONS),
  joined: (stage) => stage.join(BUTTONS, 1),
  'all-on': async (stage) => {
    await withDevices(stage, BUTTONS);
    await Promise.all([stage.room.enable('screen'), stage.room.raiseHand()]);
  },
  busy: async (stage) => {
    await stage.join(BUTTONS, 1);
    Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { value: () => new Promise(() => {}) });
    void stage.room.enable('camera');
  },
  labelled: (stage) => stage.join(html`<rtc-button action="microphone">Microphone</rtc-button> <rtc-button action="leave">Good-bye</rtc-button>`),
};

const SELECTS = html`${['microphone', 'camera', 'speaker'].map((kind) =>
  html`<rtc-device-select kind=${kind} style="max-inline-size: 24rem; margin-block-end: 12px"></rtc-device-select>`)}`;

export const deviceSelect: Stories = {
  empty: (stage) => stage.show(html`<rtc-device-select></rtc-device-select>`),
  on: (stage) => withDevices(stage, SELECTS),
};

const URL_OF_ROOM = 'https://meet.example/garden';

export const invite: Stories = {
  link: (stage) => stage.show(html`<rtc-invite url=${URL_OF_ROOM}></rtc-invite>`),
  'qr-code': async (stage) => {
    await stage.show(html`<rtc-invite qr url=${URL_OF_ROOM}></rtc-invite>`);
    await stage.find('[part=qr]:not([hidden])');
  },
  secret: (stage) => stage.place(html`<rtc-room .room=${stage.room} .linkSecret=${'AAAAAAAAAAAAAAAAAAAAAA'}>
    <rtc-invite url=${`${URL_OF_ROOM}#k=AAAAAAAAAAAAAAAAAAAAAA`}></rtc-invite></rtc-room>`),
};

export const audio: Stories = {
  blocked: async (stage) => {
    HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('A click first.', 'NotAllowedError'));
    await stage.join(html`<rtc-audio></rtc-audio>`, 1);
    stage.tracks('ada', microphone());
    await stage.find('rtc-audio:state(blocked)');
  },
};
