import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTurnMint, TURN_URL } from './turn.ts';

const good = { urls: ['turn:turn.example.com:3478'], secret: 'a secret of the tests' };

describe('createTurnMint', () => {
  it('mints a user name with the time until which it holds, and the HMAC of it', () => {
    const { server, expiresAt } = createTurnMint({ ...good, ttlS: 60 })('Ada_1', 1_700_000_000_999);
    // printf 1700000060:Ada_1 | openssl dgst -sha1 -hmac 'a secret of the tests' -binary | base64
    assert.deepEqual(server, { urls: good.urls, username: '1700000060:Ada_1', credential: 'uGxVUVL3cFYBEQHxA567uoX775E=' });
    assert.equal(expiresAt, 1_700_000_060_000);
  });

  it('mints for ten minutes where nothing else is said', () => {
    assert.equal(createTurnMint(good)('Ada_1', 0).expiresAt, 600_000);
  });

  it('takes what RFC 7065 allows', () => {
    for (const url of ['turn:a', 'turns:a.example:443', 'turn:[2001:db8::1]:3478?transport=tcp', 'turn:192.0.2.1?transport=udp']) {
      assert.match(url, TURN_URL);
    }
  });

  for (const [what, options, says] of [
    ['no URL', { urls: [] }, /^turn\.urls is empty; for example/],
    ['a STUN URL', { urls: ['turn:a', 'stun:a'] }, /^turn\.urls: entry 2 is not like turn:/],
    ['a URL with a password', { urls: ['turn:me:hunter2@a'] }, /^turn\.urls: entry 1 is not like/],
    ['a list that is none', { urls: 'turn:a' as unknown as string[] }, /^turn\.urls is empty/],
    ['a transport that is none', { urls: ['turn:a?transport=sctp'] }, /^turn\.urls: entry 1/],
    ['a short secret', { secret: 'hunter2' }, /^turn\.secret has less than 16 characters; for example/],
    ['no secret', { secret: undefined as unknown as string }, /^turn\.secret has less/],
    ['too short a life', { ttlS: 59 }, /^turn\.ttlS is not a whole number of seconds from 60 to 86400; for example/],
    ['too long a life', { ttlS: 86_401 }, /^turn\.ttlS/],
    ['half a second', { ttlS: 60.5 }, /^turn\.ttlS/],
  ] as const) {
    it(`refuses ${what}, and repeats none of it`, () => {
      assert.throws(() => createTurnMint({ ...good, ...options }), (error: unknown) => error instanceof TypeError
        && says.test(error.message) && !error.message.includes('hunter2'));
    });
  }
});
