import { expect, html } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { button, failureOf, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import { twoAt } from '../rtc-files/files.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-toasts.ts';
import type { Seat } from '../rtc-files/files.testing.ts';
import type { RtcToastsElement } from './rtc-toasts.ts';

describe('FileToasts, of large files', () => {
  let party: Party;
  let ada: Seat<RtcToastsElement>;
  let bo: Seat<RtcToastsElement>;
  const pickers = globalThis as { showSaveFilePicker?: unknown };
  const own = Object.getOwnPropertyDescriptor(globalThis, 'showSaveFilePicker')!;
  const text = () => visibleText(bo.element);
  const offer = async (bytes: number) => {
    const [transfer] = await ada.guest.room.files.send(new File([new Uint8Array(bytes)], 'large.bin'));
    await waitUntil(() => text().includes('large.bin'));
    return transfer!;
  };

  beforeEach(async () => {
    party = new Party();
    [ada, bo] = await twoAt(party, 'rtc-toasts', () => html`<div><rtc-toasts></rtc-toasts></div>`);
  });
  afterEach(() => {
    Object.defineProperty(globalThis, 'showSaveFilePicker', own);
    party.close();
  });

  it('can only decline what neither memory nor the browser takes, and the sender reads why', async () => {
    delete pickers.showSaveFilePicker;
    const transfer = await offer(100_000_001);
    expect(text()).to.include('(\u2068100 MB\u2069) · This browser cannot take a file of this size. Decline');
    expect(text()).not.to.include('Accept');
    await Promise.all(bo.element.shadowRoot!.getAnimations().map(({ finished }) => finished)); // Colours on their way are none.
    await expect(bo.element).to.be.accessible();
    button(bo.element, 'button').click();
    expect(await failureOf(transfer.done)).to.have.property('code', 'file-too-large');
  });

  it('keeps the offer where no place is chosen for it', async () => {
    const asked = new Promise<void>((resolve) => {
      pickers.showSaveFilePicker = () => {
        resolve();
        return Promise.reject(new DOMException('Nowhere.', 'AbortError'));
      };
    });
    const transfer = await offer(60_000_000);
    [...bo.element.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part=button]')].at(-1)!.click();
    await asked;
    await settled(bo.element);
    expect([text().includes('Decline Accept'), transfer.snapshot.state]).to.deep.equal([true, 'offered']);
  });

  it('says how far it is, until it is here or nobody wants to see it', async () => {
    await offer(40_000_000);
    const { files } = bo.guest.room;
    const receiving = files.find(files.snapshot.transfers[0]!.id)!;
    const stop = receiving.subscribe(({ bytes }) => { if (bytes > 0) receiving.pause(); });
    [...bo.element.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part=button]')].at(-1)!.click();
    await waitUntil(() => receiving.snapshot.state === 'paused', 'some of it has come');
    await settled(bo.element);
    expect(text()).to.match(/large\.bin\u2069 · \u2068.* of 40 MB/);
    const bar = bo.element.shadowRoot!.querySelector('progress')!;
    expect([bar.value > 0, bar.value < 1]).to.deep.equal([true, true]);
    await Promise.all(bo.element.shadowRoot!.getAnimations().map(({ finished }) => finished)); // Colours on their way are none.
    await expect(bo.element).to.be.accessible();
    button(bo.element, 'close').click();
    await settled(bo.element);
    expect(bar.isConnected).to.equal(false);
    stop();
    receiving.resume();
    await waitUntil(() => text().includes('\u2068large.bin\u2069 is here. Save'), 'it is here');
    expect(bo.element.shadowRoot!.querySelector('progress') === null).to.equal(true);
  });
});
