import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { parseIncomingEnvelope } from '../protocol/parse-signal.ts';
import { PEER_LIMITS } from '../protocol/peer-limits.ts';
import { InboundStreams } from './inbound-streams.ts';
import { streamMarker } from './stream-marker.ts';
import type { PeerParts } from '../peer/dialect.ts';
import type { StreamAnswerSignal } from '../protocol/wire.ts';

describe('InboundStreams', () => {
  let pc: EventTarget;
  let asked: unknown[];
  let drops: number;
  let reachable: boolean;
  let streams: InboundStreams;

  beforeEach(() => {
    pc = new EventTarget();
    asked = [];
    drops = 0;
    reachable = true;
    streams = new InboundStreams({
      pc, limits: PEER_LIMITS, scope: new AbortController().signal, drop: () => { drops++; },
      handlers: { canSignal: () => reachable, send: (data: unknown) => { asked.push(data); } },
    } as unknown as PeerParts);
  });

  /** A track of theirs arrives. */
  function arrive(id: string | undefined, mid = '1', kind = 'video'): { mid: string; currentDirection: string } {
    const transceiver = { mid, currentDirection: 'recvonly', receiver: { track: { kind } } };
    pc.dispatchEvent(Object.assign(new Event('track'), { transceiver, streams: id === undefined ? [] : [{ id }] }));
    return transceiver;
  }

  /** As the relay would deliver it. */
  function answer(mid: string, events: string): void {
    const envelope = parseIncomingEnvelope({ source: 'a', data: { mid, events: JSON.parse(events) as unknown } });
    assert.ok(envelope);
    streams.answered(envelope.data as StreamAnswerSignal);
  }

  const shown = () => streams.views.map(({ id }) => id);

  it('asks once for each stream, whatever comes of it', () => {
    arrive('s', '1', 'audio');
    arrive('s', '2');
    arrive('t', '3');
    assert.deepEqual(asked, [{ mid: 's' }, { mid: 't' }]);
  });

  it('shows nothing before the answer, then each track under the name', () => {
    arrive('s', '1', 'audio');
    arrive('s', '2');
    assert.deepEqual(shown(), []);
    answer('s', `{"camera":[{"stream":"${streamMarker('uuid')}","metadata":{"displayName":"x"}}]}`);
    assert.deepEqual(shown(), ['1/camera', '2/camera']);
    assert.ok(streams.views.every((view) => !('metadata' in view)));
  });

  it('shows every event that a stream was emitted under', () => {
    arrive('s');
    answer('s', `{"camera":["${streamMarker('u')}"],"speaker":[1,"${streamMarker('u')}"]}`);
    assert.deepEqual(shown(), ['1/camera', '1/speaker']);
  });

  it('shows it no more while nothing comes', () => {
    const line = arrive('s');
    answer('s', `{"camera":["${streamMarker('u')}"]}`);
    line.currentDirection = 'inactive';
    assert.deepEqual(shown(), []);
    line.currentDirection = 'recvonly';
    assert.deepEqual(shown(), ['1/camera']);
  });

  it('believes an answer once, and none to what it did not ask', () => {
    answer('s', `{"camera":["${streamMarker('u')}"]}`);
    arrive('s');
    assert.deepEqual([shown(), drops], [[], 1]);
    answer('s', `{"camera":["${streamMarker('u')}"]}`);
    answer('s', `{"screen":["${streamMarker('u')}"]}`);
    answer('t', `{"screen":["${streamMarker('u')}"]}`);
    assert.deepEqual([shown(), drops], [['1/camera'], 3]);
  });

  it('takes from it only what holds that stream', () => {
    arrive('s');
    arrive('t', '2');
    answer('t', `{"screen":["${streamMarker('theirs')}"]}`);
    answer('s', `{"word":["hello"],"other":["${streamMarker('theirs')}"],"camera":["${streamMarker('u')}"],"second":["${streamMarker('v')}"]}`);
    assert.deepEqual(shown(), ['1/camera', '2/screen']);
  });

  it('takes no name of the library or the protocol, and no name as anything but a name', () => {
    arrive('s');
    const names = ['peer-connect', 'track-added', '#rtcio:message', 'error', '__proto__', 'constructor', 'x'.repeat(65), 'camera'];
    answer('s', `{${names.map((name) => `"${name}":["${streamMarker('u')}"]`).join()}}`);
    assert.deepEqual(streams.views.map(({ source }) => source), ['__proto__', 'constructor', 'camera']);
    assert.equal('camera' in {}, false);
  });

  it('asks again, three times at most, and not while the relay is out of reach', () => {
    reachable = false;
    arrive('s');
    assert.deepEqual(asked, []);
    reachable = true;
    for (let nowMs = performance.now(), i = 0; i < 60; i++) streams.ask(nowMs += 1000);
    assert.deepEqual(asked, Array(3).fill({ mid: 's' }));
  });

  it('asks no more than a few at once, and forgets streams that are replaced', () => {
    const line = { mid: '1', currentDirection: 'recvonly', receiver: { track: { kind: 'video' } } };
    for (let i = 0; i < 1000; i++) {
      pc.dispatchEvent(Object.assign(new Event('track'), { transceiver: line, streams: [{ id: `s${i}` }] }));
    }
    assert.equal(asked.length, 32);
    answer('s3', `{"camera":["${streamMarker('u')}"]}`);
    assert.deepEqual([shown(), drops], [[], 1]);
  });

  it('counts a track without a stream, which no rtc.io client sends', () => {
    arrive(undefined);
    arrive('x'.repeat(129));
    assert.deepEqual([asked, drops], [[], 2]);
  });
});
