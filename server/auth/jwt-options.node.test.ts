import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { readJwtOptions, type JwtOptions } from './jwt-options.ts';
import { ED25519, JWT_SECRET, P256, P384, pemOf, RSA } from './tokens.testing.ts';

const SHORT = 'canary-too-short';

describe('readJwtOptions', () => {
  it('fixes the algorithms by the key', () => {
    const table: [JwtOptions, string[]][] = [
      [{ secret: JWT_SECRET }, ['HS256']], [{ publicKey: pemOf(RSA) }, ['RS256', 'PS256']], [{ publicKey: pemOf(P256) }, ['ES256']],
      [{ publicKey: pemOf(P384) }, ['ES384']], [{ publicKey: pemOf(ED25519) }, ['EdDSA']],
      [{ publicKey: pemOf(RSA), algorithms: ['PS256'] }, ['PS256']],
      [{ jwks: 'keys.json' }, ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']], [{ jwks: 'https://id.example/keys' }, ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']],
      [{ jwks: 'http://127.0.0.1:8080/keys', algorithms: ['ES256'] }, ['ES256']],
    ];
    for (const [options, algorithms] of table) assert.deepEqual(readJwtOptions(options).algorithms, algorithms);
  });

  it('throws the key and an example, and never a value', () => {
    const privatePem = P256.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const table: [JwtOptions, RegExp][] = [
      [{}, /^jwt takes exactly one of secret, publicKey and jwks/], [{ secret: JWT_SECRET, jwks: 'x' }, /^jwt takes exactly one/],
      [{ secret: '' }, /^jwt\.secret is shorter than 32 bytes; make one: openssl/], [{ secret: SHORT }, /^jwt\.secret is shorter/],
      [{ secret: pemOf(RSA) }, /^jwt\.secret is a key file/], [{ secret: JSON.stringify({ kty: 'oct', k: 'x'.repeat(64) }) }, /^jwt\.secret is a key file/],
      [{ publicKey: SHORT }, /^jwt\.publicKey is no PEM/], [{ publicKey: privatePem }, /^jwt\.publicKey is a private key/],
      [{ publicKey: pemOf(weak) }, /RSA of 2048 bits or more/], [{ publicKey: pemOf(other) }, /P-256, P-384 or Ed25519/],
      [{ jwks: 'http://id.example/keys' }, /^jwt\.jwks is no file and no https URL/], [{ jwks: 'https://' }, /^jwt\.jwks/],
      [{ secret: JWT_SECRET, algorithms: ['RS256'] }, /^jwt\.algorithms .*: HS256$/], [{ publicKey: pemOf(RSA), algorithms: ['HS256'] }, /^jwt\.algorithms/],
      [{ secret: JWT_SECRET, algorithms: [] }, /^jwt\.algorithms/], [{ secret: JWT_SECRET, algorithms: ['none' as never] }, /^jwt\.algorithms/],
      [{ secret: JWT_SECRET, issuer: '' }, /^jwt\.issuer is empty/], [{ secret: JWT_SECRET, audience: [] }, /^jwt\.audience is empty/],
      [{ secret: JWT_SECRET, clockToleranceS: -1 }, /^jwt\.clockToleranceS/], [{ secret: JWT_SECRET, clockToleranceS: NaN }, /^jwt\.clockToleranceS/],
    ];
    for (const [options, message] of table) {
      assert.throws(() => readJwtOptions(options), (error) => error instanceof TypeError && message.test(error.message)
        && !/canary|KEY-----M/.test(error.message), message.source);
    }
  });
});
