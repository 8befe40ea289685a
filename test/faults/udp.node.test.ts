import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { until } from '../support/browser.ts';
import { findTurnserver, startTurnserver, TURN_SECRET } from '../support/coturn.ts';
import { assertUntouched, describeFaults, startCounting, timed } from '../support/fault-stage.ts';
import { HUB } from '../support/netns.ts';
import { freePort } from '../support/relay.ts';
import type { Coturn } from '../support/coturn.ts';
import type { Caller } from '../support/fault-stage.ts';

const UDP = 'meta l4proto udp';
const found = findTurnserver();

/** How the pc that lives now sends: `tcp` is to the TURN server. */
const pathOf = (page: Page) => page.evaluate(async () => {
  const pc = probe.pcs.filter(({ connectionState }) => connectionState === 'connected').at(-1);
  const stats = [...((await pc?.getStats()) ?? new Map()).values()] as Record<string, string>[];
  const transport = stats.find(({ type }) => type === 'transport');
  const pair = stats.find(({ id }) => id === transport?.['selectedCandidatePairId']);
  const local = stats.find(({ id }) => id === pair?.['localCandidateId']);
  return `${local?.['candidateType']} ${local?.['relayProtocol'] ?? ''}`.trim();
});

if ('missing' in found) {
  it('UDP that is blocked', { skip: found.missing });
} else {
  let coturn: Coturn | undefined;
  let folder = '';
  describeFaults('UDP that is blocked, where TURN over TCP is offered', (stage) => {
    it('at the start: connected in 10 s', async (context) => {
      const bo = await stage.machine();
      bo.machine.block(UDP);
      const ada = await stage.join('Ada');
      const startMs = performance.now();
      const cy = await stage.enter(bo, 'Bo');
      for (const { page, name } of [ada, cy]) {
        await timed(context, name, 10_000, startMs, page, () => room.snapshot.participants[0]?.state === 'connected');
      }
      await startCounting(ada, cy);
      await assertUntouched(ada, cy);
      assert.equal(await pathOf(cy.page), 'relay tcp');
    });

    it('during a call: noticed in 7 s, over TURN 10 s after', async (context) => {
      const people: [Caller, Caller] = [await stage.join('Ada'), await stage.join('Bo')];
      await startCounting(...people);
      assert.equal(await pathOf(people[1].page), 'host');
      const cutMs = performance.now();
      people[1].machine.block(UDP);
      for (const { page, name } of people) {
        await timed(context, `${name} noticed`, 7000, cutMs, page, () => room.snapshot.participants[0]?.state === 'interrupted');
      }
      const noticedMs = performance.now();
      for (const { page, name } of people) {
        const frames = await page.evaluate(() => presented.count);
        await timed(context, `${name} healed`, 10_000, noticedMs, page, (count) =>
          room.snapshot.participants[0]?.state === 'connected' && presented.count > count + 3, frames);
      }
      await assertUntouched(...people);
      await until(people[1].page, () => room.snapshot.state === 'joined');
      assert.equal(await pathOf(people[1].page), 'relay tcp');
    });
  }, {
    async start() {
      const port = await freePort();
      coturn = await startTurnserver(found.path, port, [
        '-n', '--use-auth-secret', `--static-auth-secret=${TURN_SECRET}`, '--realm=turn.test', `--relay-ip=${HUB}`,
        `--listening-ip=${HUB}`, '--no-tls', '--no-dtls',
      ]);
      folder = await mkdtemp(join(tmpdir(), 'turn-secret-'));
      await writeFile(join(folder, 'secret'), TURN_SECRET);
      const urls = ['udp', 'tcp'].map((transport) => `turn:${HUB}:${port}?transport=${transport}`);
      return ['--turn', urls.join(), '--turn-secret-file', join(folder, 'secret')];
    },
    async stop() {
      await coturn?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  });
}
