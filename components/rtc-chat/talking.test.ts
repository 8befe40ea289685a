import { expect, nextFrame } from '@open-wc/testing';
import { button, network, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import { chatting, enter } from './chat.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-chat.ts';

describe('RtcChatElement, beside the lines', () => {
  it('makes links of addresses, which tell the other side nothing', async () => {
    const { chat } = await chatting();
    network().say('a', 'chat', { id: '1', text: 'see https://example.com/a, or javascript:alert(1)' });
    await settled(chat);
    const links = [...chat.shadowRoot!.querySelectorAll('a')];
    expect(links.map(({ href, rel, target, textContent }) => [href, rel, target, textContent]))
      .to.deep.equal([['https://example.com/a', 'noopener noreferrer nofollow', '_blank', 'https://example.com/a']]);
    expect(chat.shadowRoot!.querySelector('[part=text]')!.textContent).to.equal('see https://example.com/a, or javascript:alert(1)');
  });

  it('shows a few emoji larger', async () => {
    const { chat } = await chatting();
    network().say('a', 'chat', { id: '1', text: '🎉' });
    network().say('a', 'chat', { id: '2', text: 'x' });
    await settled(chat);
    const [emoji, text] = [...chat.shadowRoot!.querySelectorAll('[part=text]')].map((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(emoji).to.be.greaterThan(text! * 1.5);
  });

  it('answers a line by the keyboard alone, and goes to what was answered by a click', async () => {
    const { chat, input } = await chatting();
    network().say('a', 'chat', { id: '1', text: 'one?' });
    network().say('a', 'chat', { id: '2', text: 'two?' });
    await settled(chat);
    const list = chat.shadowRoot!.querySelector<HTMLElement>('[part=list]')!;
    list.focus();
    const press = (key: string) => { chat.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); };
    press('ArrowUp');
    press('ArrowUp');
    const line = chat.shadowRoot!.activeElement as HTMLElement;
    expect(line.dataset['id']).to.equal('a/1');
    expect([...list.querySelectorAll<HTMLElement>('[part=reply]')].map(({ tabIndex }) => tabIndex)).to.deep.equal([0, -1]);
    press('Enter');
    await settled(chat);
    expect([chat.shadowRoot!.activeElement, visibleText(chat.shadowRoot!.querySelector('[part=replying]')!)]).to.deep.equal([input, 'Ada one?']);
    await expect(chat).to.be.accessible();
    input.value = 'yes';
    input.dispatchEvent(enter());
    await waitUntil(() => input.value === '');
    expect(network().sent.at(-1)!.args).to.deep.include.members([{ id: (network().sent.at(-1)!.args[0] as { id: string }).id, text: 'yes', replyTo: 'a/1' }]);
    await settled(chat);
    expect(chat.shadowRoot!.querySelector('[part=replying]')).to.equal(null);
    const quote = button(chat, 'quote');
    expect([quote.textContent, quote.title]).to.deep.equal(['Ada one?', 'In reply to \u2068Ada\u2069']);
    quote.click();
    await waitUntil(() => (chat.shadowRoot!.activeElement as HTMLElement | null)?.dataset['id'] === 'a/1');
  });

  it('lets a line run in its own direction, whatever was answered', async () => {
    const { chat } = await chatting();
    network().say('a', 'chat', { id: '1', text: 'שלום' });
    network().arrive('b', 'ليلى');
    network().say('b', 'chat', { id: '2', text: 'سلام' });
    network().say('a', 'chat', { id: '3', text: 'Yes.', replyTo: 'b/2' });
    await settled(chat);
    const directions = [...chat.shadowRoot!.querySelectorAll('[part=text]')].map((text) => getComputedStyle(text).direction);
    expect(directions).to.deep.equal(['rtl', 'rtl', 'ltr']);
  });

  it('says so where what was answered is not here', async () => {
    const { chat } = await chatting();
    network().say('a', 'chat', { id: '1', text: 'yes', replyTo: 'b/7' });
    await settled(chat);
    expect(chat.shadowRoot!.querySelector('[part=quote]')!.textContent).to.equal('A message you do not have');
  });

  it('says how far one\'s own lines have come', async () => {
    const { chat, room } = await chatting();
    network().arrive('b', 'Bo');
    room.room.sendMessage('hi');
    await settled(chat);
    const delivery = () => chat.shadowRoot!.querySelector('[part=delivery]')!.textContent;
    expect(delivery()).to.equal('Sent');
    const { id } = room.room.snapshot.messages[0]!;
    network().context.onTalk('a', ['got', [id.split('/')[1]]]);
    await waitUntil(() => delivery() === 'Reached 1 of 2');
    network().context.onTalk('b', ['got', [id.split('/')[1]]]);
    await waitUntil(() => delivery() === 'Reached everyone');
  });

  it('tells that one writes, and shows who else does', async () => {
    const { chat, input } = await chatting();
    network().arrive('b', 'Bo');
    network().context.onTalk('a', ['typing', true]);
    network().context.onTalk('b', ['typing', true]);
    const typing = chat.shadowRoot!.querySelector('[part=typing]')!;
    await waitUntil(() => typing.textContent === 'Writing: \u2068Ada\u2069 and \u2068Bo\u2069');
    input.value = 'x';
    input.dispatchEvent(new InputEvent('input'));
    await waitUntil(() => network().told.length === 2);
    expect(network().told[0]).to.deep.equal({ to: 'a', args: ['typing', true] });
  });

  it('asks those who are here for what was said, and marks what they only tell', async () => {
    const { chat, room } = await chatting();
    await room.leave();
    await room.join();
    network().histories.set('a', () => ({ lines: [
      { id: '1', text: 'before', agoMs: 2000, from: 'z', name: 'Zoe' }, { id: '2', text: 'mine', agoMs: 1000 },
    ] }));
    network().arrive('a', 'Ada');
    await waitUntil(() => visibleText(chat).includes('mine'));
    expect(visibleText(chat)).to.match(/Before you came Zoe told by \u2068Ada\u2069 .* before Ada .* mine/);
    expect([chat.unread, chat.shadowRoot!.querySelectorAll('[part=told-by]').length]).to.deep.equal([0, 1]);
    await expect(chat).to.be.accessible();
  });

  it('marks where the unread ones begin', async () => {
    const { chat } = await chatting();
    network().say('a', 'chat', { id: '1', text: 'read' });
    await settled(chat);
    await nextFrame();
    chat.hidden = true;
    network().say('a', 'chat', { id: '2', text: 'unread' });
    await settled(chat);
    chat.hidden = false;
    await waitUntil(() => chat.unread === 0);
    expect(visibleText(chat)).to.match(/read .*New .*unread/);
  });
});
