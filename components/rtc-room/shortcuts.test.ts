import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { RoomRequestEvent } from '../internal/room-request.ts';
import { button, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import { COMMANDS } from './commands.ts';
import { hearShortcuts } from './shortcuts.ts';
import type { RtcRoomElement } from './rtc-room.ts';

const press = (key: string) => sendKeys({ press: key });
const stageOf = (room: RtcRoomElement) => room.shadowRoot!.querySelector<HTMLElement>('[part=stage]')!;
const said = (room: RtcRoomElement) => [...room.shadowRoot!.querySelectorAll('[role=status].hidden p')].map((line) => line.textContent);
const dialogOf = (room: RtcRoomElement) => room.shadowRoot!.querySelector<HTMLDialogElement>('dialog[open]');

/** In the call, with the focus where a join leaves it. */
async function joined(): Promise<RtcRoomElement> {
  const room = await roomFixture();
  await room.join();
  await settled(room);
  stageOf(room).focus();
  return room;
}

/** Keys that do nothing leave no trace: one that does, pressed after them, shows that they had their time. */
async function settlesByHand(room: RtcRoomElement): Promise<void> {
  const { hand } = room.room.snapshot.local;
  room.removeAttribute('no-shortcuts');
  stageOf(room).focus();
  await press('h');
  await waitUntil(() => (room.room.snapshot.local.hand === undefined) === (hand !== undefined), 'the hand turns');
}

describe('keys within RtcRoomElement', () => {
  it('do what the buttons do, and say so', async () => {
    const room = await joined();
    const { local } = room.room.snapshot;
    expect([local.microphone.state, local.camera.state]).to.deep.equal(['off', 'off']);
    for (const [key, source, name] of [['m', 'microphone', 'Microphone'], ['v', 'camera', 'Camera']] as const) {
      for (const state of ['on', 'off'] as const) {
        await press(key);
        await waitUntil(() => room.room.snapshot.local[source].state === state, `${key} switches it ${state}`);
        await waitUntil(() => said(room).at(-1) === `${name} ${state}`);
      }
    }
    await press('h');
    await waitUntil(() => room.room.snapshot.local.hand !== undefined && said(room).at(-1) === 'Hand raised');
    await press('H');
    await waitUntil(() => room.room.snapshot.local.hand === undefined && said(room).at(-1) === 'Hand lowered');
  });

  it('open and close the panels, and leave no letter in what gets the focus', async () => {
    const room = await joined();
    const expanded = () => ['chat', 'participants'].map((name) => button(room, `${name}-toggle`).ariaExpanded);
    await press('c');
    const chat = await part(room, 'rtc-chat');
    const input = chat.shadowRoot!.querySelector('textarea')!;
    await waitUntil(() => chat.shadowRoot!.activeElement === input);
    stageOf(room).focus();
    await press('c');
    await waitUntil(() => room.shadowRoot!.activeElement === button(room, 'chat-toggle'));
    await press('c'); // By now all is there, and the focus goes at once.
    await waitUntil(() => chat.shadowRoot!.activeElement === input);
    expect([expanded(), input.value]).to.deep.equal([['true', 'false'], '']);
    await press('p');
    expect(input.value, 'typed into a field').to.equal('p');
    stageOf(room).focus();
    await press('p');
    await waitUntil(() => expanded().join() === 'false,true');
    stageOf(room).focus();
    await press('p');
    await waitUntil(() => expanded().join() === 'false,false');
    expect(room.shadowRoot!.activeElement).to.equal(button(room, 'participants-toggle'));
  });

  it('share a screen: the press still counts as one once what it does is loaded', async () => {
    const room = await joined();
    const { mediaDevices, userActivation } = navigator;
    const { getDisplayMedia } = mediaDevices;
    let wasActive: boolean | undefined;
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    mediaDevices.getDisplayMedia = () => {
      wasActive = userActivation.isActive;
      return Promise.resolve(canvas.captureStream());
    };
    try {
      await press('s');
      await waitUntil(() => room.room.snapshot.local.screen.state === 'on');
      expect(wasActive).to.equal(true);
      await waitUntil(() => said(room).at(-1) === 'You share your screen');
      await press('s');
      await waitUntil(() => said(room).at(-1) === 'You no longer share your screen');
    } finally {
      mediaDevices.getDisplayMedia = getDisplayMedia;
    }
  });

  it('do nothing with Control, Alt or Meta, in a word, held down, handled by the page, or switched off', async () => {
    const room = await joined();
    await settlesByHand(room);
    let asked = 0;
    room.toggle = () => { asked++; return Promise.resolve(); };
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey', 'modifierAltGraph', 'repeat', 'isComposing']) {
      const init = { key: 'm', code: 'KeyM', bubbles: true, composed: true, cancelable: true, [modifier]: true };
      expect(stageOf(room).dispatchEvent(new KeyboardEvent('keydown', init)), modifier).to.equal(true);
    }
    room.addEventListener('keydown', (event) => { event.preventDefault(); }, { capture: true, once: true });
    await press('m');
    room.setAttribute('no-shortcuts', '');
    await press('m');
    await settlesByHand(room);
    expect(asked).to.equal(0);
    await sendKeys({ down: 'm' });
    await sendKeys({ down: 'm' }); // As the keyboard repeats it.
    await sendKeys({ up: 'm' });
    await waitUntil(() => asked === 1);
    await settlesByHand(room);
    expect(asked).to.equal(1);
    await room.leave();
    await settled(room);
    await press('m');
    await room.join();
    await settled(room);
    await settlesByHand(room);
    expect(asked, 'not outside of the call').to.equal(1);
  });

  it('do nothing from elsewhere in the page, from a field, a menu or a dialog, though from a button', async () => {
    const room = await roomFixture(html`<input><input type="checkbox"><textarea></textarea><p contenteditable tabindex="0"></p>
      <select><option>Mars</option></select><div role="menu"><button>A</button></div><div role="dialog" tabindex="0"></div>
      <button>B</button>`);
    const outside = document.createElement('button');
    room.after(outside);
    await room.join();
    let asked = 0;
    room.toggle = () => { asked++; return Promise.resolve(); };
    const from = async (element: Element) => {
      (element as HTMLElement).focus();
      expect(document.activeElement, 'it has the focus').to.equal(element);
      await press('m');
    };
    const [checkbox, last] = [room.querySelector('[type=checkbox]')!, room.lastElementChild!];
    await from(last);
    await waitUntil(() => asked === 1);
    const others = [outside, ...room.querySelectorAll('input:not([type]), textarea, p, select, [role=menu] button, [role=dialog]')];
    expect(others.length).to.equal(7);
    for (const element of others) await from(element);
    await from(checkbox);
    await waitUntil(() => asked === 2);
    outside.remove();
  });

  it('drop one that is understood late: somebody has clicked since', async () => {
    const room = await joined();
    const end = new AbortController();
    const hear = hearShortcuts(room, () => {}, end.signal);
    const pressedBefore = (ms: number) => {
      const event = new KeyboardEvent('keydown', { key: 'h' });
      Object.defineProperty(event, 'timeStamp', { value: performance.now() - ms });
      return hear(event, [stageOf(room), room]);
    };
    expect([pressedBefore(5000), pressedBefore(10)]).to.deep.equal([false, true]);
    await waitUntil(() => room.room.snapshot.local.hand !== undefined);
    end.abort();
  });
});

