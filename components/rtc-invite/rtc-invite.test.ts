import { expect, fixture, html } from '@open-wc/testing';
import { decodeQR } from 'qr/decode.js';
import { button, fakeRoom, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import { makeQrCode } from './qr-code.ts';
import '../define/rtc-room.ts';
import '../define/rtc-invite.ts';
import type { RtcInviteElement } from './rtc-invite.ts';

const SECRET = 'AAECAwQFBgcICQoLDA0ODw';
const linkOf = (element: RtcInviteElement) => element.shadowRoot!.querySelector('input')!;
const status = (element: RtcInviteElement) => element.shadowRoot!.querySelector('[role=status]')!.textContent.trim();

/** Draws what the element shows, and reads it as a camera would. */
async function scan(svg: SVGSVGElement): Promise<string> {
  const image = new Image();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', '400');
  copy.setAttribute('height', '400');
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 400 });
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 400, 400);
  context.drawImage(image, 0, 0);
  return decodeQR(context.getImageData(0, 0, 400, 400));
}

/** What the browser gives the element, until the end of the test. */
function browserGives(name: 'clipboard' | 'share' | 'canShare', value: unknown): void {
  Object.defineProperty(navigator, name, { value, configurable: true });
}

describe('RtcInviteElement', () => {
  const address = location.href;
  afterEach(() => {
    history.replaceState(null, '', address);
    for (const name of ['clipboard', 'share', 'canShare']) Reflect.deleteProperty(navigator, name);
  });

  async function shown(content = html`<rtc-invite></rtc-invite>`): Promise<RtcInviteElement> {
    return part(await roomFixture(content), 'rtc-invite');
  }

  it('shows the link, copies it and says so, again each time', async () => {
    const copied: string[] = [];
    browserGives('clipboard', { writeText: (text: string) => { copied.push(text); return Promise.resolve(); } });
    const element = await shown();
    expect(linkOf(element).value).to.equal(location.href);
    expect(element.shadowRoot!.querySelector('[part=warning]')).to.equal(null);
    button(element, 'copy').click();
    expect(status(element)).to.equal('');
    await waitUntil(() => status(element) === 'Link copied');
    expect(copied).to.deep.equal([location.href]);
    await expect(element).to.be.accessible();
  });

  it('selects the link where the clipboard is refused, or there is none', async () => {
    const element = await shown();
    for (const clipboard of [{ writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }, undefined]) {
      browserGives('clipboard', clipboard);
      linkOf(element).setSelectionRange(0, 0);
      button(element, 'copy').click();
      await waitUntil(() => linkOf(element).selectionEnd === location.href.length, 'all of it is selected');
      await settled(element);
      expect(element.shadowRoot!.activeElement === linkOf(element)).to.equal(true);
      expect(status(element)).to.match(/^The link is selected\./);
    }
  });

  it('warns where the link holds a secret, also when a join has put one there', async () => {
    const room = await roomFixture(html`<rtc-invite></rtc-invite>`);
    const element = await part(room, 'rtc-invite');
    room.linkSecret = SECRET;
    room.room.configure({});
    element.requestUpdate();
    await settled(element);
    expect(new URL(linkOf(element).value).hash).to.equal(`#k=${SECRET}`);
    expect(visibleText(element)).to.contain('This link is the key to the room.');
    expect(element.matches(':state(secret)')).to.equal(true);
    await expect(element).to.be.accessible();
    room.linkSecret = undefined;
    room.link = true;
    expect(location.hash).to.equal('');
    await room.join();
    await settled(element);
    expect(location.hash).to.match(/^#k=[\w-]{22}$/);
    expect(linkOf(element).value).to.equal(location.href);
  });

  it('follows the address of the page', async () => {
    const element = await shown();
    location.hash = 'chapter';
    await waitUntil(() => linkOf(element).value.endsWith('#chapter'));
  });

  it('shares where the browser can, and copies where that fails; a sheet that was closed is no failure', async () => {
    expect((await shown()).shadowRoot!.querySelector('[part~=share]')).to.equal(null);
    const shared: unknown[] = [];
    let outcome: Promise<void> = Promise.reject(new DOMException('', 'AbortError'));
    browserGives('canShare', () => true);
    browserGives('share', (data: unknown) => { shared.push(data); return outcome; });
    browserGives('clipboard', { writeText: () => Promise.resolve() });
    const element = await shown();
    button(element, 'share').click();
    await outcome.catch(() => undefined);
    await settled(element);
    expect([shared, status(element)]).to.deep.equal([[{ url: location.href }], '']);
    outcome = Promise.reject(new DOMException('', 'NotAllowedError'));
    button(element, 'share').click();
    await waitUntil(() => status(element) === 'Link copied');
  });

  it('makes a QR code that reads as the link, when asked for one', async () => {
    const element = await shown();
    const toggle = button(element, 'qr-toggle');
    expect([toggle.getAttribute('aria-expanded'), element.shadowRoot!.querySelector('[part=qr-image]')]).to.deep.equal(['false', null]);
    toggle.click();
    await waitUntil(() => element.shadowRoot!.querySelector('[part=qr-image]'), 'the code');
    const image = element.shadowRoot!.querySelector<SVGSVGElement>('[part=qr-image]')!;
    expect(await scan(image)).to.equal(location.href);
    expect([toggle.getAttribute('aria-expanded'), element.hasAttribute('qr')]).to.deep.equal(['true', true]);
    await expect(element).to.be.accessible();
    toggle.click();
    await settled(element);
    expect(element.shadowRoot!.querySelector<HTMLElement>('[part=qr]')!.hidden).to.equal(true);
  });

  it('says when a link is too long for one; a page may give another link', async () => {
    const long = `https://meet.test/?${'x'.repeat(2400)}`;
    const element = await shown(html`<rtc-invite qr url=${long}></rtc-invite>`);
    await waitUntil(() => visibleText(element).includes('too long for a QR code'));
    expect(makeQrCode(long.slice(0, 2331))?.size).to.equal(177 + 8);
    element.url = 'https://meet.test/r/lobby';
    await settled(element);
    expect(linkOf(element).value).to.equal('https://meet.test/r/lobby');
    expect(await scan(element.shadowRoot!.querySelector<SVGSVGElement>('[part=qr-image]')!)).to.equal('https://meet.test/r/lobby');
  });

  it('stands elsewhere in the page by `for`, and shows nothing without a room', async () => {
    const outside = await fixture<HTMLElement>(html`<div><rtc-room id="of-invite" .room=${fakeRoom()}></rtc-room>
      <rtc-invite for="of-invite"></rtc-invite><rtc-invite></rtc-invite></div>`);
    const [inside, alone] = [...outside.querySelectorAll('rtc-invite')];
    await settled(inside!, alone!);
    expect(linkOf(inside!).value).to.equal(location.href);
    expect(visibleText(alone!)).to.equal('');
  });
});
