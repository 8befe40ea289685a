import { expect, html } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { button, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import { carried, pngFile, twoAt } from './files.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-files.ts';
import type { Seat } from './files.testing.ts';
import type { RtcFilesElement } from './rtc-files.ts';

describe('RtcFilesElement', () => {
  let party: Party;
  let ada: Seat<RtcFilesElement>;
  let bo: Seat<RtcFilesElement>;

  beforeEach(async () => {
    party = new Party();
    [ada, bo] = await twoAt(party, 'rtc-files', () => html`<div><rtc-files></rtc-files></div>`);
  });
  afterEach(() => { party.close(); });

  const shows = ({ element }: Seat<RtcFilesElement>, what: string) => waitUntil(() => visibleText(element).includes(what), `it shows "${what}"`);
  const picture = ({ element }: Seat<RtcFilesElement>) => element.shadowRoot!.querySelector<HTMLImageElement>('[part=picture]');
  const offer = async (...files: File[]) => {
    ada.element.dispatchEvent(carried('drop', ...files));
    await shows(bo, 'Offered to you');
  };

  it('offers what is dropped, and nothing of it flows before it is accepted', async () => {
    expect(visibleText(bo.element)).to.contain('No files yet.');
    await offer(new File(['hello'], '../a\u202egpj.txt', { type: 'text/plain' }));
    await shows(ada, 'Waiting for an answer');
    expect(visibleText(bo.element)).to.contain('\u2068From \u2068Ada\u2069\u2069 · \u20685 byte\u2069 · \u2068text/plain\u2069');
    expect(bo.element.shadowRoot!.querySelector('[part=file-name]')!.textContent).to.equal('a gpj.txt');
    expect(button(bo.element, 'file-accept').getAttribute('aria-label')).to.equal('Accept \u2068a gpj.txt\u2069');
    await expect(bo.element).to.be.accessible();
    button(bo.element, 'file-accept').click();
    await shows(bo, 'Received');
    await shows(ada, 'Sent');
    await waitUntil(() => bo.element.shadowRoot!.querySelector('[part~=file-save]'), 'it can be saved');
    expect(picture(bo)).to.equal(null);
    await expect(bo.element).to.be.accessible();
  });

  it('shows a picture by its bytes, once it was accepted, under a URL of that type that ends with the element', async () => {
    ada.element.dispatchEvent(carried('paste', pngFile(), new File(['<script>alert(1)</script>'], 'fake.png', { type: 'image/png' })));
    await waitUntil(() => bo.element.shadowRoot!.querySelectorAll('[part~=file-accept]').length === 2, 'both are offered');
    expect(picture(bo)).to.equal(null);
    for (const accept of bo.element.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part~=file-accept]')) accept.click();
    await waitUntil(() => bo.element.shadowRoot!.querySelectorAll('[part~=file-save]').length === 2, 'both are here');
    await waitUntil(() => picture(bo)?.complete && picture(bo)!.naturalWidth === 1, 'one is shown');
    expect(bo.element.shadowRoot!.querySelectorAll('[part=picture]')).to.have.length(1);
    const { src } = picture(bo)!;
    expect((await (await fetch(src)).blob()).type).to.equal('image/png');
    const opener = button(bo.element, 'picture-open');
    opener.focus();
    opener.click();
    const large = bo.element.shadowRoot!.querySelector<HTMLElement>('[part=picture-large]')!;
    expect([large.matches(':popover-open'), large.contains(bo.element.shadowRoot!.activeElement)]).to.deep.equal([true, true]);
    await expect(bo.element).to.be.accessible();
    large.querySelector('button')!.click();
    expect([large.matches(':popover-open'), bo.element.shadowRoot!.activeElement === opener], 'back in its row').to.deep.equal([false, true]);
    bo.element.remove();
    await waitUntil(() => fetch(src).then(() => false, () => true), 'the URL is revoked');
  });

  it('saves under the name of the file', async () => {
    await offer(new File(['hello'], 'a.txt'));
    button(bo.element, 'file-accept').click();
    await waitUntil(() => bo.element.shadowRoot!.querySelector('[part~=file-save]'), 'it can be saved');
    let saved: string | undefined;
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) { saved = `${this.protocol} ${this.download}`; };
    try {
      button(bo.element, 'file-save').click();
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(saved).to.equal('blob: a.txt');
  });

  it('can be declined, and the sender reads so', async () => {
    await offer(new File(['hello'], 'a.txt'));
    button(bo.element, 'file-decline').click();
    await shows(ada, 'The file was not accepted.');
    await shows(bo, 'The file was not accepted.');
    await expect(ada.element).to.be.accessible();
  });

  it('is paused and goes on from both ends, and says who holds it', async () => {
    await offer(new File([new Uint8Array(30_000_000)], 'large.bin'));
    button(bo.element, 'file-accept').click();
    await waitUntil(() => ada.element.shadowRoot!.querySelector('[part~=file-pause]'), 'it flows');
    button(ada.element, 'file-pause').click();
    await shows(ada, 'Paused');
    await shows(bo, 'Paused by the other side');
    await settled(bo.element);
    expect(bo.element.shadowRoot!.querySelector('[part~=file-resume]')).to.equal(null);
    const bar = bo.element.shadowRoot!.querySelector('progress')!;
    expect([bar.max, bar.getAttribute('aria-label')]).to.deep.equal([30_000_000, '\u2068large.bin\u2069']);
    await expect(bo.element).to.be.accessible();
    button(ada.element, 'file-resume').click();
    await waitUntil(() => bo.element.shadowRoot!.querySelector('[part~=file-pause]'), 'it flows again');
    button(bo.element, 'file-cancel').click();
    await shows(ada, 'The file transfer was cancelled.');
  });

  it('refuses offers once it is gone', async () => {
    bo.element.remove();
    const [transfer] = await ada.guest.room.files.send(new File(['x'], 'x.txt'));
    expect(await transfer!.done.catch((error: unknown) => (error as { code: string }).code)).to.equal('file-refused');
  });
});
