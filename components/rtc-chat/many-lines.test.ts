import { expect, html, nextFrame } from '@open-wc/testing';
import { network, part, roomFixture, settled } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-chat.ts';
import type { RtcChatElement } from './rtc-chat.ts';

const MORE = 100;
const LINES = 10_000;

async function longChat(): Promise<{ chat: RtcChatElement; list: HTMLElement; say: (text: string) => void }> {
  const room = await roomFixture(html`<rtc-chat></rtc-chat>`);
  room.room.configure({ limits: { chatLinesPerSecond: 1e6, chatLinesBurst: 1e6 } });
  const chat = await part(room, 'rtc-chat');
  chat.style.blockSize = '600px';
  await room.join();
  network().arrive('a', 'Ada');
  let id = 0;
  const say = (text: string) => { network().say('a', 'chat', { id: String(id++), text }); };
  for (let i = 0; i < LINES; i++) say(`line ${i} https://example.com/${i}`);
  await settled(chat);
  return { chat, list: chat.shadowRoot!.querySelector<HTMLElement>('[part=list]')!, say };
}

const shown = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>('[data-id]')].map(({ dataset }) => Number(dataset['id']!.slice(2)));
const inSight = (list: HTMLElement) => {
  const { top, bottom } = list.getBoundingClientRect();
  return [...list.querySelectorAll<HTMLElement>('[data-id]')].filter((line) => {
    const box = line.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  }).map(({ dataset }) => Number(dataset['id']!.slice(2)));
};

describe('RtcChatElement with 10,000 lines', () => {
  it('has few of them in the page, takes more, and can be read back from the last, each of them in its turn', async () => {
    const { chat, list, say } = await longChat();
    expect(shown(list)).to.have.length(80);
    expect(shown(list).at(-1)).to.equal(LINES - 1);
    for (let n = 0; n < MORE; n++) {
      say(`more ${n}`);
      await settled(chat);
    }
    expect([shown(list).length, inSight(list).at(-1)]).to.deep.equal([80, LINES + MORE - 1]);

    for (let step = 0; step < 25; step++) {
      const before = inSight(list);
      list.scrollTop -= 500;
      await nextFrame();
      await nextFrame();
      await settled(chat);
      const after = inSight(list);
      // What one reads stays: each step shows what comes just before, and no hole.
      expect(after[0]!).to.be.lessThan(before[0]!);
      expect(after.at(-1)!).to.be.at.least(before[0]! - 1);
      expect(shown(list).length).to.be.at.most(160);
    }
    const before = inSight(list);
    expect(before[0]).to.be.lessThan(LINES - 100);

    // Lines that come meanwhile move nothing.
    say('while somebody reads');
    await settled(chat);
    await nextFrame();
    expect(inSight(list)).to.deep.equal(before);
    expect(chat.unread).to.equal(1);
    const read = [...chat.shadowRoot!.querySelectorAll('[role=log] p')].map((line) => line.textContent.split(': ')[1]);
    expect(read).to.deep.equal(['more 97', 'more 98', 'more 99', 'while somebody reads']);
  });
});
