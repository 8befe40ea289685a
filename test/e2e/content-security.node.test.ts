import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../support/browser.ts';
import { assertMet, click, describeCalls, linesOf, say } from '../support/call.ts';

const MARKUP = '<img src=x onerror="document.title=\'run\'"><script>document.title="run"</script><b>bold</b> javascript:alert(1)';

describeCalls('under a strict Content-Security-Policy with Trusted Types', [], (stage) => {
  it('a whole call reports no violation, and what others write is text', async () => {
    const [ada, bo] = await Promise.all([stage.join(MARKUP.slice(0, 60)), stage.join('Bo')]);
    await Promise.all([assertMet(ada.page, bo.id), assertMet(bo.page, ada.id)]);
    await Promise.all([click(ada.page, 'chat-toggle'), click(bo.page, 'chat-toggle')]);
    await say(ada.page, MARKUP);
    await until(bo.page, () => room.snapshot.messages.length === 1);
    for (const { page } of [ada, bo]) {
      assert.deepEqual(await linesOf(page), [MARKUP]);
      const made = await page.evaluate(() => ({ elements: [...deepAll('img'), ...deepAll('b')].length, title: document.title }));
      assert.deepEqual(made, { elements: 0, title: 'rtc-elements' });
    }
    await click(ada.page, 'chat-toggle'); // Beside it the bar is narrow, and the devices stand behind "more".
    await click(ada.page, 'devices');
    await click(ada.page, 'leave');
    await until(bo.page, () => room.snapshot.participants.length === 0);
    for (const { page } of [ada, bo]) assert.deepEqual([await page.evaluate(() => probe.violations), page.problems], [[], []]);
  });

  it('would report one', async () => {
    const page = await stage.open();
    await page.evaluate(() => { document.body.style.cssText = 'color: red'; document.body.setAttribute('style', 'color: red'); });
    await assert.rejects(page.evaluate((markup) => { document.body.innerHTML = markup; }, MARKUP), /TrustedHTML|blocked by CSP/);
    await until(page, () => probe.violations.length >= 2);
  });
});
