import { expect, fixture, html } from '@open-wc/testing';
import { RoomError } from '../../src/index.ts';
import { settled } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import type { RoomOptions } from '../../src/index.ts';
import type { RtcRoomElement } from './rtc-room.ts';

const SECRET = 'AAECAwQFBgcICQoLDA0ODw';

/** What an element's room is told, and how a join there ends: nothing answers at that address. */
async function made(template: ReturnType<typeof html>) {
  const element = await fixture<RtcRoomElement>(template);
  const { room } = element;
  let told: Partial<RoomOptions> = {};
  room.configure = (options) => { told = options; };
  room.join = () => Promise.reject(new RoomError('relay-unreachable', 'Not in this test.'));
  const join = () => element.join().catch(() => told).then(() => told);
  return { element, join };
}

describe('<rtc-room> and who may be in it', () => {
  const address = location.href;
  afterEach(() => { history.replaceState(null, '', address); });

  it('takes vouch-keys, vouch-issuer, require-vouch and link as attributes, off by default', async () => {
    const { element, join } = await made(html`<rtc-room name="a" server="https://r.test" vouch-keys="/keys.json" vouch-issuer="https://i.test"
      require-vouch link></rtc-room>`);
    const { vouchKeys, vouchIssuer, requireVouch, link } = element;
    expect([vouchKeys, vouchIssuer, requireVouch, link]).to.deep.equal(['/keys.json', 'https://i.test', true, true]);
    history.replaceState(null, '', `#k=${SECRET}`);
    expect(await join()).to.include({ vouchKeys: '/keys.json', vouchIssuer: 'https://i.test', requireVouch: true, linkSecret: SECRET });
    const plain = await made(html`<rtc-room name="a" server="https://r.test"></rtc-room>`);
    const told = await plain.join();
    expect([plain.element.requireVouch, plain.element.link, told.requireVouch]).to.deep.equal([false, false, false]);
    expect(Object.keys(told)).not.to.include.members(['vouchKeys', 'vouchIssuer', 'getVouch', 'linkSecret']);
    plain.element.setAttribute('require-vouch', '');
    plain.element.getVouch = () => 'mine';
    await settled(plain.element);
    const later = await plain.join();
    expect([later.requireVouch, later.getVouch?.({} as never)]).to.deep.equal([true, 'mine']);
  });

  it('makes a secret with the first join or invitation, beside what stands in the address, and keeps it', async () => {
    history.replaceState({ page: 1 }, '', '#chapter=2');
    const entries = history.length;
    const { element, join } = await made(html`<rtc-room name="a" server="https://r.test" link></rtc-room>`);
    expect(location.hash).to.equal('#chapter=2');
    const { linkSecret = '' } = await join();
    expect(linkSecret).to.match(/^[A-Za-z0-9_-]{22}$/);
    expect(location.hash).to.equal(`#chapter=2&k=${linkSecret}`);
    expect([history.length, history.state as unknown]).to.deep.equal([entries, { page: 1 }]);
    expect(element.inviteUrl()).to.equal(location.href);
    expect((await join()).linkSecret).to.equal(linkSecret);
    // Another link in the same page: the next join is there.
    location.hash = `#k=${SECRET}`;
    expect((await join()).linkSecret).to.equal(SECRET);
  });

  it('leaves the fragment of the page as it was: an anchor, the address of a router', async () => {
    for (const hash of ['#chapter', '#/rooms/5?tab=chat', '#a=%20+&b']) {
      history.replaceState(null, '', hash);
      const { join } = await made(html`<rtc-room name="a" server="https://r.test" link></rtc-room>`);
      const { linkSecret = '' } = await join();
      expect(location.hash).to.equal(`${hash}&k=${linkSecret}`);
      expect((await join()).linkSecret).to.equal(linkSecret);
    }
  });

  it('joins no open room by a link whose secret was cut off: it says so', async () => {
    for (const hash of ['#k=', '#k', `#k=${SECRET.slice(1)}`]) {
      history.replaceState(null, '', hash);
      const element = await fixture<RtcRoomElement>(html`<rtc-room name="a" server="https://r.invalid" link></rtc-room>`);
      const code = await element.join().then(() => 'joined', (error: unknown) => (error as RoomError).code);
      expect(code, hash).to.equal('invalid-link-secret');
    }
  });

  it('gives an invitation with the secret it was handed, and the plain address where there is none', async () => {
    const { element, join } = await made(html`<rtc-room name="a" server="https://r.test" .linkSecret=${SECRET}></rtc-room>`);
    expect(new URL(element.inviteUrl()).hash).to.equal(`#k=${SECRET}`);
    expect([location.href, (await join()).linkSecret]).to.deep.equal([address, SECRET]);
    const { element: open } = await made(html`<rtc-room name="a" server="https://r.test"></rtc-room>`);
    expect(open.inviteUrl()).to.equal(address);
  });
});
