import { expect } from '@open-wc/testing';

describe('a copy of another version than the first on the page', () => {
  it('defines nothing and loads nothing, and says so once', async () => {
    customElements.define('rtc-room', class extends HTMLElement { static readonly version = '9.9.9'; });
    const warnings: string[] = [];
    const original = console.warn.bind(console);
    console.warn = (text: string) => { warnings.push(text); };
    try {
      await import('./rtc-room.ts');
      const { defineLazily, LAZY_TAGS } = await import('./lazy.ts');
      await Promise.all(Object.values(LAZY_TAGS).map((load) => load()));
      const tags = ['rtc-lobby', 'rtc-video', 'rtc-audio', 'rtc-controls', ...Object.keys(LAZY_TAGS)];
      expect(tags.filter((tag) => customElements.get(tag))).to.deep.equal([]);

      const loaded: string[] = [];
      document.body.append(document.createElement('rtc-late'));
      defineLazily({ 'rtc-late': () => Promise.resolve(loaded.push('rtc-late')) });
      expect(loaded).to.deep.equal([]);
    } finally {
      console.warn = original;
    }
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^rtc-elements \d\S* stays out: 9\.9\.9 is on this page\.$/);
  });
});
