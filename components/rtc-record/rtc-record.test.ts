import { expect, fixture, html } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { button, part, visibleText, waitUntil } from '../internal/room.testing.ts';
import { recorderOf } from './room-recorder.ts';
import '../define/rtc-room.ts';
import '../define/rtc-record.ts';
import '../define/rtc-recording.ts';
import type { RtcRecordedEvent } from '../events.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

describe('RtcRecordElement', () => {
  let party: Party;
  beforeEach(() => { party = new Party(); });
  afterEach(() => { party.close(); });

  async function enter(name: string, content = html`<p>A page of one's own.</p>`): Promise<RtcRoomElement> {
    const { room } = party.guest(name);
    const element = await fixture<RtcRoomElement>(html`<rtc-room .room=${room}>${content}</rtc-room>`);
    await room.join();
    return element;
  }
  const sign = (room: RtcRoomElement) => visibleText(room.shadowRoot!.querySelector('rtc-recording') ?? document.createElement('i'));
  const said = (room: RtcRoomElement) => room.shadowRoot!.querySelector('.hidden[role=status]')!.textContent;

  it('records by a click; everyone sees and hears who does, late joiners too, until it is stopped; then it can be saved', async () => {
    const [ada, bo] = [await enter('Ada', html`<rtc-record></rtc-record>`), await enter('Bo')];
    await party.allMet();
    const events: string[] = [];
    for (const type of ['rtc-recording-started', 'rtc-recording-stopped'] as const) {
      bo.addEventListener(type, ({ detail: { participant } }) => { events.push(`${type} ${participant.name}`); });
    }
    const element = await part(ada, 'rtc-record');
    await expect(element).to.be.accessible();
    expect(element.shadowRoot!.querySelectorAll<HTMLInputElement>('[part=person] input:checked').length).to.equal(2);
    button(element, 'record').click();
    await waitUntil(() => element.matches(':state(recording)'), 'it records');
    await waitUntil(() => /Recording the call: .?Ada/.test(sign(bo)), 'Bo sees it');
    await waitUntil(() => /Ada.? is recording the call/.test(said(bo)), 'Bo hears it');
    const cem = await enter('Cem');
    await waitUntil(() => /Ada/.test(sign(cem)), 'who comes late sees it');
    const own = await part(ada, 'rtc-recording');
    expect(sign(ada)).to.contain('You are recording');
    await expect(element).to.be.accessible();
    await expect(own).to.be.accessible();
    await expect(await part(bo, 'rtc-recording')).to.be.accessible();
    button(element, 'pause').click();
    await waitUntil(() => element.matches(':state(paused)') && button(own, 'pause').ariaLabel === 'Continue recording');
    button(element, 'pause').click();
    await waitUntil(() => element.matches(':state(recording):not(:state(paused))'));
    const recorded = new Promise<RtcRecordedEvent>((resolve) => { ada.addEventListener('rtc-recorded', resolve); });
    button(own, 'stop').click();
    const { detail: { blob, bytes, name } } = await recorded;
    expect([blob?.size, name]).to.deep.equal([bytes, button(own, 'save').ariaLabel?.replace('Save ', '')]);
    await waitUntil(() => sign(bo) === '' && /stopped recording/.test(said(bo)), 'the sign goes');
    expect(events).to.deep.equal(['rtc-recording-started Ada', 'rtc-recording-stopped Ada']);
    await expect(own).to.be.accessible();
    await expect(element).to.be.accessible();
    button(own, 'discard').click();
    await waitUntil(() => !element.shadowRoot!.querySelector('[part=recorded]'));
  });

  it('offers what was recorded after the call too, and not where the page keeps it', async () => {
    const ada = await enter('Ada', html`<rtc-record></rtc-record>`);
    const element = await part(ada, 'rtc-record');
    const record = async (): Promise<void> => {
      button(element, 'record').click();
      await waitUntil(() => element.matches(':state(recording)') && element.shadowRoot!.querySelector('[part=size]')?.textContent !== '0 byte');
      await ada.leave();
    };
    await record();
    await waitUntil(() => ada.shadowRoot!.querySelector('rtc-recording')?.shadowRoot?.querySelector('[part~=save]'), 'it is offered');
    const leaving = new Event('beforeunload', { cancelable: true });
    expect(window.dispatchEvent(leaving), 'the browser asks whether to go').to.equal(false);
    button(await part(ada, 'rtc-recording'), 'discard').click();
    let isKept = false;
    ada.addEventListener('rtc-recorded', (event) => {
      event.preventDefault();
      isKept = true;
    });
    await ada.room.join();
    await waitUntil(() => !button(element, 'record').ariaDisabled);
    await record();
    await waitUntil(() => isKept);
    await waitUntil(() => !element.shadowRoot!.querySelector('[part=recorded]'), 'it is not offered');
  });

  it('cannot be begun outside of a room, and says where someone is not shown it', async () => {
    const { room } = party.guest('Ada');
    const outside = await fixture<RtcRoomElement>(html`<rtc-room .room=${room}><rtc-record></rtc-record></rtc-room>`);
    const element = await part(outside, 'rtc-record');
    expect(button(element, 'record').ariaDisabled).to.equal('true');
    button(element, 'record').click();
    await waitUntil(() => outside.shadowRoot!.querySelector('[part=error]')?.textContent.includes('not-joined'));
  });

  it('keeps the focus where one starts, stops and is done with a recording', async () => {
    const ada = await enter('Ada', html`<rtc-record></rtc-record>`);
    const element = await part(ada, 'rtc-record');
    const focused = () => element.shadowRoot!.activeElement?.getAttribute('part');
    const press = (name: string) => {
      button(element, name).focus();
      button(element, name).click();
    };
    press('record');
    await waitUntil(() => focused() === 'progress');
    await waitUntil(() => recorderOf(ada.room).bytes > 0, 'it records');
    press('stop');
    await waitUntil(() => focused() === 'recordings');
    press('discard');
    await waitUntil(() => !element.shadowRoot!.querySelector('[part=recorded]'));
    expect(focused()).to.equal('recordings');
    await expect(element).to.be.accessible();
  });

  it('tells once of what was recorded, however many show it', async () => {
    const ada = await enter('Ada', html`<rtc-recording></rtc-recording><rtc-record></rtc-record>`);
    let count = 0;
    ada.addEventListener('rtc-recorded', () => { count++; });
    const recorder = recorderOf(ada.room);
    await recorder.start();
    await waitUntil(() => recorder.bytes > 0, 'it records');
    await recorder.stop();
    const offered = (host: ParentNode | null) => host?.querySelector('rtc-recording')?.shadowRoot?.querySelector('[part=recorded]');
    await waitUntil(() => offered(ada) && offered(ada.shadowRoot));
    ada.querySelector('rtc-recording')!.replaceWith(document.createElement('rtc-recording'));
    await waitUntil(() => offered(ada), 'the later one shows it');
    expect(count).to.equal(1);
  });
});
