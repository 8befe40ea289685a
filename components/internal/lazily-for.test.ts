import { expect, fixture, html } from '@open-wc/testing';
import { roomFixture, waitUntil } from './room.testing.ts';
import { lazilyFor } from './lazily-for.ts';
import '../define/rtc-room.ts';
import '../define/rtc-invite.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

/** What can be had at the third try. */
function chunk(): { tries: number; load: () => Promise<string> } {
  const loading = {
    tries: 0,
    load: () => ++loading.tries < 3 ? Promise.reject(new TypeError('no network')) : Promise.resolve('loaded'),
  };
  return loading;
}

function toldBy(room: RtcRoomElement): string[] {
  const told: string[] = [];
  room.addEventListener('rtc-error', ({ detail }) => { told.push(detail.code); });
  return told;
}

describe('lazilyFor', () => {
  it('loads when it is asked first, tries again, and has the room tell of it once, however often it is asked', async () => {
    const room = await roomFixture(html`<rtc-invite></rtc-invite>`);
    const told = toldBy(room);
    const loading = chunk();
    const load = lazilyFor(room.querySelector('rtc-invite')!, loading.load, 20);
    expect(loading.tries).to.equal(0);
    void load();
    await waitUntil(() => room.matches(':state(error)'), 'it is on show');
    expect(await Promise.all([load(), load()])).to.deep.equal(['loaded', 'loaded']);
    expect([await load(), loading.tries, told]).to.deep.equal(['loaded', 3, ['load-failed']]);
    await waitUntil(() => !room.matches(':state(error)'), 'it is over');
  });

  it('begins anew for who asks once all tries were in vain', async () => {
    const room = await roomFixture(html`<rtc-invite></rtc-invite>`);
    let tries = 0;
    const load = lazilyFor(room.querySelector('rtc-invite')!, () => ++tries > 5 ? Promise.resolve('loaded') : Promise.reject(new TypeError('no network')), 1);
    void load();
    await waitUntil(() => tries === 5);
    let loaded = '';
    await waitUntil(() => {
      void load().then((value) => { loaded = value; });
      return loaded;
    });
    expect(tries).to.equal(6);
  });

  it('has the room tell that `for` names, by its property too, and says there that it is over though the element is gone', async () => {
    const room = await roomFixture();
    const told = toldBy(room);
    room.id = 'named';
    const element = document.createElement('rtc-invite');
    element.for = 'named';
    room.parentElement!.append(element);
    const loading = lazilyFor(element, chunk().load, 20)();
    await waitUntil(() => room.matches(':state(error)'), 'it is on show');
    element.remove();
    await loading;
    await waitUntil(() => !room.matches(':state(error)'), 'it is over');
    expect(told).to.deep.equal(['load-failed']);
  });

  it('has the room tell that `for` names', async () => {
    const room = await roomFixture();
    room.id = 'named';
    const told = toldBy(room);
    const element = document.createElement('rtc-invite');
    element.setAttribute('for', 'named');
    room.parentElement!.append(element);
    await lazilyFor(element, chunk().load, 20)();
    expect(told).to.deep.equal(['load-failed']);
  });

  it('tells the developer where no room does, as when it was taken out of the page', async () => {
    const told: unknown[] = [];
    const original = window.reportError;
    window.reportError = (error) => { told.push(error); };
    try {
      const element = await fixture<Element>(html`<rtc-invite for="named"></rtc-invite>`);
      element.remove();
      void lazilyFor(element, () => Promise.reject(new TypeError('no network')), 100_000)();
      await waitUntil(() => told.length > 0);
      expect(told[0]).to.include({ code: 'load-failed' });
    } finally {
      window.reportError = original;
    }
  });
});
