import { expect } from '@open-wc/testing';
import { defaultServer, setDefaultServer } from '../internal/default-server.ts';

/** Runs the entry as a page does, by a script tag. */
async function load(query: string, attributes: Readonly<Record<string, string>> = {}): Promise<void> {
  const script = Object.assign(document.createElement('script'), {
    type: 'module', src: new URL(`./rtc-js.ts?${query}`, import.meta.url).href,
  });
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
  script.remove();
}

describe('rtc.js', () => {
  afterEach(() => { setDefaultServer(''); });

  it('takes where it came from, path included, for the relay', async () => {
    await load('from-relay');
    expect(defaultServer()).to.equal(`${location.origin}/components/define`);
    expect(customElements.get('rtc-room')).to.be.a('function');
  });

  it('takes the relay that `data-server` names, on its own script tag alone', async () => {
    const other = Object.assign(document.createElement('script'), { type: 'text/plain' });
    other.dataset['server'] = 'https://not-mine.test';
    document.head.prepend(other);
    await load('from-cdn', { 'data-server': 'https://relay.test' });
    expect(defaultServer()).to.equal('https://relay.test');
    other.remove();
  });
});
