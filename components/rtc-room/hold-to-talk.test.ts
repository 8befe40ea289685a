import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { button, part, roomFixture, settled, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcRoomElement } from './rtc-room.ts';

const microphone = ({ room }: RtcRoomElement) => room.snapshot.local.microphone.state;
const stageOf = (room: RtcRoomElement) => room.shadowRoot!.querySelector<HTMLElement>('[part=stage]')!;

/** In the call, muted, and what keys do is loaded. */
async function muted(): Promise<RtcRoomElement> {
  const room = await roomFixture();
  await room.join();
  await settled(room);
  stageOf(room).focus();
  for (const state of ['on', 'off']) {
    await sendKeys({ press: 'm' });
    await waitUntil(() => microphone(room) === state);
  }
  return room;
}

async function held(): Promise<RtcRoomElement> {
  const room = await muted();
  await sendKeys({ down: ' ' });
  await waitUntil(() => microphone(room) === 'on');
  return room;
}

describe('holdToTalk', () => {
  afterEach(() => sendKeys({ up: ' ' }));

  it('has the microphone on while Space is held', async () => {
    const room = await held();
    await sendKeys({ down: ' ' }); // As the keyboard repeats it.
    expect(microphone(room)).to.equal('on');
    await sendKeys({ up: ' ' });
    expect(microphone(room)).to.equal('off');
  });

  it('leaves one on that was on', async () => {
    const room = await muted();
    await sendKeys({ press: 'm' });
    await waitUntil(() => microphone(room) === 'on');
    await sendKeys({ press: ' ' });
    expect(microphone(room)).to.equal('on');
  });

  it('asks nobody for a microphone', async () => {
    const room = await roomFixture();
    await room.join();
    await settled(room);
    stageOf(room).focus();
    await sendKeys({ press: 'h' });
    await waitUntil(() => room.room.snapshot.local.hand !== undefined);
    await sendKeys({ down: ' ' });
    expect(microphone(room)).to.equal('off');
  });

  it('leaves Space to buttons', async () => {
    const room = await muted();
    const controls = await part(room, 'rtc-controls');
    button(controls, 'hand').focus();
    await sendKeys({ down: ' ' });
    expect(microphone(room)).to.equal('off');
    await sendKeys({ up: ' ' });
    await waitUntil(() => room.room.snapshot.local.hand !== undefined);
  });

  const LOST: Readonly<Record<string, (room: RtcRoomElement) => void>> = {
    'another window has the focus': () => { window.dispatchEvent(new Event('blur')); },
    'the focus goes elsewhere in the page': () => { (document.activeElement as HTMLElement).blur(); },
    'Command swallows the release': () => { window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Meta', metaKey: true })); },
    'one leaves': (room) => { void room.leave(); },
    'the element is removed': (room) => { room.remove(); },
  };
  for (const [what, happens] of Object.entries(LOST)) {
    it(`ends where ${what}`, async () => {
      const room = await held();
      happens(room);
      await waitUntil(() => microphone(room) === 'off');
    });
  }

  it('never begins where the key is up before the microphone is there', async () => {
    const room = await muted();
    await room.leave();
    await room.room.enable('microphone');
    room.room.disable('microphone'); // Outside of a call that closes it: it has to be opened anew.
    await room.join();
    await settled(room);
    stageOf(room).focus();
    const { mediaDevices } = navigator;
    const { getUserMedia } = mediaDevices;
    let answer = () => {};
    const asked = new Promise<void>((resolve) => { answer = resolve; });
    const tracks: MediaStreamTrack[] = [];
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia.call(mediaDevices, constraints);
      tracks.push(...stream.getTracks());
      await asked;
      return stream;
    };
    try {
      await sendKeys({ down: ' ' });
      await waitUntil(() => microphone(room) === 'pending' && tracks.length === 1);
      await sendKeys({ up: ' ' });
      expect(microphone(room)).to.equal('off');
      answer();
      await waitUntil(() => tracks[0]!.readyState === 'ended');
      expect(microphone(room)).to.equal('off');
    } finally {
      mediaDevices.getUserMedia = getUserMedia;
    }
  });
});
