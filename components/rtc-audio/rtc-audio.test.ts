import { expect, html } from '@open-wc/testing';
import { button, network, part, roomFixture, settled, soundTrack, view, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

function playing(...roots: Element[]): MediaStreamTrack[] {
  return roots.flatMap((root) => [...root.shadowRoot!.querySelectorAll('audio')])
    .flatMap((audio) => (audio.srcObject as MediaStream).getTracks());
}

async function hear(room: RtcRoomElement): Promise<MediaStreamTrack> {
  const track = soundTrack();
  await room.join();
  network().arrive('a', 'Ada');
  network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(track, 'microphone')] });
  await settled(room);
  return track;
}

describe('RtcAudioElement', () => {
  it('plays each sound once, whoever of the elements it is that plays', async () => {
    const room = await roomFixture(html`<rtc-audio></rtc-audio>`);
    const own = room.shadowRoot!.querySelector('rtc-audio')!;
    const placed = room.querySelector('rtc-audio')!;
    const track = await hear(room);
    await settled(own, placed);
    expect(playing(placed)).to.deep.equal([track]);
    expect(playing(own)).to.deep.equal([]);
    placed.remove();
    await settled(own);
    expect(playing(own, placed)).to.deep.equal([track]);
  });

  it('never plays oneself, and ends what it plays with the participant', async () => {
    const room = await roomFixture();
    await room.toggleMicrophone();
    const track = await hear(room);
    const audio = await part(room, 'rtc-audio');
    expect(playing(audio)).to.deep.equal([track]);
    const element = audio.shadowRoot!.querySelector('audio')!;
    network().tell({ type: 'participant-gone', id: 'a', reason: 'leave' });
    await settled(room, audio);
    expect(playing(audio)).to.deep.equal([]);
    expect(element.srcObject).to.equal(null);
  });

  it('keeps the path of a muted microphone', async () => {
    const room = await roomFixture();
    const track = await hear(room);
    const audio = await part(room, 'rtc-audio');
    const element = audio.shadowRoot!.querySelector('audio');
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [{ ...view(track, 'microphone'), live: false }] });
    await settled(room, audio);
    expect(audio.shadowRoot!.querySelector('audio')).to.equal(element);
  });

  it('offers a button where the browser refuses to play before a click', async () => {
    const { play } = HTMLAudioElement.prototype;
    let refuses = true;
    HTMLAudioElement.prototype.play = function (): Promise<void> {
      return refuses ? Promise.reject(new DOMException('no click yet', 'NotAllowedError')) : play.call(this);
    };
    try {
      const room = await roomFixture();
      await hear(room);
      const audio = await part(room, 'rtc-audio');
      await waitUntil(() => audio.matches(':state(blocked)'));
      await expect(audio).to.be.accessible();
      refuses = false;
      button(audio, 'button').click();
      await waitUntil(() => !audio.matches(':state(blocked)'));
      expect(audio.shadowRoot!.querySelector('audio')!.paused).to.equal(false);
    } finally {
      HTMLAudioElement.prototype.play = play;
    }
  });
});
