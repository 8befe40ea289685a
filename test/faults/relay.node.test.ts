import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { assertNoGap, assertUntouched, describeFaults, startCounting, timed } from '../support/fault-stage.ts';

const AWAY_MS = 5000;
const SILENT_MS = 60_000;

describeFaults('the relay', (stage) => {
  it('killed, and back after 5 s: noticed in 2 s, healed 3 s after, without a gap', async (context) => {
    const [ada, bo] = [await stage.join('Ada'), await stage.join('Bo')];
    await startCounting(ada, bo);
    const killedMs = performance.now();
    await stage.relay.kill();
    for (const { page, name } of [ada, bo]) {
      await timed(context, `${name} noticed`, 2000, killedMs, page, () => room.snapshot.state === 'reconnecting');
    }
    await delay(Math.max(0, killedMs + AWAY_MS - performance.now())); // The fault itself: so long it lasts.
    await stage.relay.start();
    const backMs = performance.now();
    for (const { page, name } of [ada, bo]) {
      await timed(context, `${name} healed`, 3000, backMs, page, () => room.snapshot.state === 'joined');
    }
    await assertUntouched(ada, bo);
    await assertNoGap(context, ada, bo);
  });

  it('silent for 60 s: noticed in 15 s, healed 6 s after, without a gap', async (context) => {
    const [ada, bo] = [await stage.join('Ada'), await stage.join('Bo')];
    await startCounting(ada, bo);
    const silentMs = performance.now();
    for (const { machine } of [ada, bo]) machine.block('meta l4proto tcp');
    for (const { page, name } of [ada, bo]) {
      await timed(context, `${name} noticed`, 15_000, silentMs, page, () => room.snapshot.state === 'reconnecting');
    }
    await delay(Math.max(0, silentMs + SILENT_MS - performance.now())); // The fault itself: so long it lasts.
    stage.network.heal();
    const backMs = performance.now();
    for (const { page, name } of [ada, bo]) {
      await timed(context, `${name} healed`, 6000, backMs, page, () => room.snapshot.state === 'joined');
    }
    await assertUntouched(ada, bo);
    await assertNoGap(context, ada, bo);
  });
});
