import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../support/browser.ts';
import { assertMet, describeCalls, enter } from '../support/call.ts';

describeCalls('a page with the link in its address', [], (stage) => {
  it('makes a link at the first join, which lets others in, and nobody else', async () => {
    const ada = await stage.open();
    await ada.evaluate(() => { document.querySelector('rtc-room')?.setAttribute('link', ''); });
    const adaId = await enter(ada, 'Ada');
    const invitation = await ada.evaluate(() => document.querySelector('rtc-room')?.inviteUrl() ?? '');
    assert.match(invitation, /#k=[A-Za-z0-9_-]{22}$/);
    assert.equal(ada.url(), invitation);

    const bo = await stage.open('/', new URL(invitation).hash);
    await bo.evaluate(() => { document.querySelector('rtc-room')?.setAttribute('link', ''); });
    const boId = await enter(bo, 'Bo');
    await Promise.all([assertMet(ada, boId), assertMet(bo, adaId)]);
    const met = await ada.evaluate(() => room.snapshot.participants.map(({ name, identity }) => [name, identity]));
    assert.deepEqual(met, [['Bo', 'linked']]);

    const eve = await stage.open();
    await enter(eve, 'Eve');
    await until(eve, () => room.snapshot.state === 'joined');
    assert.deepEqual(await eve.evaluate(() => room.snapshot.participants.length), 0, 'for others it is another room');
    assert.equal(await ada.evaluate(() => room.snapshot.participants.length), 1);
  });
});
