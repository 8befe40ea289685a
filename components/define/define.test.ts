import { expect } from '@open-wc/testing';
import { define } from './define.ts';
import { RtcRoomElement } from '../rtc-room/rtc-room.ts';

describe('define', () => {
  it('defines in the order given, and leaves alone what is defined', () => {
    const order: string[] = [];
    const original = customElements.define.bind(customElements);
    customElements.define = (tag, element) => { order.push(tag); original(tag, element); };
    try {
      const [one, two, late] = [class extends HTMLElement {}, class extends HTMLElement {}, class extends HTMLElement {}];
      define({ 'test-one': one, 'test-two': two });
      define({ 'test-one': late });
      expect(order).to.deep.equal(['test-one', 'test-two']);
      expect(customElements.get('test-one')).to.equal(one);
    } finally {
      customElements.define = original;
    }
  });
});

describe('rtc-elements/define', () => {
  it('defines every tag, the room first', async () => {
    const order: string[] = [];
    const original = customElements.define.bind(customElements);
    customElements.define = (tag, element) => { order.push(tag); original(tag, element); };
    try {
      await import('./all.ts');
    } finally {
      customElements.define = original;
    }
    expect(order).to.have.members([
      'rtc-room', 'rtc-lobby', 'rtc-grid', 'rtc-video', 'rtc-verify', 'rtc-audio', 'rtc-controls', 'rtc-chat', 'rtc-files',
      'rtc-toasts', 'rtc-button', 'rtc-participants', 'rtc-device-select', 'rtc-invite', 'rtc-quality', 'rtc-stats', 'rtc-doctor',
      'rtc-record', 'rtc-recording',
    ]);
    expect(order[0]).to.equal('rtc-room');
    expect(customElements.get('rtc-room')).to.equal(RtcRoomElement);
  });
});
