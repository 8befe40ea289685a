import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as whole from 'socket.io-parser';
import { ACK, CONNECT, CONNECT_ERROR, decode, DISCONNECT, encode, EVENT } from './packet.ts';

/** @returns the packet, or `undefined` where it is refused. */
function understood(text: string): unknown {
  try {
    return decode(text);
  } catch {
    return undefined;
  }
}

/** As socket.io-parser understands it. */
function understoodWhole(text: string): unknown {
  const decoder = new whole.Decoder();
  const packets: object[] = [];
  decoder.on('decoded', (packet: object) => { packets.push({ data: undefined, ...packet }); });
  try {
    decoder.add(text);
  } catch {
    return undefined;
  }
  return packets[0];
}

const reserved = ['connect_error', 'connect', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];
const names = fc.string().filter((name) => !reserved.includes(name));
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const events = fc.tuple(names, fc.array(json)).map(([name, args]) => [name, ...args]);
const packets = fc.oneof(
  fc.record({ type: fc.constant(EVENT), id: fc.option(fc.nat(), { nil: undefined }), data: events }),
  fc.record({ type: fc.constant(ACK), id: fc.nat(), data: fc.array(json) }),
  fc.record({ type: fc.constant(CONNECT), data: fc.record({ sid: fc.string() }) }),
  fc.record({ type: fc.constant(CONNECT_ERROR), data: fc.record({ message: fc.string(), data: json }) }),
  fc.constant({ type: DISCONNECT }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<Pick<whole.Packet, 'type' | 'data' | 'id'>>;

describe('lean packets', () => {
  it('are said and understood as by socket.io-parser', () => {
    fc.assert(fc.property(packets, (packet) => {
      const text = encode(packet.type, packet.data, packet.id);
      assert.deepEqual([text], new whole.Encoder().encode({ nsp: '/', ...packet }));
      assert.deepEqual({ nsp: '/', ...decode(text) }, understoodWhole(text));
    }));
  });

  it('are refused where socket.io-parser refuses them', () => {
    const bits = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '9', '-', '/', ',', '"', 'a', 'connect_error', '[', ']', '{}', '\n', 'null');
    fc.assert(fc.property(fc.array(bits, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      if (understoodWhole(text) === undefined) assert.equal(understood(text), undefined, text);
    }), { numRuns: 2000 });
    for (const name of ['connect', 'connect_error', 'disconnect']) assert.equal(understood(`2["${name}"]`), undefined);
  });

  it('are refused with binary attachments, in other namespaces, and without what their type needs', () => {
    const binary = '51-["x",{"_placeholder":true,"num":0}]';
    for (const text of [binary, '2/admin,["x"]', '0', '0{}', '0{"sid":1}', '2', '2[]', '2[1]', '3', '30', '4', '4"no"', '4null', '4[]']) {
      assert.equal(understood(text), undefined, text);
    }
  });
});
