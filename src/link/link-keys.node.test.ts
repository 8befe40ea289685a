import assert from 'node:assert/strict';
import { hkdfSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { createLinkSecret } from '../room/link-secret.ts';
import { LinkKeys } from './link-keys.ts';

const SECRET = 'AAECAwQFBgcICQoLDA0ODw';
const K = Uint8Array.from({ length: 16 }, (_, i) => i);

/** Node's own HKDF, extract and expand in one. */
function hkdf(info: string | Uint8Array, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', K, 'rtc-elements/link/v1', info, length));
}

describe('keys of a link', () => {
  it('names the room by the first 16 bytes of an expansion over its name', async () => {
    const keys = await LinkKeys.from(SECRET);
    assert.equal(await keys.roomId('lobby'), hkdf('room\0lobby', 16).toString('base64url'));
    assert.notEqual(await keys.roomId('lobby2'), await keys.roomId('lobby'));
  });

  it('has a key for each direction, room, pair and join', async () => {
    const keys = await LinkKeys.from(SECRET);
    const direction = { from: 'a', to: 'b', joinFrom: new Uint8Array(16).fill(1), joinTo: new Uint8Array(16).fill(2) };
    const info = Buffer.concat([
      Buffer.from('signal\0'), Buffer.from('\0\x04room\0\x01a\0\x01b'), direction.joinFrom, direction.joinTo,
    ]);
    const theirs = await crypto.subtle.importKey('raw', Uint8Array.from(hkdf(info, 32)), 'AES-GCM', false, ['decrypt']);
    const iv = new Uint8Array(12);
    const seal = async (room: string, changed: Partial<typeof direction>) =>
      crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keys.signalKey(room, { ...direction, ...changed }), new Uint8Array(1));
    const opens = (sealed: ArrayBuffer) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, theirs, sealed).then(() => true, () => false);
    assert.equal(await opens(await seal('room', {})), true);
    for (const changed of [
      { from: 'b', to: 'a' }, { from: 'ab', to: '' }, { joinFrom: direction.joinTo }, { joinTo: direction.joinFrom },
    ]) assert.equal(await opens(await seal('room', changed)), false, JSON.stringify(changed));
    assert.equal(await opens(await seal('roo', {})), false);
  });

  it('takes 128 random bits and nothing that a person would choose', async () => {
    assert.notEqual(createLinkSecret(), createLinkSecret());
    await LinkKeys.from(createLinkSecret());
    for (const wrong of ['', 'correct horse battery staple', 'correcthorsebatterystaple', SECRET.slice(1), `${SECRET}AA`, `${SECRET}==`,
      'AAECAwQFBgcICQoLDA0OD_']) {
      await assert.rejects(LinkKeys.from(wrong), { code: 'invalid-link-secret' }, wrong);
    }
  });
});
