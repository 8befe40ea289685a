import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serveProgram } from '../../server/process.testing.ts';
import { describeRedis, PASSWORD } from '../../server/redis/redis.testing.ts';
import { TestClient } from '../../server/relay.testing.ts';
import { until } from '../support/until.ts';

const BODY = { roomId: 'lobby', name: 'someone', engine: { v: 1 } };
const SIGNAL = { mid: 'stream' };

type Program = Awaited<ReturnType<typeof serveProgram>>;

const statusOf = async ({ port }: Program) => (await fetch(`http://127.0.0.1:${port}/ready`)).status;
async function untilStatus(relay: Program, status: number): Promise<void> {
  while (await statusOf(relay) !== status) await delay(20);
}

describeRedis('a relay that starts before its Redis', (stage) => {
  it('says so, refuses, takes participants once it is there, and tells nobody its password', async (t) => {
    await stage.redis.kill();
    const relay = await serveProgram(t, [], { REDIS_URL: stage.freshUrl() });
    assert.equal(await statusOf(relay), 503);
    assert.equal(await new TestClient(t, relay).codeOf('join-room', BODY), 'relay-unavailable');
    await stage.redis.start();
    await relay.said(/Redis is back/);
    await untilStatus(relay, 200);
    await new TestClient(t, relay).join('lobby');
    assert.ok(!(relay.output.out + relay.output.err).includes(PASSWORD));
  });
});

describeRedis('relays whose Redis hangs', (stage) => {
  it('answer joins within a second, carry on in each relay, and find back to each other', async (t) => {
    const env = { REDIS_URL: stage.freshUrl(), RELAY_SECRET: 'one secret for both of them' };
    const relays = await Promise.all([serveProgram(t, [], env), serveProgram(t, [], env)]);
    const [one, two] = relays;
    const [ada, bo, cy] = [new TestClient(t, one), new TestClient(t, one), new TestClient(t, two)];
    for (const client of [ada, bo, cy]) await client.join('lobby');
    const late = new TestClient(t, two);
    await late.codeOf('leave-room', {}); // Connected.
    stage.redis.freeze();
    try {
      const startMs = performance.now();
      assert.equal(await late.codeOf('join-room', BODY), 'relay-unavailable');
      const tookMs = performance.now() - startMs;
      assert.ok(tookMs < 1500, `${tookMs} ms`);
      assert.equal(await ada.codeOf('#rtcio:message', { target: bo.id, data: SIGNAL }), 'ok');
      await bo.next('#rtcio:message');
      for (const relay of relays) await untilStatus(relay, 503);
      await bo.codeOf('leave-room', { roomId: 'lobby' });
    } finally {
      stage.redis.thaw();
    }
    // The join that was refused too: Redis decided on it late, and it was undone.
    const { id } = bo;
    await until(() => cy.heard.some(({ event, body }) => event === 'user-disconnected' && (body as { id: string }).id === id), 'Bo has left');
    for (const relay of relays) await untilStatus(relay, 200);
    const { participants } = await new TestClient(t, two).join('lobby');
    assert.deepEqual(participants.map(({ id }) => id).toSorted(), [ada.id, cy.id].toSorted());
    assert.equal(await ada.codeOf('#rtcio:message', { target: cy.id, data: SIGNAL }), 'ok');
    await cy.next('#rtcio:message');
    for (const { child } of relays) assert.equal(child.exitCode, null);
  });
});
