import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { RoomController } from './room-controller.ts';
import { fakeRoom, network, part, roomFixture, settled } from '../internal/room.testing.ts';
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

  it('says that an action did not succeed where there is no room', async () => {
    const probe = await fixture<ProbeElement>(html`<test-probe></test-probe>`);
    expect(await probe.view.ask((host) => host.join())).to.equal(false);
  });
});
