import { expect, fixture, html } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { fakeRoom, part, settled } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-invite.ts';
import type { RtcRoomElement } from './rtc-room.ts';

const SECRET = 'AAECAwQFBgcICQoLDA0ODw';

describe('<rtc-room name-in-url>', () => {
  const address = location.href;
  afterEach(() => { history.replaceState(null, '', address); });
  /** A room of the page's own, so that the join comes to pass. */
  const entered = async (name: string, template = html`<rtc-room .room=${fakeRoom(name)} name-in-url></rtc-room>`) => {
    const element = await fixture<RtcRoomElement>(template);
    await element.join();
    await settled(element);
    return element;
  };

  it('takes the name from the address, before its own, and each time that it joins', async () => {
    history.replaceState(null, '', '?room=from-url');
    const element = await fixture<RtcRoomElement>(html`<rtc-room name="a" server="https://r.invalid" name-in-url></rtc-room>`);
    expect(element.room.snapshot.name).to.equal('from-url');
    history.pushState(null, '', '?room=another');
    element.room.join = () => Promise.resolve();
    await element.join();
    expect(element.room.snapshot.name).to.equal('another');
    history.replaceState(null, '', '?');
    const other = await fixture<RtcRoomElement>(html`<rtc-room name="a" server="https://r.invalid" name-in-url></rtc-room>`);
    expect(other.room.snapshot.name).to.equal('a');
    history.replaceState(null, '', '?room=ignored');
    const plain = await fixture<RtcRoomElement>(html`<rtc-room name="a" server="https://r.invalid"></rtc-room>`);
    expect(plain.room.snapshot.name).to.equal('a');
  });

  it('writes it once one is in, without a new entry, and leaves all else as it is', async () => {
    history.replaceState({ page: 1 }, '', `?a=%20b+c&room=old&x&y=%C3%A9#chapter=2&k=${SECRET}`);
    const entries = history.length;
    await entered('new');
    expect(location.search + location.hash).to.equal(`?a=%20b+c&x&y=%C3%A9&room=new#chapter=2&k=${SECRET}`);
    expect([history.length, history.state as unknown]).to.deep.equal([entries, { page: 1 }]);
  });

  it('writes nothing before, and nothing where the join failed or nobody asked for it', async () => {
    history.replaceState(null, '', '?a=1');
    await entered('one', html`<rtc-room .room=${fakeRoom('one')}></rtc-room>`);
    const element = await fixture<RtcRoomElement>(html`<rtc-room name="a" server="https://r.invalid" name-in-url></rtc-room>`);
    element.room.join = () => Promise.reject(new RoomError('relay-unreachable', 'Not in this test.'));
    await element.join().catch(() => undefined);
    expect(location.search).to.equal('?a=1');
  });

  it('refuses a bad name as any other', async () => {
    history.replaceState(null, '', '?room=%3Cb%3E%20x');
    const element = await fixture<RtcRoomElement>(html`<rtc-room name="a" server="https://r.invalid" name-in-url></rtc-room>`);
    const code = await element.join().then(() => 'joined', (error: unknown) => (error as RoomError).code);
    expect([code, location.search]).to.deep.equal(['invalid-room', '?room=%3Cb%3E%20x']);
  });

  it('invites to a link with the name, and with the secret where there is one', async () => {
    history.replaceState(null, '', '?a=1#k=other');
    const element = await fixture<RtcRoomElement>(html`<rtc-room name="mine" server="https://r.invalid" name-in-url .linkSecret=${SECRET}
      ><rtc-invite></rtc-invite></rtc-room>`);
    const invite = await part(element, 'rtc-invite');
    const { search, hash } = new URL(invite.shadowRoot!.querySelector('input')!.value);
    expect([search, hash, location.search]).to.deep.equal(['?a=1&room=mine', `#k=${SECRET}`, '?a=1']);
  });

  it('joins by itself where only the address names a room', async () => {
    history.replaceState(null, '', '?room=alone');
    const element = await fixture<RtcRoomElement>(html`<rtc-room server="loopback" name-in-url autojoin><p>Mine.</p></rtc-room>`);
    await settled(element);
    expect([element.room.snapshot.name, element.room.snapshot.state]).to.deep.equal(['alone', 'joining']);
    await element.leave();
  });
});
