import { expect, nextFrame } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { button, network, part, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import { carried, pngFile } from '../rtc-files/files.testing.ts';
import { chatting, enter } from './chat.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-chat.ts';

describe('RtcChatElement', () => {
  it('sends with Enter, and not with Shift+Enter or while a word is composed', async () => {
    const { chat, input } = await chatting();
    input.value = 'hello';
    input.dispatchEvent(enter({ shiftKey: true }));
    input.dispatchEvent(enter({ isComposing: true }));
    input.dispatchEvent(enter({ keyCode: 229 })); // Safari, after the composition has ended.
    expect(network().sent).to.deep.equal([]);
    input.dispatchEvent(enter());
    await waitUntil(() => input.value === '');
    expect(network().sent.map(({ event }) => event)).to.deep.equal(['chat']);
    await settled(chat);
    expect(visibleText(chat)).to.contain('hello');
    input.value = '   ';
    input.dispatchEvent(enter());
    expect(network().sent).to.have.length(1);
  });

  it('shows what others write as text, with name and time', async () => {
    const { chat } = await chatting();
    network().say('a', 'chat', { id: '1', text: '<img src=x onerror=alert(1)>\njavascript:alert(1)' });
    await settled(chat);
    const text = chat.shadowRoot!.querySelector('[part=text]')!;
    expect(text.textContent).to.equal('<img src=x onerror=alert(1)>\njavascript:alert(1)');
    expect(text.children).to.have.length(0);
    expect(chat.shadowRoot!.querySelector('[part=author]')!.textContent).to.equal('Ada');
    expect(chat.shadowRoot!.querySelector('time')!.dateTime).to.match(/^\d{4}-\d\d-\d\dT/);
    await expect(chat).to.be.accessible();
  });

  it('gives every message its author and time, also where a follow-up does not show them', async () => {
    const { chat } = await chatting();
    network().say('a', 'chat', { id: '1', text: 'one' });
    network().say('a', 'chat', { id: '2', text: 'two' });
    await settled(chat);
    const [first, second] = [...chat.shadowRoot!.querySelectorAll<HTMLElement>('.head')];
    expect([first!.offsetHeight > 1, second!.offsetHeight]).to.deep.equal([true, 1]);
    for (const head of [first!, second!]) {
      expect(head.innerText).to.match(/^Ada\s+\d/);
      expect(getComputedStyle(head).display).not.to.equal('none');
    }
    expect(chat.scrollHeight).to.equal(chat.clientHeight);
  });

  it('keeps the name of someone who left', async () => {
    const { chat } = await chatting();
    network().say('a', 'chat', { id: '1', text: 'bye' });
    network().tell({ type: 'participant-gone', id: 'a', reason: 'leave' });
    await settled(chat);
    expect(chat.shadowRoot!.querySelector('[part=author]')!.textContent).to.equal('Ada');
  });

  it('keeps the line and shows the reason where it cannot be sent', async () => {
    const { room, input } = await chatting();
    network().emit = () => { throw new RoomError('queue-full', 'The queue is full.'); };
    input.value = 'precious';
    input.dispatchEvent(enter());
    await waitUntil(() => visibleText(room).includes('too slow at the moment'));
    expect(input.value).to.equal('precious');
  });

  it('counts what came out of sight, and goes to the end by a click', async () => {
    const { chat } = await chatting();
    const list = chat.shadowRoot!.querySelector('[part=list]')!;
    // Fewer than the engine takes from one sender at once, and long enough to fill the list.
    const say = (id: number) => { network().say('a', 'chat', { id: String(id), text: 'line\n'.repeat(5) }); };
    for (let id = 0; id < 10; id++) say(id);
    await settled(chat);
    expect(chat.unread).to.equal(0);
    // The list's own scrolling, and the first word of its observer, come with a frame; what follows is to be ours alone.
    await nextFrame();
    await nextFrame();
    const scrolled = new Promise((resolve) => { list.addEventListener('scroll', resolve, { once: true }); });
    list.scrollTop = 0;
    await scrolled;
    say(10);
    say(11);
    await settled(chat);
    expect([chat.unread, chat.matches(':state(unread)')]).to.deep.equal([2, true]);
    expect(list.scrollTop).to.equal(0);
    button(chat, 'new').click();
    await settled(chat);
    expect(chat.unread).to.equal(0);
    expect(list.scrollTop).to.be.greaterThan(0);
  });

  it('stays at the end where it gets smaller, or a picture in it its size', async () => {
    const { chat } = await chatting();
    const list = chat.shadowRoot!.querySelector<HTMLElement>('[part=list]')!;
    const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 2;
    for (let id = 0; id < 10; id++) network().say('a', 'chat', { id: String(id), text: 'line' });
    await settled(chat);
    chat.style.blockSize = '220px';
    await waitUntil(isAtEnd);
    const last = [...list.querySelectorAll<HTMLElement>('[part=message]')].at(-1)!;
    last.style.minBlockSize = '600px';
    expect(isAtEnd()).to.equal(false);
    // Told of its own going to the end only now.
    list.dispatchEvent(new Event('scroll'));
    expect(isAtEnd()).to.equal(true);
    last.style.minBlockSize = '900px';
    last.append(Object.assign(new Image(), { src: URL.createObjectURL(pngFile()) }));
    await waitUntil(isAtEnd);
    expect(chat.unread).to.equal(0);
  });

  it('counts while it is hidden, and reads when it is shown', async () => {
    const { chat } = await chatting();
    chat.hidden = true;
    network().say('a', 'chat', { id: '1', text: 'hidden' });
    await settled(chat);
    expect(chat.unread).to.equal(1);
    chat.hidden = false;
    await waitUntil(() => chat.unread === 0);
  });

  it('takes files that are dropped on it, as lines, unless it is for text only', async () => {
    const { chat, room } = await chatting();
    const sent: string[] = [];
    room.room.files.send = (file) => { sent.push((file as File).name); return Promise.resolve([]); };
    chat.dispatchEvent(carried('drop', new File(['x'], 'a.txt')));
    await waitUntil(() => sent.length === 1);
    chat.textOnly = true;
    await settled(chat);
    chat.dispatchEvent(carried('paste', new File(['x'], 'b.txt')));
    expect([sent, chat.shadowRoot!.querySelector('[part=attach]')]).to.deep.equal([['a.txt'], null]);
  });

  it('reads out what others write while it is in sight, and nothing that was there before', async () => {
    const { room, chat } = await chatting();
    const log = chat.shadowRoot!.querySelector('[role=log]')!;
    const read = () => [...log.children].map(({ textContent }) => textContent);
    network().say('a', 'chat', { id: '1', text: 'one' });
    room.room.sendMessage('mine');
    await settled(chat);
    expect(read()).to.deep.equal(['\u2068Ada\u2069: one']);
    chat.hidden = true;
    network().say('a', 'chat', { id: '2', text: 'two' });
    await settled(chat);
    chat.hidden = false;
    network().say('a', 'chat', { id: '3', text: 'three' });
    await settled(chat);
    expect(read()).to.deep.equal(['\u2068Ada\u2069: one', '\u2068Ada\u2069: three']);
    expect(chat.shadowRoot!.querySelector('[part=list]')!.closest('[role=log], [aria-live]') === null).to.equal(true);
    chat.replaceWith(document.createElement('rtc-chat'));
    const later = await part(room, 'rtc-chat');
    expect(visibleText(later)).to.contain('three');
    expect(later.shadowRoot!.querySelector('[role=log]')!.textContent.trim()).to.equal('');
  });

  it('leaves styled text that brings a picture of itself to the browser, and takes files that bring their names', async () => {
    const { chat, room, input } = await chatting();
    const sent: string[] = [];
    room.room.files.send = (file) => { sent.push((file as File).name); return Promise.resolve([]); };
    const paste = (name: string, texts: Record<string, string>) => {
      const event = carried('paste', new File(['x'], name)) as ClipboardEvent;
      for (const [type, text] of Object.entries(texts)) event.clipboardData!.setData(type, text);
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: event.clipboardData, cancelable: true, bubbles: true, composed: true }));
    };
    const prevented: boolean[] = [];
    chat.parentElement!.addEventListener('paste', ({ defaultPrevented }) => { prevented.push(defaultPrevented); });
    paste('cell.png', { 'text/plain': '42', 'text/html': '<table><tr><td>42</table>' });
    paste('a.txt', { 'text/plain': 'a.txt' });
    paste('picture.png', { 'text/html': '<img src="picture.png">' });
    chat.textOnly = true;
    paste('b.txt', {});
    await waitUntil(() => sent.length === 2);
    expect([sent, prevented]).to.deep.equal([['a.txt', 'picture.png'], [false, true, true, false]]);
  });
});
