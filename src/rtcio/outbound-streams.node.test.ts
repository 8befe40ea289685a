import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { parseSignal } from '../protocol/parse-signal.ts';
import { OutboundStreams } from './outbound-streams.ts';
import type { PublicationList } from '../media/publication.ts';

describe('OutboundStreams', () => {
  let all: { source: string; stream: { id: string } }[];
  let said: unknown[];
  let reachable: boolean;
  let streams: OutboundStreams;

  beforeEach(() => {
    all = [{ source: 'camera', stream: { id: 's' } }];
    said = [];
    reachable = true;
    streams = new OutboundStreams({ get all() { return all; } } as unknown as PublicationList, {
      canSignal: () => reachable,
      send: (data) => {
        assert.ok(parseSignal(data), 'the relay carries it');
        said.push(structuredClone(data));
      },
    });
  });

  const answer = (...sources: string[]) =>
    ({ mid: 's', events: Object.fromEntries(sources.map((source) => [source, ['[RTCIOStream] s']])) });

  it('says nothing unasked, and then the sources of that stream, each with the stream and nothing else', () => {
    all.push({ source: 'microphone', stream: { id: 's' } }, { source: 'screen', stream: { id: 't' } });
    streams.tell();
    assert.deepEqual(said, []);
    assert.equal(streams.question('s'), true);
    assert.deepEqual(said, [answer('camera', 'microphone')]);
  });

  it('tells what is published in it later, once', () => {
    streams.question('s');
    all.push({ source: 'microphone', stream: { id: 's' } });
    streams.tell();
    streams.tell();
    assert.deepEqual(said, [answer('camera'), answer('microphone')]);
  });

  it('tells again what was taken back and published anew', () => {
    streams.question('s');
    all.push({ source: 'microphone', stream: { id: 's' } });
    streams.tell();
    all.pop();
    streams.tell();
    all.push({ source: 'microphone', stream: { id: 's' } });
    streams.tell();
    assert.deepEqual(said.slice(1), [answer('microphone'), answer('microphone')]);
  });

  it('answers nothing about streams that are not ours, and the same question three times', () => {
    assert.equal(streams.question('t'), false);
    assert.deepEqual([1, 2, 3, 4].map(() => streams.question('s')), [true, true, true, false]);
    assert.equal(said.length, 3);
  });

  it('answers when the relay is back', () => {
    reachable = false;
    streams.question('s');
    assert.deepEqual(said, []);
    reachable = true;
    streams.tell();
    assert.deepEqual(said, [answer('camera')]);
  });

  it('carries sixteen at a time', () => {
    all = Array.from({ length: 20 }, (_, i) => ({ source: `s${i}`, stream: { id: 's' } }));
    streams.question('s');
    streams.tell();
    assert.deepEqual(said, [answer(...all.slice(0, 16).map(({ source }) => source)), answer(...all.slice(16).map(({ source }) => source))]);
  });
});
