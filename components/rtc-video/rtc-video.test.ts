import { expect, html } from '@open-wc/testing';
import { network, part, pictureTrack, roomFixture, settled, view, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { IdentityLevel } from '../../src/topology/views.ts';

describe('RtcVideoElement', () => {
  it('shows oneself, mirrored, and always silent', async () => {
    const room = await roomFixture(html`<rtc-video></rtc-video>`);
    await room.toggleCamera();
    const element = await part(room, 'rtc-video');
    const video = element.shadowRoot!.querySelector('video')!;
    await waitUntil(() => video.videoWidth > 0);
    expect(video.muted).to.equal(true);
    expect(video.classList.contains('mirrored')).to.equal(true);
    expect(element.matches(':state(local):state(picture)')).to.equal(true);
    expect(visibleText(element)).to.contain('Me (you)');
  });

  it('shows a participant: the picture, or initials without one', async () => {
    const room = await roomFixture(html`<rtc-video participant="a"></rtc-video>`);
    const element = await part(room, 'rtc-video');
    await room.join();
    network().arrive('a', 'Ada Lovelace');
    await settled(element);
    expect(visibleText(element)).to.contain('AL');
    const track = pictureTrack();
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [view(track, 'camera')] });
    await settled(element);
    const video = element.shadowRoot!.querySelector('video')!;
    expect((video.srcObject as MediaStream).getTracks()).to.deep.equal([track]);
    expect(video.hidden || video.classList.contains('mirrored')).to.equal(false);
    network().tell({ type: 'participant-tracks', id: 'a', tracks: [{ ...view(track, 'camera'), live: false }] });
    await settled(element);
    expect(video.hidden).to.equal(true);
    expect(visibleText(element)).to.contain('AL');
    await expect(element).to.be.accessible();
  });

  it('lets go of the picture when it is removed and takes it up when it is back', async () => {
    const room = await roomFixture(html`<rtc-video></rtc-video>`);
    await room.toggleCamera();
    const element = await part(room, 'rtc-video');
    const video = element.shadowRoot!.querySelector('video')!;
    await waitUntil(() => video.srcObject);
    element.remove();
    expect(video.srcObject).to.equal(null);
    room.append(element);
    await waitUntil(() => video.srcObject);
  });

  it('tells how large it shows a participant, whether anyone sees it, and when it shows them no more', async () => {
    const room = await roomFixture(html`<rtc-video participant="a" style="width: 160px; height: 96px"></rtc-video>`);
    const element = await part(room, 'rtc-video');
    await room.join();
    network().arrive('a', 'Ada');
    const shown = () => {
      const [one, another] = network().context.viewing.of('a');
      return one && !another ? `${one.source} ${one.width}x${one.height}` : '';
    };
    const px = (length: number) => Math.ceil(length * devicePixelRatio / 16) * 16;
    await waitUntil(() => shown() === `camera ${px(160)}x${px(96)}`, 'it is shown');
    element.style.display = 'none';
    await waitUntil(() => shown() === 'camera 0x0', 'it is hidden');
    Object.assign(element.style, { display: '', width: '320px', height: '180px' });
    await waitUntil(() => shown() === `camera ${px(320)}x${px(180)}`, 'it is shown larger');
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    try {
      document.dispatchEvent(new Event('visibilitychange'));
      expect(shown()).to.equal('camera 0x0');
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
    document.dispatchEvent(new Event('visibilitychange'));
    expect(shown()).to.equal(`camera ${px(320)}x${px(180)}`);
    room.append(element); // A move: no moment in which nothing is known.
    await settled(element);
    expect(shown()).to.equal(`camera ${px(320)}x${px(180)}`);
    element.source = 'screen';
    await settled(element);
    expect(network().context.viewing.of('a').map(({ source, width }) => `${source} ${width}`)).to.deep.equal(['camera 0', `screen ${px(320)}`]);
  });

  it('tells nothing of oneself', async () => {
    const room = await roomFixture(html`<rtc-video></rtc-video>`);
    await part(room, 'rtc-video');
    await room.join();
    await settled(await part(room, 'rtc-video'));
    expect(network().context.viewing.of(room.room.snapshot.local.id)).to.deep.equal([]);
  });

  it('says how the connection is', async () => {
    const room = await roomFixture(html`<rtc-video participant="a"></rtc-video>`);
    const element = await part(room, 'rtc-video');
    await room.join();
    await settled(element);
    expect(visibleText(element)).to.contain('Not in the room');
    network().tell({ type: 'participant-announced', id: 'a', name: 'Ada', kind: 'engine' });
    await settled(element);
    expect(visibleText(element)).to.contain('Connecting…');
    network().tell({ type: 'participant-state', id: 'a', state: 'interrupted', levels: [], reason: 'silent' });
    await settled(element);
    expect(element.matches(':state(interrupted)')).to.equal(true);
    network().tell({ type: 'participant-state', id: 'a', state: 'interrupted', levels: [], reason: 'no-path' });
    await settled(element);
    expect(visibleText(element)).to.contain('No connection');
    network().tell({ type: 'participant-gone', id: 'a', reason: 'left' });
    await settled(element);
    expect(element.matches(':state(gone)')).to.equal(true);
  });

  it('says what is known of who somebody is, and behind it what that means', async () => {
    const room = await roomFixture(html`<rtc-video participant="a"></rtc-video>`);
    room.room.verify = () => new Promise(() => {});
    const element = await part(room, 'rtc-video');
    await room.join();
    const vouched = { issuer: 'https://id.test', byRelay: false, sub: 'u-1', name: 'Ada King' };
    network().arrive('a', 'Ada');
    await waitUntil(() => element.shadowRoot!.querySelector('[part=identity]'), 'it is loaded');
    const labels = { unverified: 'Not verified', linked: 'Holds the link', vouched: 'Vouched for', verified: 'Verified' };
    const levels: IdentityLevel[] = [];
    for (const [identity, label] of Object.entries(labels) as [keyof typeof labels, string][]) {
      if (identity !== 'unverified') levels.push(identity);
      network().tell({
        type: 'participant-state', id: 'a', state: 'connected', levels: [...levels], ...(levels.includes('vouched') && { vouched }),
      });
      await settled(element);
      expect(element.shadowRoot!.querySelector('[part=identity]')!.getAttribute('aria-label')).to.contain(label);
      const states = ['linked', 'vouched', 'verified'].filter((state) => element.matches(`:state(${state})`));
      expect(states).to.deep.equal(identity === 'unverified' ? [] : [identity]);
    }
    await expect(element).to.be.accessible();
    element.shadowRoot!.querySelector<HTMLElement>('[part=identity]')!.click();
    const about = element.shadowRoot!.querySelector('[part=about]')!;
    await waitUntil(() => visibleText(about).includes('You compared codes with this person'), 'what that means');
    // What else holds is said, too, the strongest first.
    expect([...about.querySelectorAll('p')].map((line) => visibleText(line))).to.deep.equal([
      'You compared codes with this person: nobody stands between you.', 'https://id.test vouches that this connection belongs to Ada King.',
      'This person holds the same link as you. The server cannot read or change how you are connected.',
    ]);
    const [around, verify] = [about, about.querySelector('rtc-verify')!].map((node) => node.getBoundingClientRect()) as [DOMRect, DOMRect];
    expect([verify.left - around.left, around.right - verify.right], 'from border to border').to.deep.equal([1, 1]);
    await expect(element).to.be.accessible();
  });

  it('explains no longer, and compares no codes, once what explains is gone', async () => {
    const room = await roomFixture(html`<rtc-video participant="a"></rtc-video>`);
    room.room.verify = () => new Promise(() => {});
    const element = await part(room, 'rtc-video');
    await room.join();
    network().arrive('a', 'Ada');
    await waitUntil(() => element.shadowRoot!.querySelector('[part=identity]'));
    element.shadowRoot!.querySelector<HTMLElement>('[part=identity]')!.click();
    await waitUntil(() => element.shadowRoot!.querySelector('rtc-verify'));
    network().tell({ type: 'participant-state', id: 'a', state: 'connecting', levels: [] });
    await settled(element);
    expect(element.shadowRoot!.querySelector('[part=about]')).to.equal(null);
    network().tell({ type: 'participant-state', id: 'a', state: 'connected', levels: [] });
    await settled(element);
    expect([element.shadowRoot!.querySelector('[part=about]') !== null, element.shadowRoot!.querySelector('rtc-verify')]).to.deep.equal([true, null]);
  });

  it('tells two people of one name apart, and shows a name as text', async () => {
    const room = await roomFixture(html`
      <rtc-video participant="1111abcd"></rtc-video><rtc-video participant="2222abcd"></rtc-video>`);
    await room.join();
    network().arrive('1111abcd', '<b>Ada</b>');
    network().arrive('2222abcd', '<b>ADA</b>');
    const [one, two] = [...room.querySelectorAll('rtc-video')];
    await settled(one!, two!);
    expect(visibleText(one!)).to.contain('<b>Ada</b> #1111');
    expect(visibleText(two!)).to.contain('<b>ADA</b> #2222');
  });
});
