/** Calls over a real coturn, which stands behind a recorder, and a relay in this process that hands out its credentials. */
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, afterEach, before, describe } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { createRelay } from '../../server/index.ts';
import { createTurnMint } from '../../server/ice/turn.ts';
import { findTurnserver, startCoturn, TURN_SECRET } from './coturn.ts';
import { launch, openEngine, until } from './browser.ts';
import { installProbe } from './probe.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { allStarted } from './stage.ts';
import { startTurnRecorder } from './turn-recorder.ts';
import type { Relay, RelayOptions } from '../../server/index.ts';
import type { IceServer } from '../../src/protocol/wire.ts';
import type { TestPage } from './browser.ts';
import type { Coturn } from './coturn.ts';
import type { RecordingProxy } from './recording-proxy.ts';
import type { TurnRecorder } from './turn-recorder.ts';

declare global {
  /** Codes and hints of what the page's room told as an error. */
  var told: string[];
  /** The newest pc that is connected. */
  var livePc: () => RTCPeerConnection | undefined;
  /** The user fragment of its local description: one for each generation of candidates. */
  var ufrag: () => string | undefined;
}

/** Under which this machine is known to others. */
const OWN_ADDRESSES = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  .filter(({ internal }) => !internal).map(({ address }) => address);

export interface TurnStage {
  readonly coturn: Coturn;
  readonly recorder: TurnRecorder;
  /** `turn:` URL of the recorder. */
  url(transport?: 'udp' | 'tcp'): string;
  /** A relay that ends with the test; all that it receives is recorded. */
  relay(options: RelayOptions): Promise<RecordingProxy>;
  /** A page that has joined there. */
  enter(proxy: RecordingProxy, options?: { relayOnly?: boolean } | 'element'): Promise<TestPage>;
  /** Ends coturn, and forgets all that it knew. @returns starts another on the same port */
  stopCoturn(): Promise<() => Promise<void>>;
}

/** A coturn and a browser, made once; skipped, and counted so, where coturn cannot be had. */
export function describeTurn(name: string, tests: (stage: TurnStage) => void): void {
  const found = findTurnserver();
  describe(name, { skip: 'missing' in found && found.missing }, () => {
    if ('missing' in found) return;
    let [browser, coturn, recorder]: [Browser?, Coturn?, TurnRecorder?] = [];
    const open: { pages: TestPage[]; relays: Relay[]; proxies: RecordingProxy[] } = { pages: [], relays: [], proxies: [] };
    before(async () => {
      await allStarted(
        launch().then((started) => { browser = started; }), startCoturn(found.path).then((started) => { coturn = started; }),
      );
      assert.ok(coturn);
      recorder = await startTurnRecorder(coturn.port);
    });
    after(async () => {
      recorder?.close();
      await Promise.all([browser?.close(), coturn?.stop()]);
    });
    afterEach(async () => {
      await Promise.all(open.pages.splice(0).map((page) => page.browserContext().close()));
      for (const proxy of open.proxies.splice(0)) proxy.close();
      await Promise.all(open.relays.splice(0).map((relay) => relay.close()));
    });
    tests({
      get coturn() { assert.ok(coturn); return coturn; },
      get recorder() { assert.ok(recorder); return recorder; },
      url(transport = 'udp') { return `turn:127.0.0.1:${this.recorder.port}?transport=${transport}`; },
      async relay(options) {
        const relay = createRelay({ port: 0, host: '127.0.0.1', stunPort: false, secret: 'a secret of the tests', ...options });
        open.relays.push(relay);
        const proxy = await startRecordingProxy((await relay.ready).port);
        open.proxies.push(proxy);
        return proxy;
      },
      async enter({ origin }, options = { relayOnly: true }) {
        assert.ok(browser);
        const page = await openEngine(browser, origin, (fresh) => fresh.evaluateOnNewDocument(installProbe));
        open.pages.push(page);
        await page.evaluate(async (given) => {
          globalThis.told = [];
          globalThis.livePc = () => probe.pcs.filter(({ connectionState }) => connectionState === 'connected').at(-1);
          globalThis.ufrag = () => /a=ice-ufrag:(\S+)/.exec(livePc()?.localDescription?.sdp ?? '')?.[1];
          if (given === 'element') {
            await import(`${location.origin}/rtc.js`);
            document.body.innerHTML = '<rtc-room name="turned" server="/" relay-only></rtc-room>';
            const element = document.querySelector('rtc-room');
            await element?.updateComplete;
            globalThis.room = element?.room ?? room;
          } else {
            globalThis.room = rtc.createRoom({ server: location.origin, name: 'turned', displayName: 'x', ...given });
          }
          room.lifecycle.on('error', ({ error }) => { told.push(`${error.code}: ${error.hint}`); });
          return room.join();
        }, options);
        return page;
      },
      async stopCoturn() {
        const { port } = this.coturn;
        await this.coturn.stop();
        return async () => { coturn = await startCoturn(found.path, port); };
      },
    });
  });
}

