import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { nothing } from 'lit';
import { RtcElement } from '../internal/rtc-element.ts';
import { roomFixture, settled, waitUntil } from '../internal/room.testing.ts';
import { defineLazily } from './lazy.ts';
import './rtc-room.ts';
import type { RtcErrorEvent } from '../events.ts';

let made = 0;

/** Tags that nothing has, and what was loaded of them. */
function tags(count: number): { names: string[]; loaded: string[]; loaders: Record<string, () => Promise<void>> } {
  const names = Array.from({ length: count }, () => `lazy-${++made}`);
  const loaded: string[] = [];
  const loaders = Object.fromEntries(names.map((name) => [name, () => {
    loaded.push(name);
    customElements.define(name, class extends HTMLElement {});
    return Promise.resolve();
  }]));
  return { names, loaded, loaders };
}

class HolderElement extends RtcElement {
  static override properties = { tag: { attribute: false } };
  declare tag: string;

  override render() {
    const child = this.tag ? document.createElement(this.tag) : nothing;
    return html`<section>${child}</section>`;
  }
}
customElements.define('lazy-holder', HolderElement);

describe('defineLazily', () => {
  it('loads what stands in the document, and what comes later, at any depth, once', async () => {
    const { names: [first = '', second = '', never = ''], loaded, loaders } = tags(3);
    const parent = await fixture(html`<div></div>`);
    parent.append(document.createElement(first));
    defineLazily(loaders);
    await customElements.whenDefined(first);
    const outer = document.createElement('p');
    outer.append(document.createElement('i'), document.createElement(second));
    parent.append(outer, document.createElement(first));
    await customElements.whenDefined(second);
    expect(loaded).to.deep.equal([first, second]);
    expect(customElements.get(never)).to.equal(undefined);
  });

  it('has the stage on its way while the lobby is looked at', async () => {
    const room = await roomFixture();
    await customElements.whenDefined('rtc-grid');
    expect(room.room.snapshot.state).to.equal('idle');
  });

  it('sees into the shadows of our elements', async () => {
    const { names: [name = ''], loaders } = tags(1);
    defineLazily(loaders);
    const holder = await fixture<HolderElement>(html`<lazy-holder></lazy-holder>`);
    holder.tag = name;
    await settled(holder);
    await customElements.whenDefined(name);
  });

  it('leaves alone what the page has defined itself', async () => {
    const { names: [name = '', other = ''], loaded, loaders } = tags(2);
    defineLazily(loaders);
    customElements.define(name, class extends HTMLElement {});
    const parent = await fixture(html`<div></div>`);
    parent.append(document.createElement(name), document.createElement(other));
    await customElements.whenDefined(other);
    expect(loaded).to.deep.equal([other]);
  });

  it('has the room tell what cannot be loaded, once, and tries again until it is there', async () => {
    let tries = 0;
    const name = `lazy-${++made}`;
    const load = () => {
      tries++;
      if (tries < 3) return Promise.reject(new TypeError('no network'));
      customElements.define(name, class extends HTMLElement {});
      return Promise.resolve();
    };
    const room = await roomFixture();
    room.id = 'room-of-it';
    const told: string[] = [];
    room.addEventListener('rtc-error', ({ detail }) => { told.push(detail.code); });
    defineLazily({ [name]: load }, 20);
    const element = document.createElement(name);
    element.setAttribute('for', 'room-of-it');
    room.parentElement!.append(element);
    const { detail } = await oneEvent<RtcErrorEvent>(room, 'rtc-error');
    expect(detail.message).to.equal('A part of the page could not be loaded.');
    expect(room.matches(':state(error)')).to.equal(true);
    await customElements.whenDefined(name);
    expect([told, tries]).to.deep.equal([['load-failed'], 3]);
  });

  it('tells the developer where no room does', async () => {
    const name = `lazy-${++made}`;
    const original = window.reportError;
    const told: unknown[] = [];
    window.reportError = (error) => { told.push(error); };
    try {
      defineLazily({ [name]: () => Promise.reject(new TypeError('no network')) }, 100_000);
      (await fixture(html`<div></div>`)).append(document.createElement(name));
      await waitUntil(() => told.length > 0);
      expect(told[0]).to.include({ code: 'load-failed' });
    } finally {
      window.reportError = original;
    }
  });
});
