import { expect, html } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { button, network, part, pictureTrack, roomFixture, settled, view, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcGridElement } from './rtc-grid.ts';

type WithWindows = Omit<Window, 'documentPictureInPicture'> & { documentPictureInPicture?: unknown };

/** A window as the browser would open it after a click: here a frame, empty and of the same origin. */
function stubWindow(): { frame: HTMLIFrameElement; restore(): void } {
  const frame = Object.assign(document.createElement('iframe'), { width: '480', height: '340', title: 'window' });
  document.body.append(frame);
  const before = Object.getOwnPropertyDescriptor(window, 'documentPictureInPicture');
  Object.defineProperty(window, 'documentPictureInPicture', {
    configurable: true, value: { requestWindow: () => Promise.resolve(frame.contentWindow) },
  });
  return {
    frame,
    restore: () => {
      frame.remove();
      Reflect.deleteProperty(window, 'documentPictureInPicture');
      if (before) Object.defineProperty(window, 'documentPictureInPicture', before);
    },
  };
}

async function openFrom(grid: RtcGridElement): Promise<void> {
  button(grid, 'view').click();
  await waitUntil(() => grid.shadowRoot!.querySelector('[part=menu] button'));
  grid.shadowRoot!.querySelector<HTMLButtonElement>('[part=menu] button')!.click();
}

describe('the floating window of a grid', () => {
  it('shows people and controls of the room, styled and at work, in another document, and lets go when it closes', async () => {
    const { frame, restore } = stubWindow();
    try {
      const room = await roomFixture(html`<rtc-grid style="--rtc-accent: rgb(1, 2, 3); --rtc-density: .8"></rtc-grid>`);
      await room.join();
      const shown: string[] = [];
      const { show } = room.room;
      room.room.show = (participant, source) => {
        const display = show.call(room.room, participant, source);
        return { ...display, set: (of) => { if (of?.visible) shown.push(participant); display.set(of); } };
      };
      for (const id of ['a', 'b']) network().arrive(id, id.toUpperCase());
      network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(pictureTrack(), 'camera')] });
      const grid = await part(room, 'rtc-grid');
      await openFrom(grid);
      const page = frame.contentDocument!;
      await waitUntil(() => page.querySelector('rtc-grid')?.shadowRoot?.querySelector('rtc-video.stage'), 'the stage is there');
      const floating = page.querySelector('rtc-grid')!;
      await settled(floating);
      const tile = floating.shadowRoot!.querySelector('rtc-video.stage')!;
      await waitUntil(() => (tile.shadowRoot!.querySelector('video')?.videoWidth ?? 0) > 0, 'the picture is shown');
      expect(getComputedStyle(tile).position).to.equal('absolute');
      const tokens = getComputedStyle(page.documentElement);
      expect(['--rtc-accent', '--rtc-density'].map((token) => tokens.getPropertyValue(token))).to.deep.equal(['rgb(1, 2, 3)', '.8']);
      shown.length = 0;
      let width = 100; // The grid gives it its own again whenever it likes.
      await waitUntil(() => {
        (tile as HTMLElement).style.inlineSize = `${width++}px`;
        return shown.includes('a');
      }, 'it is looked at there');
      button(page.querySelector('rtc-controls')!, 'leave').click();
      await waitUntil(() => room.room.snapshot.state === 'idle', 'the controls act on the room');
      frame.contentWindow!.dispatchEvent(new Event('pagehide'));
      expect(page.querySelector('rtc-grid')).to.equal(null);
    } finally {
      restore();
    }
  });

  it('leaves on show what the page shows: its controls only look', async () => {
    const { frame, restore } = stubWindow();
    try {
      const room = await roomFixture(html`<rtc-grid></rtc-grid>`);
      await room.join();
      network().arrive('a');
      await openFrom(await part(room, 'rtc-grid'));
      const controls = () => frame.contentDocument!.querySelector('rtc-controls');
      await waitUntil(() => controls()?.shadowRoot?.querySelector('button'));
      network().tell({ type: 'error', error: new RoomError('queue-full', 'Slow.') });
      await settled(room);
      await room.room.raiseHand(true);
      await waitUntil(() => controls()!.matches(':state(hand)'), 'they are rendered anew');
      await settled(room);
      expect(room.shadowRoot!.querySelector('[part=error]')?.textContent).to.contain('queue-full');
    } finally {
      restore();
    }
  });

  it('lets people compare codes there as well', async () => {
    const { frame, restore } = stubWindow();
    try {
      const room = await roomFixture(html`<rtc-grid></rtc-grid>`);
      room.room.verify = () => new Promise(() => {});
      await room.join();
      network().arrive('a');
      await openFrom(await part(room, 'rtc-grid'));
      const tile = () => frame.contentDocument!.querySelector('rtc-grid')?.shadowRoot?.querySelector('rtc-video')?.shadowRoot;
      await waitUntil(() => tile()?.querySelector('[part=identity]'));
      tile()!.querySelector<HTMLElement>('[part=identity]')!.click();
      const panel = () => tile()!.querySelector('rtc-verify')?.shadowRoot?.querySelector('[part=panel]');
      await waitUntil(panel, 'the panel is there');
      expect(frame.contentWindow!.getComputedStyle(panel()!).paddingTop, 'with its own styles').to.equal('16px');
    } finally {
      restore();
    }
  });

  it('says so where the browser refuses', async () => {
    const { restore } = stubWindow();
    Object.assign((window as WithWindows).documentPictureInPicture as object, {
      requestWindow: () => Promise.reject(new DOMException('no click', 'NotAllowedError')),
    });
    try {
      const room = await roomFixture(html`<rtc-grid></rtc-grid>`);
      await room.join();
      network().arrive('a');
      const told: string[] = [];
      room.addEventListener('rtc-error', ({ detail }) => { told.push(detail.code); });
      await openFrom(await part(room, 'rtc-grid'));
      await waitUntil(() => told.length > 0);
    } finally {
      restore();
    }
  });
});