/** As a service would mint them that knows coturn's secret: for lives that the relay's own option does not allow. */
export function mintFor(urls: string[], lifeMs: number): (who: { id: string }) => { iceServers: IceServer[]; expiresAt: number } {
  const mint = createTurnMint({ urls, secret: TURN_SECRET, ttlS: 60 });
  return ({ id }) => {
    const { server, expiresAt } = mint(id, Date.now() + lifeMs - 60_000);
    return { iceServers: [server], expiresAt };
  };
}

/** Credentials end with a whole second, and coturn counts none after it. */
export async function untilExpired([turn]: readonly RTCIceServer[]): Promise<void> {
  const expiresAt = Number.parseInt(turn?.username ?? '', 10) * 1000;
  assert.ok(expiresAt > 0);
  await delay(Math.max(0, expiresAt + 1500 - Date.now()));
}

/** What the TURN server answers to them now. */
export function refusalOf(page: TestPage, iceServers: readonly RTCIceServer[]): Promise<number> {
  return page.evaluate((servers) => new Promise<number>((resolve) => {
    const pc = new RTCPeerConnection({ iceServers: servers as RTCIceServer[], iceTransportPolicy: 'relay' });
    pc.addEventListener('icecandidateerror', ({ errorCode }) => { pc.close(); resolve(errorCode); });
    pc.addEventListener('icecandidate', ({ candidate }) => { if (candidate) { pc.close(); resolve(0); } });
    pc.createDataChannel('x');
    void pc.setLocalDescription();
  }), iceServers);
}

/** As after a failure; resolves once the page is connected over a path of the new generation. */
export async function restartIce(page: TestPage): Promise<void> {
  const before = await page.evaluate(() => {
    livePc()?.restartIce();
    return ufrag();
  });
  await until(page, (old) => {
    const pc = livePc();
    // While it is about to gather anew its state is still that of before.
    return ufrag() !== old && pc?.signalingState === 'stable' && pc.localDescription?.sdp.includes('a=candidate:');
  }, before);
}

/** Nothing but TURN candidates in what comes, on the wire and in the statistics of the live pc; no address of this machine. */
export async function assertRelayedOnly(
  page: TestPage, { received }: RecordingProxy,
): Promise<{ over: string; dtls: string; srtp: string }> {
  const { sdp, policy, candidates, over, dtls, srtp } = await page.evaluate(async () => {
    const pc = livePc();
    const stats = [...((await pc?.getStats()) ?? new Map()).values()] as Record<string, string>[];
    const transport = stats.find(({ type }) => type === 'transport');
    const pair = stats.find(({ id }) => id === transport?.['selectedCandidatePairId']);
    const local = stats.find(({ id }) => id === pair?.['localCandidateId']);
    return {
      sdp: pc?.remoteDescription?.sdp ?? '', policy: pc?.getConfiguration().iceTransportPolicy,
      candidates: stats.filter(({ type }) => type === 'local-candidate' || type === 'remote-candidate'),
      over: local?.['relayProtocol'] ?? '', dtls: transport?.['dtlsState'] ?? '', srtp: transport?.['srtpCipher'] ?? '',
    };
  });
  assert.equal(policy, 'relay');
  assert.deepEqual([...new Set(candidates.map(({ candidateType }) => candidateType))], ['relay']);
  for (const text of [sdp, received]) {
    const found = [...text.matchAll(/candidate:\S+ \d+ \w+ \d+ \S+ \d+ typ (\w+)(?: raddr (\S+) rport (\d+))?/g)];
    assert.deepEqual([...new Set(found.map(([, ...parts]) => parts.join(' ')))], ['relay 0.0.0.0 0']);
  }
  for (const text of [sdp, received, JSON.stringify(candidates)]) {
    assert.deepEqual(OWN_ADDRESSES.filter((address) => text.includes(address)), []);
  }
  return { over, dtls, srtp };
}
