import { expect } from '@open-wc/testing';
import { button, part, roomFixture, settled, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcElement } from '../internal/rtc-element.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

const STILL = '[part=preview], [part=heading], [part=name], [part~=join], [part~=microphone]';

describe('the layout of RtcLobbyElement', () => {
  let frame: HTMLIFrameElement;
  beforeEach(() => {
    frame = document.createElement('iframe');
    document.body.append(frame);
  });
  afterEach(() => { frame.remove(); });

  /** In a window of that size. */
  async function inWindow(width: number, height: number): Promise<[RtcRoomElement, RtcElement]> {
    frame.style.cssText = `inline-size: ${width}px; block-size: ${height}px; border: 0`;
    const room = await roomFixture();
    frame.contentDocument!.body.append(room);
    const lobby = await part(room, 'rtc-lobby');
    await settled(room, lobby);
    return [room, lobby];
  }

  for (const [width, height] of [[1280, 720], [360, 740], [740, 360], [640, 360]] as const) {
    it(`has name and Join in a window of ${width} by ${height}, and moves nothing once devices are on`, async () => {
      const [room, lobby] = await inWindow(width, height);
      const root = lobby.shadowRoot!;
      for (const name of ['join', 'join-without']) expect(button(lobby, name).getBoundingClientRect().bottom).to.be.at.most(height);
      const at = () => [...root.querySelectorAll(STILL)].map((one) => {
        const { x, y } = one.getBoundingClientRect();
        return `${one.part.value} ${x.toFixed()} ${y.toFixed()}`;
      });
      const before = at();
      expect(before).to.have.length(5);
      button(lobby, 'microphone').click();
      button(lobby, 'camera').click();
      const selects = () => [...root.querySelectorAll('rtc-device-select')].map((one) => one.shadowRoot?.querySelector('select'));
      await waitUntil(() => selects().length === 3 && selects().every(Boolean));
      await settled(lobby);
      expect(at()).to.deep.equal(before);
      const [toggle, picture] = [button(lobby, 'microphone'), root.querySelector('rtc-video')!].map((one) => one.getBoundingClientRect());
      expect(toggle!.bottom, 'in the picture').to.be.at.most(picture!.bottom);
      room.room.close();
    });
  }

  it('shows the initials of the name that is being typed', async () => {
    const [, lobby] = await inWindow(1280, 720);
    const input = lobby.shadowRoot!.querySelector('input')!;
    const video = lobby.shadowRoot!.querySelector('rtc-video')!;
    const initials = async () => {
      await settled(lobby, video);
      return video.shadowRoot!.querySelector('[part=avatar]')!.textContent;
    };
    expect(await initials()).to.equal('M');
    for (const [typed, shown] of [['Ada Lovelace', 'AL'], [' ', 'M']] as const) {
      input.value = typed;
      input.dispatchEvent(new InputEvent('input'));
      expect(await initials()).to.equal(shown);
      expect(input.value, 'what is typed stays').to.equal(typed);
    }
  });
});
