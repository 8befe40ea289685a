import { expect, html, oneEvent } from '@open-wc/testing';
import { fakeRoom, network, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import { NO_VERIFICATION } from '../../src/identity/spoken/view.ts';
import { Store } from '../../src/shared/store.ts';
import { EMOJI } from './words/emoji.ts';
import { loadWords } from './words/words.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';
import type { RoomVerification, SpokenCode, VerificationView } from '../../src/index.ts';
import type { RtcVerifyElement } from './rtc-verify.ts';

const CODE: SpokenCode = { emoji: [21, 8, 1, 28, 47, 6, 15], numbers: [3007, 6748, 7018], members: ['a'] };

describe('RtcVerifyElement', () => {
  let store: Store<VerificationView>;
  let asked: string[];
  let element: RtcVerifyElement;

  const show = async (view: Partial<VerificationView>) => {
    store.update(() => ({ ...NO_VERIFICATION, ...view }));
    await settled(element);
  };
  const button = (name: string) => element.shadowRoot!.querySelector<HTMLButtonElement>(`button[part~="${name}"]`)!;
  const words = () => [...element.shadowRoot!.querySelectorAll('[part=word]')].map(({ textContent }) => textContent);

  async function set(lang = 'en'): Promise<void> {
    store = new Store<VerificationView>(NO_VERIFICATION);
    asked = [];
    const room = fakeRoom();
    room.verify = () => Promise.resolve({
      get snapshot() { return store.snapshot; },
      subscribe: store.subscribe.bind(store),
      confirm: () => { asked.push('confirm'); }, reject: () => { asked.push('reject'); }, retry: () => { asked.push('retry'); },
    } as unknown as RoomVerification);
    const host = await roomFixture(html`<rtc-verify lang=${lang}></rtc-verify>`, room);
    element = await part(host, 'rtc-verify');
    const note = () => element.shadowRoot!.querySelector('[part=note]')?.textContent ?? '';
    const [outside, alone] = lang === 'de' ? [/^Sobald du/, /noch niemand da/] : [/^Once you are in a call/, /nobody here yet/];
    await waitUntil(() => outside.test(note()));
    await host.join();
    network().arrive('a', 'Ada');
    await waitUntil(() => alone.test(note()));
  }

  beforeEach(() => set());

  it('shows seven pictures with their words, or numbers, says so to who listens, and passes on the answer', async () => {
    await show({ state: 'computing' });
    expect(element.matches(':state(computing)')).to.equal(true);
    await show({ state: 'ready', code: CODE });
    await waitUntil(() => words().join() === 'Cloud,Panda,Cat,Cake,Key,Elephant,Flower');
    const shown = [...element.shadowRoot!.querySelectorAll('[part=emoji]')].map(({ textContent }) => textContent);
    expect(shown).to.deep.equal(CODE.emoji.map((place) => EMOJI[place]));
    expect(element.shadowRoot!.querySelector('[role=status]')!.textContent).to.contain('Cloud, Panda, Cat, Cake, Key, Elephant, Flower');
    await expect(element).to.be.accessible();
    button('form').click();
    await settled(element);
    expect(visibleText(element.shadowRoot!.querySelector('[part=code]')!)).to.equal('3007 6748 7018');
    setTimeout(() => { button('match').click(); });
    const event = await oneEvent(element, 'rtc-code-compared');
    expect(event.detail).to.deep.equal({ matches: true, participants: ['a'] });
    button('differ').click();
    expect(asked).to.deep.equal(['confirm', 'reject']);
  });

  it('warns by an alert, in red, and offers another try', async () => {
    await show({ state: 'ready', code: CODE });
    button('differ').focus();
    await show({ state: 'mismatch', rejected: true });
    const alert = element.shadowRoot!.querySelector('[role=alert]')!;
    expect(visibleText(alert)).to.contain('Do not trust this call');
    expect(element.matches(':state(warning)')).to.equal(true);
    // Whoever pressed a button that is gone goes on from what took its place.
    expect(element.shadowRoot!.activeElement?.closest('[role=alert]') === alert).to.equal(true);
    await expect(element).to.be.accessible();
    button('again').click();
    expect(asked).to.deep.equal(['retry']);
  });

  it('steals nobody\'s focus', async () => {
    const other = document.body.appendChild(document.createElement('button'));
    other.focus();
    for (const view of [{ state: 'computing' }, { state: 'ready', code: CODE }, { state: 'mismatch' }] as const) await show(view);
    expect(document.activeElement === other).to.equal(true);
    other.remove();
  });

  it('names who does not answer, and gives the others codes of pairs', async () => {
    network().arrive('b', 'Bo');
    await show({ state: 'stalled', missing: ['b'], pairs: [{ id: 'a', state: 'ready', code: CODE }, { id: 'b', state: 'silent' }] });
    expect(visibleText(element)).to.match(/No answer from .Bo./);
    expect(visibleText(element)).to.match(/Do you and .Ada. see the same\?/);
    expect(button('again').textContent).to.equal('Try again');
    await expect(element).to.be.accessible();
  });

  it('says when everyone is verified, when somebody has another key, and who cannot take part', async () => {
    await show({ state: 'ready', code: CODE, verified: ['a'] });
    expect(visibleText(element)).to.contain('Everyone here is verified.');
    expect([element.matches(':state(verified)'), element.shadowRoot!.querySelectorAll('[part~=match]').length]).to.deep.equal([true, 0]);
    await show({ state: 'ready', code: CODE, rekeyed: ['a'], unable: ['a'] });
    expect(visibleText(element)).to.match(/called .Ada. was verified here before/).and.to.match(/Cannot take part: .Ada./);
  });

  it('speaks the language of the page around it', async () => {
    await set('de');
    await show({ state: 'ready', code: CODE });
    await waitUntil(() => words().join() === 'Wolke,Panda,Katze,Kuchen,Schlüssel,Elefant,Blume');
    expect(element.shadowRoot!.querySelector('[part=word]')!.getAttribute('lang')).to.equal('de');
  });

  it('fits into 280 px, from right to left as well', async () => {
    element.style.cssText = 'display: block; inline-size: 280px';
    element.dir = 'rtl';
    await show({ state: 'ready', code: CODE });
    await waitUntil(() => words().join('').length > 0);
    expect(element.scrollWidth).to.be.at.most(280);
    const boxes = [...element.shadowRoot!.querySelectorAll('button, li')].map((node) => node.getBoundingClientRect());
    const { left, right } = element.getBoundingClientRect();
    expect(boxes.every((box) => box.left >= left && box.right <= right)).to.equal(true);
  });
});

describe('the words', () => {
  for (const language of ['ar', 'de', 'en', 'es', 'fr', 'ja'] as const) {
    it(`are 64, all different: ${language}`, async () => {
      expect(new Set((await loadWords(language)).words).size).to.equal(64);
    });
  }

  it('stand for 64 different emoji', () => {
    expect(new Set(EMOJI).size).to.equal(64);
  });
});
