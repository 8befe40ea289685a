import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until, untilConnected } from '../support/browser.ts';
import { CANARIES, sayEverything } from '../support/canaries.ts';
import { TURN_SECRET } from '../support/coturn.ts';
import { freePort } from '../support/relay.ts';
import { assertRelayedOnly, describeTurn, mintFor, refusalOf, restartIce, untilExpired } from '../support/turn-call.ts';
import type { TestPage } from '../support/browser.ts';

/** Credentials that are renewed within two seconds, and refused after four. */
const SHORT_MS = 4000;

describeTurn('a call over a real TURN server', (stage) => {
  for (const transport of ['udp', 'tcp'] as const) {
    it(`goes over ${transport}, shows no address, and the server carries nothing that could be read`, async () => {
      const proxy = await stage.relay({ turn: { urls: [stage.url(transport)], secret: TURN_SECRET } });
      const pages = [await stage.enter(proxy), await stage.enter(proxy)] as const;
      await Promise.all(pages.map((page) => untilConnected(page, 1)));
      await sayEverything(...pages);
      for (const page of pages) {
        const { over, dtls, srtp } = await assertRelayedOnly(page, proxy);
        assert.deepEqual({ over, dtls }, { over: transport, dtls: 'connected' });
        assert.match(srtp, /^(?:SRTP_)?(?:AEAD_)?AES/);
        const id = await page.evaluate(() => room.snapshot.local.id);
        assert.ok(stage.recorder.carried(transport).includes(`:${id}`), 'the recording has the user name');
      }
      assert.deepEqual([...CANARIES, 'canary', TURN_SECRET].filter((word) => stage.recorder.carried(transport).includes(word)), []);
      assert.deepEqual(await pages[0].evaluate(() => told), []);
    });
  }

  it('outlives its credentials: they are renewed, and ICE restarts with the new ones, still without showing an address', async () => {
    const proxy = await stage.relay({ iceProvider: mintFor([stage.url()], SHORT_MS) });
    const pages = [await stage.enter(proxy), await stage.enter(proxy)] as const;
    await Promise.all(pages.map((page) => untilConnected(page, 1)));
    const first = await pages[0].evaluate(() => probe.pcs[0]?.getConfiguration().iceServers ?? []);
    await untilExpired(first);
    assert.equal(await refusalOf(pages[0], first), 401);
    for (const page of pages) await restartIce(page);
    for (const page of pages) {
      assert.notDeepEqual(await page.evaluate(() => probe.pcs[0]?.getConfiguration().iceServers), first);
      await assertRelayedOnly(page, proxy);
      assert.deepEqual(await page.evaluate(() => [probe.pcs[0]?.connectionState, ...told]), ['connected']);
    }
  });

  it('with refused credentials tells so once, names the server and no secret, and goes over another server that takes them', async () => {
    const expired = mintFor([stage.url('udp')], -5000);
    const proxy = await stage.relay({
      turn: { urls: [stage.url('tcp')], secret: TURN_SECRET }, iceProvider: (who) => ({ iceServers: expired(who).iceServers }),
    });
    const pages = [await stage.enter(proxy), await stage.enter(proxy)] as const;
    for (const page of pages) {
      await untilConnected(page, 1);
      await until(page, () => told.length > 0);
      const [refusal, ...more] = await page.evaluate(() => told);
      // Firefox leaves out the transport, and what the server said beside the number.
      assert.match(String(refusal), new RegExp(`^turn-refused: ${stage.url('udp').replace(/\?.*/, '')}(?:\\?transport=udp)? answered 401`));
      assert.deepEqual([more, String(refusal).includes(TURN_SECRET)], [[], false]);
      assert.equal((await assertRelayedOnly(page, proxy)).over, 'tcp');
    }
  });

  it('without any TURN server to go over says at once why nobody can be reached', async () => {
    const proxy = await stage.relay({ iceServers: [{ urls: `stun:127.0.0.1:${await freePort()}` }] });
    const [ada, bo] = [await stage.enter(proxy), await stage.enter(proxy)];
    for (const [page, other] of [[ada, bo], [bo, ada]] as const) {
      await until(page, () => told.length > 0);
      const id = await other.evaluate(() => room.snapshot.local.id);
      assert.deepEqual(await page.evaluate(() => told), [
        `no-path: No path to ${id}: relayOnly needs a TURN server, and the relay offers none.`,
      ]);
    }
    assert.equal(/ typ (?:host|srflx|prflx)/.test(proxy.received), false);
  });

  it('is diagnosed by what it really gives, over UDP and over TCP, from within a call and from outside, unnoticed', async () => {
    const closed = `turn:127.0.0.1:${await freePort()}?transport=tcp`;
    const proxy = await stage.relay({ turn: { urls: [stage.url('udp'), closed], secret: TURN_SECRET } });
    const ada = await stage.enter(proxy);
    const bo = await stage.enter(proxy);
    await untilConnected(ada, 1);
    const turnOf = (page: TestPage, name: string) => page.evaluate(async (roomName) => {
      const asked = roomName ? rtc.createRoom({ server: location.origin, name: roomName }) : room;
      const found: Record<string, string> = {};
      await asked.diagnose(({ check, state, code = '', candidates = [] }) => { found[check] = [state, code, ...candidates].join(' '); });
      return { ...found, others: room.snapshot.participants.length, state: asked.snapshot.state };
    }, name);
    for (const [name, state] of [['', 'joined'], ['elsewhere', 'idle']] as const) {
      const { relay, websocket, admission, candidates, 'turn-udp': udp, 'turn-tcp': tcp, loop, ...rest } =
        await turnOf(ada, name) as Record<string, unknown>;
      assert.deepEqual([relay, websocket, admission, loop], ['good ', 'good ', 'good ', 'good ']);
      assert.deepEqual([udp, tcp], ['good ', 'warning turn-unreachable']);
      assert.match(String(candidates), /^good {2}host.* relay$/);
      assert.deepEqual([rest['others'], rest['state']], [1, state]);
    }
    assert.deepEqual(await bo.evaluate(() => [told, room.snapshot.participants.length]), [[], 1]);
    const expired = mintFor([stage.url('udp')], -5000);
    const refusing = await stage.enter(await stage.relay({ iceProvider: (who) => ({ iceServers: expired(who).iceServers }) }), {});
    const { 'turn-udp': refused, 'turn-tcp': missing } = await turnOf(refusing, '') as Record<string, unknown>;
    assert.deepEqual([refused, missing], ['bad turn-refused', 'warning turn-missing']);
  });

  it('is what <rtc-room relay-only> makes', async () => {
    const proxy = await stage.relay({ turn: { urls: [stage.url()], secret: TURN_SECRET } });
    const ada = await stage.enter(proxy);
    const bo = await stage.enter(proxy, 'element');
    for (const page of [ada, bo]) await untilConnected(page, 1);
    for (const page of [ada, bo]) await assertRelayedOnly(page, proxy);
  });
});
