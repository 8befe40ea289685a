import { expect, fixture } from '@open-wc/testing';
import { button, part, visibleText, waitUntil } from '../internal/room.testing.ts';
import '../define/rtc-room.ts';
import '../define/stage.ts';

/** The first example under a heading of docs/elements.md. */
async function exampleOf(heading: string): Promise<string> {
  const page = await (await fetch(new URL('../../docs/elements.md', import.meta.url))).text();
  return /```html live\n([^]*?)```/.exec(page.split(`\n## ${heading}\n`)[1] ?? '')?.[1] ?? '';
}

describe('<rtc-room server="loopback">', () => {
  it('makes a call in one page, as the documentation shows it', async () => {
    const page = await fixture<HTMLElement>(`<div>${await exampleOf('Without a relay')}</div>`);
    const [ada, bo] = [...page.querySelectorAll('rtc-room')];
    const grid = await part(ada!, 'rtc-grid');
    await waitUntil(() => ada!.room.snapshot.participants[0]?.state === 'connected', 'they meet');
    expect(visibleText(grid)).to.match(/Bo/);
    button(await part(bo!, 'rtc-controls'), 'camera').click();
    const video = () => grid.shadowRoot!.querySelector('rtc-video')?.shadowRoot?.querySelector('video');
    await waitUntil(() => (video()?.videoWidth ?? 0) > 0, 'the picture comes');
    button(await part(bo!, 'rtc-controls'), 'leave').click();
    await waitUntil(() => ada!.room.snapshot.participants.length === 0, 'the leave is seen');
  });
});
