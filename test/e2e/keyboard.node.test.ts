import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { describeCalls } from '../support/call.ts';

/** The shadow part that has the focus, however deep; empty where nothing has it. */
function focused(page: TestPage): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('part') ?? '';
  });
}

/** Presses Tab until the focus is on this part, once it is there. */
async function tabTo(page: TestPage, part: string): Promise<void> {
  await page.waitForSelector(`html >>> :is(input, button)[part~="${part}"]`, { visible: true });
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).split(' ').includes(part)) return;
  }
  assert.fail(`Tab never came to "${part}".`);
}

describeCalls('by the keyboard alone', [], (stage) => {
  it('one joins from the lobby, goes on from the stage, leaves, and is at the button that joins', async () => {
    const page = await stage.open();
    await page.waitForSelector('html >>> button[part~="join"]', { visible: true });
    await tabTo(page, 'name');
    await page.keyboard.type('Ada');
    await tabTo(page, 'join-without');
    await page.keyboard.press('Enter');
    await until(page, () => room.snapshot.state === 'joined' && deepAll('rtc-grid').length === 1);
    assert.equal(await focused(page), 'stage');
    await tabTo(page, 'leave');
    await page.keyboard.press('Enter');
    await until(page, () => room.snapshot.state === 'idle' && deepAll('rtc-lobby').length === 1);
    assert.equal(await focused(page), 'button join');
    await page.keyboard.press('Enter');
    await until(page, () => room.snapshot.state === 'joined' && room.snapshot.local.camera.state === 'on');
    assert.equal(await focused(page), 'stage');
  });

  it('the button of the controls keeps the focus from joining to leaving and back', async () => {
    const page = await stage.open('/layout');
    await page.waitForSelector('html >>> button[part~="join"]', { visible: true });
    await tabTo(page, 'join');
    for (const [state, part] of [['joined', 'button leave'], ['idle', 'button join'], ['joined', 'button leave']] as const) {
      await page.keyboard.press('Enter');
      await until(page, (wanted) => room.snapshot.state === wanted, state);
      assert.equal(await focused(page), part);
    }
  });
});
