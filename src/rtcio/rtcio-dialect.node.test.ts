import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { HELLO } from '../protocol/control.ts';
import { PEER_LIMITS } from '../protocol/peer-limits.ts';
import { RtcioDialect } from './rtcio-dialect.ts';
import type { PeerParts } from '../peer/dialect.ts';

describe('RtcioDialect', () => {
  let nowMs: number;
  let hinted: boolean;
  let pc: EventTarget & { connectionState: RTCPeerConnectionState; restartIce(): void };
  let dialect: RtcioDialect;
  let log: string[];

  beforeEach(() => {
    mock.timers.reset();
    mock.restoreAll();
    nowMs = 1000;
    mock.timers.enable({ apis: ['setInterval'] });
    mock.method(performance, 'now', () => nowMs);
    log = [];
    hinted = false;
    pc = Object.assign(new EventTarget(), { connectionState: 'new' as const, restartIce: () => { log.push('restartIce'); } });
    const parts: Partial<Record<keyof PeerParts, unknown>> = {
      pc, scope: new AbortController().signal,
      control: { admit: () => { log.push('admit'); }, tell: (event: string) => { log.push(`tell ${event}`); } },
      view: () => ({ room: 'r', self: { id: 'a', fp: 'A' }, peer: { id: 'b', fp: 'B' } }),
      drop: (reason: string) => { log.push(`drop ${reason}`); },
      limits: PEER_LIMITS,
      senders: { useLines: () => undefined, publications: { all: [] } },
      handlers: {
        canSignal: () => true,
        onTracks: () => undefined,
        freshIce: () => Promise.resolve(),
        word: () => ({ socketClosed: hinted, placeHeld: true }),
        onConnected: () => { log.push('connected'); },
        onInterrupted: (is: boolean) => { log.push(is ? 'interrupted' : 'recovered'); },
        onEvent: (event: string) => { log.push(`event ${event}`); },
        onClosed: (reason: string) => { log.push(`closed ${reason}`); },
      },
    };
    dialect = new RtcioDialect(parts as PeerParts);
  });

  function pass(ms: number): void {
    for (const end = nowMs + ms; nowMs < end;) {
      nowMs += 100;
      mock.timers.tick(100);
    }
  }

  function become(state: RTCPeerConnectionState): void {
    pc.connectionState = state;
    pc.dispatchEvent(new Event('connectionstatechange'));
  }

  function open(): void {
    become('connected');
    dialect.opened();
    log.length = 0;
  }

  it('keeps what is said before the certificate was looked at, in order, and hears it then', () => {
    dialect.receive({ e: 'one', d: [] });
    dialect.receive({ e: 'two', d: [] });
    assert.deepEqual(log, []);
    dialect.opened();
    dialect.receive({ e: 'three', d: [] });
    assert.deepEqual(log, ['tell #rtcio:hello', 'connected', 'admit', 'event one', 'event two', 'event three']);
  });

  it('keeps no more of it than a client may have had queued', () => {
    for (let i = 0; i < 1025; i++) dialect.receive({ e: 'one', d: [] });
    assert.deepEqual(log, ['drop early']);
  });

  it('fires no name of the library or the protocol', () => {
    open();
    for (const e of ['peer-connect', 'track-added', '#rtcio:tracks', HELLO]) dialect.receive({ e, d: [] });
    assert.deepEqual(log, Array(4).fill('drop reserved'));
  });

  it('fires nothing by what is said about streams', () => {
    open();
    dialect.receiveStream({ mid: 's', events: { word: ['[RTCIOStream] s'] } });
    dialect.receiveStream({ mid: 's' });
    assert.deepEqual(log, ['drop stream', 'drop stream']);
  });

  it('refuses who says a whole hello', () => {
    open();
    const texts = { room: '', from: '', to: '', fpFrom: '', fpTo: '', vouchFrom: '', vouchTo: '' };
    dialect.receive({ e: HELLO, d: [{ v: 1, features: [], ...texts }] });
    assert.deepEqual(log, ['closed hello-unexpected']);
  });

  it('gives a pc 12 s from its last bad turn on', async () => {
    open();
    become('disconnected');
    pass(9000);
    become('failed');
    await Promise.resolve(); // The TURN credentials are fresh enough.
    pass(11_500);
    assert.deepEqual(log, ['interrupted', 'interrupted', 'restartIce']);
    pass(1000);
    assert.equal(log[3], 'closed silent');
  });

  it('forgives when the pc recovers, and not when it merely tries', () => {
    open();
    become('disconnected');
    pass(10_000);
    become('connected');
    pass(20_000);
    assert.deepEqual(log, ['interrupted', 'recovered']);
    become('disconnected');
    become('connecting');
    pass(11_500);
    assert.deepEqual(log.slice(2), ['interrupted']);
    pass(1000);
    assert.equal(log[3], 'closed silent');
  });

  for (const [when, beforeMs] of [['before', 20_000], ['after', -1000]] as const) {
    it(`gives it 2.5 s when the relay said ${when} the trouble began that the socket is gone`, () => {
      open();
      hinted = beforeMs > 0;
      pass(Math.max(beforeMs, 500));
      become('disconnected');
      pass(Math.max(-beforeMs, 0));
      hinted = true;
      pass(3000);
      assert.equal(log[1], 'closed silent');
    });
  }

  it('closes no healthy pc for a hint, and has forgotten it after 30 s', () => {
    open();
    hinted = true;
    pass(40_000);
    become('disconnected');
    pass(11_000);
    assert.deepEqual(log, ['interrupted']);
  });
});
