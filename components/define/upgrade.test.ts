import { expect } from '@open-wc/testing';

describe('a page in which a room stands before its tag is defined', () => {
  it('gets what its shadow needs, too', async () => {
    const room = document.body.appendChild(document.createElement('rtc-room'));
    expect(room.matches(':defined')).to.equal(false);
    await import('./rtc-room.ts');
    await room.updateComplete;
    expect(customElements.get('rtc-stats')).to.equal(undefined);
    room.shadowRoot!.append(document.createElement('rtc-stats'));
    await customElements.whenDefined('rtc-stats');
    room.remove();
  });
});