describe('the list of keys', () => {
  it('comes by "?", closes by Escape, and gives the focus back', async () => {
    const room = await joined();
    await press('?');
    await waitUntil(() => dialogOf(room));
    expect(visibleText(dialogOf(room)!)).to.match(/^Keyboard shortcuts Microphone M Camera V Share screen S .* Keyboard shortcuts \? Hold .* Space/);
    await expect(room).to.be.accessible();
    await press('h');
    await press('Escape');
    await waitUntil(() => !room.shadowRoot!.querySelector('dialog'), 'it goes');
    expect(room.shadowRoot!.activeElement).to.equal(stageOf(room));
    expect(room.room.snapshot.local.hand, 'the list has keys of its own').to.equal(undefined);
  });

  it('comes from the menu, in the words of where it stands, unless keys do nothing', async () => {
    const room = await joined();
    room.lang = 'de';
    const controls = await part(room, 'rtc-controls');
    const item = () => controls.shadowRoot!.querySelector<HTMLElement>('[popover]:popover-open [part~=shortcuts]');
    button(controls, 'more').click();
    await waitUntil(() => item()?.textContent.includes('Tastenkürzel'));
    item()!.click();
    await waitUntil(() => dialogOf(room));
    expect(visibleText(dialogOf(room)!)).to.contain('Leertaste');
    room.shadowRoot!.querySelector<HTMLElement>('dialog [part=close]')!.click();
    await waitUntil(() => !dialogOf(room));
    expect(controls.shadowRoot!.activeElement).to.equal(button(controls, 'more'));
    room.noShortcuts = true;
    button(controls, 'more').click();
    await waitUntil(() => controls.shadowRoot!.querySelector('[popover]:popover-open [part~=doctor]') && !item());
  });

  it('has none for what a page of its own arrangement has not, and is not opened where nobody sees it', async () => {
    const room = await roomFixture(html`<p>One's own</p>`);
    const command = () => {
      const request = new RoomRequestEvent(COMMANDS.get('--show-shortcuts')!);
      room.dispatchEvent(request);
      return request.outcome;
    };
    room.hidden = true;
    await command();
    expect(dialogOf(room) === null).to.equal(true);
    room.hidden = false;
    await command();
    expect(visibleText(dialogOf(room)!)).not.to.match(/Chat|Participants/);
    room.remove();
  });
});
