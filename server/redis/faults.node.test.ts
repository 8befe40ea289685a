import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Announcement, Joined } from '../../src/protocol/wire.ts';
import { until } from '../../test/support/until.ts';
import { serveProgram } from '../process.testing.ts';
import { TestClient } from '../relay.testing.ts';
import { describeRedis, type Stage } from './redis.testing.ts';

const BODY = { roomId: 'lobby', name: 'someone', engine: { v: 1 } };
const SIGNAL = { mid: 'stream' };

type Program = Awaited<ReturnType<typeof serveProgram>>;

/** Two relays, each a process of its own. */
function startTwo(t: TestContext, url: string): Promise<[Program, Program]> {
  const env = { REDIS_URL: url, RELAY_SECRET: 'one secret for both of them' };
  return Promise.all([serveProgram(t, [], env), serveProgram(t, [], env)]);
}

const statusOf = async ({ port }: Program, page: string) => (await fetch(`http://127.0.0.1:${port}/${page}`)).status;
const idsOf = ({ participants }: Joined) => participants.map(({ id }) => id).toSorted();

async function untilReady(relays: readonly Program[]): Promise<void> {
  for (const relay of relays) while (await statusOf(relay, 'ready') !== 200) await delay(20);
}

/** What a newcomer at each relay is told of the room; it leaves again. */
async function rosters(t: TestContext, relays: readonly Program[]): Promise<string[][]> {
  const seen: string[][] = [];
  for (const relay of relays) {
    const newcomer = new TestClient(t, relay);
    seen.push(idsOf(await newcomer.join('lobby')));
    await newcomer.ask('leave-room', { roomId: 'lobby' });
    newcomer.socket.disconnect();
  }
  return seen;
}

async function call(t: TestContext, stage: Stage) {
  const relays = await startTwo(t, stage.freshUrl());
  const [one, two] = relays;
  const [ada, bo, cy] = [new TestClient(t, one), new TestClient(t, one), new TestClient(t, two)];
  const joined: Joined[] = [];
  for (const client of [ada, bo, cy]) joined.push(await client.join('lobby'));
  for (const client of [ada, bo]) await until(() => client.heard.some(({ body }) => (body as Announcement).id === cy.id), 'all met');
  return { relays, ada, bo, cy, joined };
}

/** What should happen to nobody. */
const faultsOf = (client: TestClient) => client.heard.filter(({ event }) =>
  ['user-disconnected', '#rtcio:peer-left', '#rtcio:closed', 'disconnect'].includes(event));

describeRedis('relays whose Redis is killed and comes back empty', (stage) => {
  it('go on, refuse joins at once, and have whole rooms again within 5 s', async (t) => {
    const { relays, ada, bo, cy } = await call(t, stage);
    await stage.redis.kill();
    const late = new TestClient(t, relays[1]);
    await late.codeOf('leave-room', {}); // Connected.
    const startMs = performance.now();
    assert.equal(await late.codeOf('join-room', BODY), 'relay-unavailable');
    assert.ok(performance.now() - startMs < 1000);
    assert.equal(await ada.codeOf('#rtcio:message', { target: bo.id, data: SIGNAL }), 'ok');
    await bo.next('#rtcio:message');
    assert.equal(await ada.codeOf('#rtcio:message', { target: cy.id, data: SIGNAL }), 'unknown-target');
    assert.deepEqual(await Promise.all(relays.flatMap((relay) => [statusOf(relay, 'health'), statusOf(relay, 'ready')])), [200, 503, 200, 503]);

    await stage.redis.start();
    const backMs = performance.now();
    await untilReady(relays);
    assert.deepEqual(await rosters(t, relays), [0, 1].map(() => [ada, bo, cy].map(({ id }) => id).toSorted()));
    const took = performance.now() - backMs;
    t.diagnostic(`whole after ${Math.round(took)} ms`);
    assert.ok(took < 5000, `${took} ms`);
    assert.equal(await cy.codeOf('#rtcio:message', { target: ada.id, data: SIGNAL }), 'ok');
    assert.deepEqual(await ada.next('#rtcio:message'), { source: cy.id, target: ada.id, data: SIGNAL });
    const ours = new Set([ada, bo, cy].map(({ id }) => id));
    for (const client of [ada, bo, cy]) {
      assert.deepEqual(faultsOf(client).filter(({ body }) => ours.has((body as { id: string }).id) || typeof body === 'string'), []);
      const offered = client.heard.filter(({ event, body }) => event === '#rtcio:init-offer' && ours.has((body as { source: string }).source));
      assert.equal(new Set(offered.map(({ body }) => (body as { source: string }).source)).size, offered.length);
    }
    for (const { output } of relays) assert.match(output.err, /Redis is out of reach/);
  });

  it('know by then who has left meanwhile, whose places are held', async (t) => {
    const { relays: [one, two], ada, bo, cy, joined } = await call(t, stage);
    await stage.redis.kill();
    await bo.codeOf('leave-room', { roomId: 'lobby' });
    cy.vanish();
    await stage.redis.start();
    assert.deepEqual(await ada.next('user-disconnected'), { id: bo.id });
    await untilReady([one, two]);
    const back = new TestClient(t, one);
    const resumed = await back.join('lobby', { resume: joined[2]?.resume });
    assert.deepEqual([resumed.id, idsOf(resumed)], [joined[2]?.id, [ada.id]]);
    assert.deepEqual(await rosters(t, [one, two]), [0, 1].map(() => [ada.id, resumed.id].toSorted()));
  });
});

describeRedis('a relay that is killed', (stage) => {
  it('leaves places that the other holds, and gives to those who come back', async (t) => {
    const { relays: [one, two], ada, bo, cy, joined } = await call(t, stage);
    one.child.kill('SIGKILL');
    await Promise.all([ada.next('disconnect'), bo.next('disconnect')]);
    const startMs = performance.now();
    const back = new TestClient(t, two);
    const resumed = await back.join('lobby', { resume: joined[0]?.resume });
    assert.ok(performance.now() - startMs < 5000);
    assert.deepEqual([resumed.id, idsOf(resumed)], [joined[0]?.id, [joined[1]?.id, cy.id].toSorted()]);
    await until(() => cy.heard.some(({ body }) => (body as Announcement).id === resumed.id && (body as Announcement).resumed), 'it was announced');
    assert.equal(await cy.codeOf('#rtcio:message', { target: resumed.id, data: SIGNAL }), 'ok');
    await back.next('#rtcio:message');
    // Bo does not come back.
    assert.deepEqual(await cy.next('#rtcio:peer-left'), { id: joined[1]?.id, reason: 'ping timeout' });
    assert.equal(cy.heard.filter(({ event }) => event === 'user-disconnected').length, 0);
    assert.deepEqual(await rosters(t, [two]), [joined.map(({ id }) => id).toSorted().filter((id) => id !== '')]);
  });
});
