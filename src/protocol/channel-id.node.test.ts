import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_CHANNEL_ID, channelIdOf } from './channel-id.ts';

describe('channelIdOf', () => {
  // FNV-1a 32-bit of '', 'a' and 'foobar' (draft-eastlake-fnv, section 6.2): 811c9dc5, e40c292c, bf9cf968.
  for (const [name, hash] of [['', 0x811c9dc5], ['a', 0xe40c292c], ['foobar', 0xbf9cf968]] as const) {
    it(`gives ${JSON.stringify(name)} the stream of its FNV-1a hash`, () => { assert.equal(channelIdOf(name), (hash % 1023) + 1); });
  }

  it('hashes UTF-16 code units, not bytes', () => {
    assert.notEqual(channelIdOf('é'), channelIdOf('\u00c3\u00a9'));
  });

  it('stays within what Chromium allows, and never on the control channel', () => {
    for (let i = 0; i < 20_000; i++) {
      const id = channelIdOf(`name-${i}`);
      assert.ok(Number.isInteger(id) && id >= 1 && id <= MAX_CHANNEL_ID);
    }
  });

  it('lets twenty names collide in about 17 % of all cases, which is why the ends agree on streams instead', () => {
    const ROUNDS = 20_000;
    let collided = 0;
    // Names of one pattern collide less: they hash to neighbours.
    const name = (n: number) => (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(36);
    for (let round = 0; round < ROUNDS; round++) {
      const ids = new Set(Array.from({ length: 20 }, (_, i) => channelIdOf(name(round * 20 + i))));
      if (ids.size < 20) collided++;
    }
    const share = collided / ROUNDS;
    assert.ok(share > 0.15 && share < 0.19, `${share}`);
  });
});
