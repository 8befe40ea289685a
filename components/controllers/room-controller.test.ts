import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { RoomController } from './room-controller.ts';
import { fakeRoom, network, part, roomFixture, settled, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';

class ProbeElement extends LitElement {
  static override properties = { for: {} };
  declare for: string;
  renders = 0;
  readonly view = new RoomController(this, ({ name, participants }) => ({ name, count: participants.length }));

  override render(): string {
    this.renders++;
    return `${this.view.value?.name ?? 'none'} ${this.view.value?.count ?? ''}`;
  }

  get shown(): string {
    return this.renderRoot.textContent;
  }
}
customElements.define('test-probe', ProbeElement);

class FrameElement extends LitElement {
  static override properties = { for: {} };
  declare for: string;
  readonly view = new RoomController(this, ({ name }) => name);

  override render(): unknown {
    return html`<test-probe></test-probe>`;
  }
}
customElements.define('test-frame', FrameElement);

declare global {
  interface HTMLElementTagNameMap { 'test-probe': ProbeElement; 'test-frame': FrameElement }
}

describe('RoomController', () => {
  it('finds the room its host stands in', async () => {
    const room = await roomFixture(html`<div><test-probe></test-probe></div>`, fakeRoom('near'));
    const probe = room.querySelector('test-probe')!;
    await settled(probe);
    expect(probe.shown).to.equal('near 0');
  });

  it('renders its host again when the selected value changed, and only then', async () => {
    const element = await roomFixture(html`<test-probe></test-probe>`);
    const probe = await part(element, 'rtc-audio').then(() => element.querySelector('test-probe')!);
    await element.join();
    await settled(probe);
    const before = probe.renders;
    element.room.sendMessage('nothing that the probe shows');
    await settled(probe);
    expect(probe.renders).to.equal(before);
    network().arrive('a');
    await settled(probe);
    expect(probe.shown).to.equal('lobby 1');
    expect(probe.renders).to.be.greaterThan(before);
  });

  it('finds by `for` a room that comes later, and loses it when it goes', async () => {
    const box = await fixture<HTMLElement>(html`<div><test-probe for="late"></test-probe></div>`);
    const probe = box.querySelector('test-probe')!;
    expect(probe.shown).to.equal('none ');
    const room = Object.assign(document.createElement('rtc-room'), { id: 'late', room: fakeRoom('late-room') });
    box.append(room);
    await settled(room, probe);
    expect(probe.shown).to.equal('late-room 0');
    probe.for = 'nobody';
    await settled(probe);
    expect(probe.shown).to.equal('none ');
  });

  it('follows a room that is replaced', async () => {
    const element = await roomFixture(html`<test-probe></test-probe>`, fakeRoom('first'));
    const probe = element.querySelector('test-probe')!;
    element.room = fakeRoom('second');
    await settled(element, probe);
    expect(probe.shown).to.equal('second 0');
  });

  it('listens no longer once its host is gone, and again when it is back elsewhere', async () => {
    const one = await roomFixture(html`<test-probe></test-probe>`, fakeRoom('one'));
    const two = await roomFixture('', fakeRoom('two'));
    const probe = one.querySelector('test-probe')!;
    probe.remove();
    await settled(probe);
    const before = probe.renders;
    one.room.configure({ name: 'renamed' });
    await settled(probe);
    expect(probe.renders).to.equal(before);
    two.append(probe);
    await settled(probe);
    expect(probe.shown).to.equal('two 0');
  });

  it('lets what stands inside a host with `for` belong to the same room', async () => {
    const box = await fixture<HTMLElement>(html`<div><test-frame for="named"></test-frame></div>`);
    const room = Object.assign(document.createElement('rtc-room'), { id: 'named', room: fakeRoom('far') });
    box.append(room);
    const probe = box.querySelector('test-frame')!.renderRoot.querySelector('test-probe')!;
    await settled(room, probe);
    expect(probe.shown).to.equal('far 0');
    expect(await probe.view.ask((host) => host.join())).to.equal(true);
    expect(room.room.snapshot.state).to.equal('joined');
  });

  it('takes what stands inside along when `for` names another room', async () => {
    const box = await fixture<HTMLElement>(html`<rtc-room .room=${fakeRoom('around')}>
      <rtc-room id="one" .room=${fakeRoom('one')}></rtc-room><rtc-room id="two" .room=${fakeRoom('two')}></rtc-room>
      <test-frame for="one"></test-frame></rtc-room>`);
    const frame = box.querySelector('test-frame')!;
    const probe = frame.renderRoot.querySelector('test-probe')!;
    await settled(frame, probe);
    expect(probe.shown).to.equal('one 0');
    for (const [id, shown] of [['two', 'two 0'], ['', 'around 0'], ['nobody', 'none ']] as const) {
      frame.for = id;
      await settled(frame, probe);
      expect(probe.shown).to.equal(shown);
    }
  });

  it('follows the id: given to a room that stands there already, given to another one, and gone with its room', async () => {
    const box = await fixture<HTMLElement>(html`<div><test-probe for="it"></test-probe>
      <rtc-room .room=${fakeRoom('first')}></rtc-room><rtc-room .room=${fakeRoom('second')}></rtc-room></div>`);
    const probe = box.querySelector('test-probe')!;
    const [first, second] = [...box.querySelectorAll('rtc-room')];
    first!.id = 'it';
    await settled(probe);
    expect(probe.shown).to.equal('first 0');
    first!.removeAttribute('id');
    second!.id = 'it';
    await settled(probe);
    expect(probe.shown).to.equal('second 0');
    second!.remove();
    await waitUntil(() => probe.shown === 'none ', 'it is let go');
    box.append(second!);
    await settled(probe);
    expect(probe.shown).to.equal('second 0');
  });

  it('says that an action did not succeed where there is no room', async () => {
    const probe = await fixture<ProbeElement>(html`<test-probe></test-probe>`);
    expect(await probe.view.ask((host) => host.join())).to.equal(false);
  });

  it('says so, too, once its host is taken out of the page', async () => {
    const box = await fixture<HTMLElement>(html`<div><rtc-room id="it" .room=${fakeRoom()}></rtc-room><test-probe for="it"></test-probe></div>`);
    const probe = box.querySelector('test-probe')!;
    expect(probe.view.read((host) => host.id)).to.equal('it');
    probe.remove();
    expect([await probe.view.ask((host) => host.join()), probe.view.read((host) => host.id)]).to.deep.equal([false, undefined]);
  });
});
