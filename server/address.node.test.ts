import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { addressBytes, addressKey, clientAddress } from './address.ts';

describe('addressBytes', () => {
  const table: [string, string | undefined][] = [
    ['1.2.3.4', '01020304'],
    ['::ffff:1.2.3.4', '01020304'],
    ['::FFFF:102:304', '01020304'],
    ['::1', '00000000000000000000000000000001'],
    ['::', '00000000000000000000000000000000'],
    ['2001:db8::8a2e:370:7334', '20010db80000000000008a2e03707334'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['fe80::1%eth0', 'fe800000000000000000000000000001'],
    ['64:ff9b::1.2.3.4', '0064ff9b000000000000000001020304'],
    ['nonsense', undefined],
    ['', undefined],
  ];
  for (const [address, hex] of table) {
    it(`reads ${address || 'nothing'}`, () => {
      const bytes = addressBytes(address);
      assert.equal(bytes && Buffer.from(bytes).toString('hex'), hex);
    });
  }
});

describe('addressKey', () => {
  it('takes an IPv6 network of 64 bits as one, and IPv4 addresses one by one', () => {
    assert.equal(addressKey('2001:db8:0:1::1'), addressKey('2001:db8:0:1:ffff::2'));
    assert.notEqual(addressKey('2001:db8:0:1::1'), addressKey('2001:db8:0:2::1'));
    assert.notEqual(addressKey('1.2.3.4'), addressKey('1.2.3.5'));
    assert.equal(addressKey('1.2.3.4'), addressKey('::ffff:1.2.3.4'));
  });
});

describe('clientAddress', () => {
  const request = (forwarded?: string) => ({
    socket: { remoteAddress: '10.0.0.1' }, headers: { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage);

  it('believes no header unless a proxy is trusted', () => {
    assert.equal(clientAddress(request('6.6.6.6'), 0), '10.0.0.1');
  });

  it('takes the entry that the trusted proxy wrote, not what a client put before it', () => {
    assert.equal(clientAddress(request('6.6.6.6, 5.5.5.5'), 1), '5.5.5.5');
    assert.equal(clientAddress(request('6.6.6.6, 5.5.5.5, 10.0.0.2'), 2), '5.5.5.5');
    assert.equal(clientAddress(request(), 1), '10.0.0.1');
  });
});
