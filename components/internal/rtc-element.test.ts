import { expect, fixture, html } from '@open-wc/testing';
import { fakeRoom, network, part, roomFixture, settled, visibleText, waitUntil } from './room.testing.ts';
import { setMessages } from './messages.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RtcControlsElement } from '../rtc-controls/rtc-controls.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

const page = document.documentElement;

describe('the language of an element', () => {
  const { lang, dir } = page;
  afterEach(() => {
    page.lang = lang;
    page.dir = dir;
  });

  const labels = (element: Element) => [...element.shadowRoot!.querySelectorAll('button')].map(({ ariaLabel, textContent }) => ariaLabel ?? textContent.trim());
  const shown = (element: Element) => element.shadowRoot!.querySelector<HTMLElement>('.shown')!;

  it('is that of what stands around it, each its own, from the first thing shown, and follows', async () => {
    page.lang = 'fr';
    const rendering = fixture(html`<div>
      <section lang="de-AT"><rtc-room .room=${fakeRoom()}><rtc-controls></rtc-controls></rtc-room></section>
      <rtc-room .room=${fakeRoom()}><rtc-controls></rtc-controls></rtc-room></div>`);
    const [german, french] = [...document.querySelectorAll('rtc-controls')] as [RtcControlsElement, RtcControlsElement];
    const seen = new Set<string>();
    const look = new MutationObserver(() => { seen.add(labels(german).at(-1)!); });
    look.observe(german.shadowRoot!, { subtree: true, childList: true, attributes: true, characterData: true });
    const box = await rendering;
    await settled(german, french);
    expect([labels(german).at(-1), labels(french).at(-1)]).to.deep.equal(['Beitreten', 'Rejoindre']);
    box.querySelector('section')!.lang = 'es';
    page.lang = 'ja';
    await waitUntil(() => labels(german).at(-1) === 'Unirse' && labels(french).at(-1) === '参加');
    expect([...seen]).to.deep.equal(['Beitreten', 'Unirse']);
  });

  it('is waited for with what the page put into the element in its place', async () => {
    page.lang = 'fr-CA';
    const rendering = fixture(html`<rtc-room .room=${fakeRoom()}><p>Here</p></rtc-room>`);
    const room = document.querySelector('rtc-room')!;
    expect([room.hasUpdated, room.matches(':state(arranged)'), room.querySelector('p')!.checkVisibility()]).to.deep.equal([false, true, true]);
    await rendering;
    expect(room.shadowRoot!.querySelectorAll('slot:not([name])').length).to.equal(1);
  });

  it('is found through shadows and `for`, the page\'s own word last', async () => {
    page.lang = 'fr';
    const host = await fixture<HTMLDivElement>(html`<div lang="de"></div>`);
    host.attachShadow({ mode: 'open' }).innerHTML = '<p><rtc-room id="in" lang="es"></rtc-room></p><rtc-controls for="in"></rtc-controls>';
    const room = host.shadowRoot!.querySelector<RtcRoomElement>('rtc-room')!;
    room.room = fakeRoom();
    const controls = host.shadowRoot!.querySelector<RtcControlsElement>('rtc-controls')!;
    await waitUntil(() => labels(controls).at(-1) === 'Unirse');
    expect(shown(controls).lang).to.equal('es');
    controls.lang = 'de';
    await waitUntil(() => labels(controls).at(-1) === 'Beitreten');
    expect(shown(controls).hasAttribute('lang')).to.equal(false);
    // In the shadow of an element of ours stand elements of ours: they speak as it does.
    const lobby = await part(room, 'rtc-lobby');
    await waitUntil(() => visibleText(lobby).includes('Tu nombre'));
    host.shadowRoot!.querySelector('p')!.lang = 'ja';
    room.removeAttribute('lang');
    await waitUntil(() => visibleText(lobby).includes('お名前'));
  });

  it('is said on what is shown where the page says another: English where there are no such words', async () => {
    page.lang = 'it';
    const host = await roomFixture(html`<rtc-controls></rtc-controls>`);
    const controls = await part(host, 'rtc-controls');
    expect([labels(controls).at(-1), shown(controls).lang]).to.deep.equal(['Join', 'en']);
    setMessages({ join: 'Partecipa' }, 'it');
    await waitUntil(() => labels(controls).at(-1) === 'Partecipa');
    expect(shown(controls).hasAttribute('lang')).to.equal(false);
  });

  it('is one that the page brought, as the documentation has it', async () => {
    const docs = await (await fetch('/docs/guides/languages.md')).text();
    const [, code] = /^```js\n([^]*?)^```/m.exec(docs)!;
    const script = code!.replace("'rtc-elements'", `'${new URL('../index.ts', import.meta.url).href}'`);
    await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    const box = await fixture(html`<div>${['en', 'de', 'it'].map((language) => html`<div lang=${language}>
      <rtc-room .room=${fakeRoom()}><rtc-controls></rtc-controls></rtc-room></div>`)}</div>`);
    const controls = [...box.querySelectorAll('rtc-controls')];
    await settled(...controls);
    expect(controls.map((element) => labels(element).at(-1))).to.deep.equal(['Enter', 'Praxis betreten', 'Partecipa']);
    for (const language of [undefined, 'de', 'it']) setMessages({ join: undefined }, language);
  });

  it('turns what is shown where it reads from right to left and the page gives no direction', async () => {
    page.lang = 'ar';
    const host = await roomFixture(html`<rtc-chat></rtc-chat>`);
    await host.join();
    const chat = await part(host, 'rtc-chat');
    await waitUntil(() => shown(chat).dir === 'rtl');
    expect([getComputedStyle(chat).direction, chat.matches(':state(from-right)')]).to.deep.equal(['rtl', true]);
    await expect(chat).to.be.accessible();
    page.dir = 'ltr';
    await waitUntil(() => shown(chat).dir === '');
    expect(getComputedStyle(chat).direction).to.equal('ltr');
  });

  it('is that of what is said to who listens, of counts and of times', async () => {
    page.lang = 'ar-EG';
    const host = await roomFixture();
    await host.join();
    await part(host, 'rtc-grid');
    await waitUntil(() => visibleText(host.shadowRoot!.querySelector('[role=status].hidden')!) === 'انضممت إلى الغرفة');
    network().arrive('a', 'Ada');
    for (const id of ['1', '2', '3']) network().say('a', 'chat', { id, text: 'salam' });
    const toggle = () => host.shadowRoot!.querySelector('[part=chat-toggle]')!;
    await waitUntil(() => toggle().ariaLabel === 'الدردشة, ٣ رسائل غير مقروءة');
    expect(visibleText(host.shadowRoot!.querySelector('[part=badge]')!)).to.equal('٣');
    host.togglePanel('chat');
    const chat = await part(host, 'rtc-chat');
    expect(chat.shadowRoot!.querySelector('time')!.textContent).to.match(/[٠-٩]:[٠-٩]{2}/);
  });
});

it('touches its states only where they change: the browser styles anew all that is inside', async () => {
  const room = await roomFixture();
  const touched: string[] = [];
  const { add, delete: remove } = CustomStateSet.prototype;
  CustomStateSet.prototype.add = function (this: CustomStateSet, name) { touched.push(name); return add.call(this, name); };
  CustomStateSet.prototype.delete = function (this: CustomStateSet, name) { touched.push(name); return remove.call(this, name); };
  try {
    room.requestUpdate();
    await settled(room);
    expect(touched).to.deep.equal([]);
    await room.join();
    await settled(room);
    expect(touched).to.include('joined');
  } finally {
    Object.assign(CustomStateSet.prototype, { add, delete: remove });
  }
});
