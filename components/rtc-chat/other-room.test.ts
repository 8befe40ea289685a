import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { fakeRoom, network, part, settled, waitUntil } from '../internal/room.testing.ts';
import { chatting, enter } from './chat.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-chat.ts';

const LINES = 9;

describe('RtcChatElement, from one room to another', () => {
  it('takes no draft and no answer along', async () => {
    const { room, chat, input } = await chatting();
    network().say('a', 'chat', { id: '1', text: 'for this room only' });
    await settled(chat);
    chat.shadowRoot!.querySelector<HTMLElement>('[part=reply]')!.click();
    await settled(chat);
    await room.leave();
    await room.room.join();
    await settled(chat);
    expect(chat.shadowRoot!.querySelector('[part=replying]') !== null, 'the same room').to.equal(true);
    input.value = 'a draft';
    await room.leave();
    room.room.configure({ name: 'other' });
    await room.room.join();
    await settled(chat);
    expect([chat.shadowRoot!.querySelector('[part=replying]') === null, input.value]).to.deep.equal([true, '']);
    input.value = 'hi';
    input.dispatchEvent(enter());
    await waitUntil(() => network().sent.length > 0);
    expect((network().sent[0]!.args[0] as { replyTo?: string }).replyTo).to.equal(undefined);
  });

  it('begins at the end, with nothing marked as unread', async () => {
    const [one, two] = [fakeRoom('one'), fakeRoom('two')];
    const box = await fixture<HTMLElement>(html`<div><rtc-room id="chat-one" .room=${one}><i></i></rtc-room>
      <rtc-room id="chat-two" .room=${two}><i></i></rtc-room><rtc-chat for="chat-one" style="block-size: 300px"></rtc-chat></div>`);
    const chat = await part(box, 'rtc-chat');
    const list = chat.shadowRoot!.querySelector('[part=list]')!;
    const fill = () => {
      network().arrive('a', 'Ada');
      for (let id = 0; id < LINES; id++) network().say('a', 'chat', { id: String(id), text: 'line\n'.repeat(5) });
    };
    await one.join();
    fill();
    await settled(chat);
    await nextFrame();
    await nextFrame();
    const scrolled = new Promise((resolve) => { list.addEventListener('scroll', resolve, { once: true }); });
    list.scrollTop = 0;
    await scrolled;
    network().say('a', 'chat', { id: 'more', text: 'unread' });
    await settled(chat);
    expect(chat.unread).to.equal(1);
    await two.join();
    fill();
    chat.for = 'chat-two';
    await settled(chat);
    await waitUntil(() => chat.unread === 0);
    expect(chat.shadowRoot!.querySelector('[part=divider]') === null).to.equal(true);
    expect(list.scrollHeight - list.scrollTop - list.clientHeight).to.be.lessThan(3);
    expect(chat.shadowRoot!.querySelector('[role=log]')!.textContent.trim()).to.equal('');
  });
});
