import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { untilConnected } from '../support/browser.ts';
import { describeCalls, untilTiles } from '../support/call.ts';

interface Departure { badgeMs: number | undefined; leftMs: number }

/** When the page sees someone interrupted, and when it sees them gone; epoch milliseconds. */
function followDeparture(page: Page): Promise<Departure> {
  return page.evaluate(() => new Promise<Departure>((resolve) => {
    let badgeMs: number | undefined;
    room.subscribe(({ participants }) => {
      if (participants.some(({ state }) => state === 'interrupted')) badgeMs ??= Date.now();
    });
    addEventListener('rtc-participant-left', () => { resolve({ badgeMs, leftMs: Date.now() }); }, { once: true });
  }));
}

describeCalls('who goes without a word', [], (stage) => {
  it('is removed within a second after their tab was closed', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada'), stage.join('Bo')]);
    await Promise.all([untilConnected(ada.page, 1), untilConnected(bo.page, 1)]);
    const departure = followDeparture(ada.page);
    await bo.page.close();
    const closedMs = Date.now();
    const { leftMs } = await departure;
    assert.ok(leftMs - closedMs < 1000, `${leftMs - closedMs} ms`);
    await untilTiles(ada.page, 1);
  });

  it('is marked, then removed, after their tab crashed', async () => {
    const [ada, bo] = await Promise.all([stage.join('Ada'), stage.join('Bo')]);
    await Promise.all([untilConnected(ada.page, 1), untilConnected(bo.page, 1)]);
    const departure = followDeparture(ada.page);
    const crashedMs = Date.now();
    const crashing = bo.page.goto('chrome://crash').then(() => 'still there', (error: unknown) => String(error));
    const { badgeMs, leftMs } = await departure;
    assert.ok(badgeMs !== undefined && badgeMs - crashedMs < 6000 && badgeMs < leftMs, `badge after ${badgeMs} - ${crashedMs}`);
    assert.ok(leftMs - crashedMs < 8000, `${leftMs - crashedMs} ms`);
    await untilTiles(ada.page, 1);
    assert.match(await crashing, /crash|closed|detached/i);
  });
});
