import { expect, fixture, html } from '@open-wc/testing';
import { createRoom } from '../../src/index.ts';
import { button, fakeRoom, part, roomFixture, settled, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/rtc-doctor.ts';
import type { Finding, Room } from '../../src/index.ts';
import type { RtcDoctorElement } from './rtc-doctor.ts';

const WELL: Finding[] = [
  { check: 'secure', state: 'good' }, { check: 'microphone', state: 'good', code: 'permission-ask' },
  { check: 'candidates', state: 'good', candidates: ['host', 'srflx'] },
];
const ILL: Finding[] = [
  { check: 'camera', state: 'warning', code: 'device-missing' }, { check: 'relay', state: 'bad', code: 'origin-refused' },
  { check: 'websocket', state: 'unknown', code: 'not-run' }, { check: 'admission', state: 'bad', code: 'banned' },
  { check: 'turn-udp', state: 'unknown', code: 'forbidden' },
];

const lines = (element: RtcDoctorElement) => [...element.shadowRoot!.querySelectorAll('li')].map(visibleText);
const summary = (element: RtcDoctorElement) => element.shadowRoot!.querySelector('[part=summary]')!.textContent;

async function doctor(room: Room = fakeRoom()): Promise<RtcDoctorElement> {
  return part(await roomFixture(html`<rtc-doctor></rtc-doctor>`, room), 'rtc-doctor');
}

/** A room that is found to be so, one thing after the other, when the test says. */
function found(findings: readonly Finding[]): { room: Room; next: () => void } {
  const room = fakeRoom();
  let next = () => {};
  room.diagnose = async (listener, options) => {
    const signal = options?.signal;
    for (const finding of findings) {
      await new Promise<void>((resolve, reject) => {
        next = resolve;
        signal?.addEventListener('abort', () => { reject(signal.reason as Error); });
      });
      listener(finding);
    }
  };
  return { room, next: () => { next(); } };
}

describe('RtcDoctorElement', () => {
  afterEach(() => { Reflect.deleteProperty(navigator, 'clipboard'); });

  async function run(findings: readonly Finding[]): Promise<RtcDoctorElement> {
    const { room, next } = found(findings);
    const element = await doctor(room);
    button(element, 'run').click();
    for (let count = 1; count <= findings.length; count++) {
      next();
      await waitUntil(() => element.findings.length === count);
      await settled(element);
    }
    await waitUntil(() => !element.matches(':state(running)'), 'it is done');
    return element;
  }

  it('does nothing before a click, then tells each thing as it comes', async () => {
    const { room, next } = found(WELL);
    const element = await doctor(room);
    expect([visibleText(button(element, 'run')), lines(element)]).to.deep.equal(['Start the check', []]);
    await expect(element).to.be.accessible();
    button(element, 'run').focus();
    button(element, 'run').click();
    await settled(element);
    expect([lines(element), summary(element), element.matches(':state(running)')])
      .to.deep.equal([['Secure page Checking…'], 'Checking…', true]);
    expect(button(element, 'run').getAttribute('aria-disabled')).to.equal('true');
    await expect(element).to.be.accessible();
    next();
    await waitUntil(() => lines(element).length === 2);
    expect(lines(element)).to.deep.equal(['Secure page Works', 'Browser Checking…']);
    element.remove();
    await waitUntil(() => !element.matches(':state(running)'), 'who goes away waits for nothing');
  });

  it('forgets what it found of another room, and what is on its way', async () => {
    const { room, next } = found(WELL);
    const box = await fixture<HTMLElement>(html`<div><rtc-room id="one" .room=${room}><i></i></rtc-room>
      <rtc-room id="two" .room=${fakeRoom()}><i></i></rtc-room><rtc-doctor for="one"></rtc-doctor></div>`);
    const element = await part(box, 'rtc-doctor');
    button(element, 'run').click();
    next();
    await waitUntil(() => element.findings.length === 1);
    box.append(element); // A move is not another room.
    await settled(element);
    expect(element.findings.length).to.equal(1);
    button(element, 'run').click();
    next();
    await waitUntil(() => element.findings.length === 1);
    element.for = 'two';
    await settled(element);
    await settled(element);
    expect([element.findings, lines(element), element.matches(':state(running)')]).to.deep.equal([[], [], false]);
    expect(visibleText(button(element, 'run'))).to.equal('Start the check');
  });

  it('says that nothing stands against a call, and keeps the focus', async () => {
    const element = await run(WELL);
    expect(lines(element)).to.deep.equal([
      'Secure page Works', 'Microphone Works There. The browser will ask you before it is used. permission-ask',
      'Ways out of this network Works Found: host and srflx.',
    ]);
    expect([summary(element), element.matches(':state(good)')]).to.deep.equal(['Nothing found that would prevent a call.', true]);
    expect(visibleText(button(element, 'run'))).to.equal('Check again');
    await expect(element).to.be.accessible();
  });

  it('says of each what to do, with its code; of what is the relay\'s alone, what it means', async () => {
    const element = await run(ILL);
    expect(lines(element)).to.deep.equal([
      'Camera Limited None was found. Plug one in, or join without. device-missing',
      'Server Does not work The server does not serve this page. Tell whoever runs it. origin-refused',
      'WebSocket Not checked Not checked, because something before it does not work. not-run',
      'Admission Does not work Too much came from your network. Try again later. banned',
      'TURN over UDP Not checked The server tells only those in the room. Join, then check again. forbidden',
    ]);
    expect([summary(element), element.matches(':state(bad)')]).to.deep.equal(['Problems found: 2', true]);
    await expect(element).to.be.accessible();
  });

  it('gives a report of codes to copy, or shows it where copying is refused', async () => {
    const copied: string[] = [];
    const writeText = (text: string) => { copied.push(text); return Promise.resolve(); };
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    const element = await run([...WELL, ...ILL]);
    button(element, 'copy').click();
    await waitUntil(() => visibleText(element).includes('Report copied'));
    const [title, agent, ...rest] = copied[0]!.split('\n');
    expect([title!.startsWith('rtc-doctor 20'), agent]).to.deep.equal([true, navigator.userAgent]);
    expect(rest.slice(0, 5)).to.deep.equal([
      'secure: good', 'microphone: good (permission-ask)', 'candidates: good: host, srflx', 'camera: warning (device-missing)',
      'relay: bad (origin-refused)',
    ]);
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    button(element, 'copy').click();
    await waitUntil(() => element.shadowRoot!.activeElement?.localName === 'textarea' || element.shadowRoot!.querySelector('textarea'));
    await settled(element);
    const shown = element.shadowRoot!.querySelector('textarea')!;
    expect([shown.value, visibleText(element).includes('does not allow copying')]).to.deep.equal([copied[0], true]);
    await waitUntil(() => shown.selectionEnd === shown.value.length, 'it is selected');
    await expect(element).to.be.accessible();
  });

  it('tells the room where the checks cannot be loaded', async () => {
    const room = fakeRoom();
    room.diagnose = () => Promise.reject(new TypeError('no chunk'));
    const host = await roomFixture(html`<rtc-doctor></rtc-doctor>`, room);
    const element = await part(host, 'rtc-doctor');
    const codes: string[] = [];
    host.addEventListener('rtc-error', ({ detail }) => { codes.push(detail.code); });
    button(element, 'run').click();
    await waitUntil(() => codes.join() === 'load-failed');
    await settled(element);
    expect([visibleText(button(element, 'run')), lines(element)]).to.deep.equal(['Start the check', []]);
  });

  it('really checks this page, where no relay is needed', async () => {
    const element = await doctor(createRoom({ server: 'loopback', name: 'doctor' }));
    button(element, 'run').click();
    await waitUntil(() => element.matches(':state(good)'), 'all is well');
    const states = new Map(element.findings.map(({ check, state }) => [check, state]));
    expect([states.get('secure'), states.get('candidates'), states.get('loop'), states.has('relay')])
      .to.deep.equal(['good', 'good', 'good', false]);
  });
});
