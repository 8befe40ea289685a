import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOriginCheck } from './origin.ts';

describe('createOriginCheck', () => {
  const byDefault: [origin: string | undefined, host: string | undefined, allowed: boolean][] = [
    ['http://localhost', 'localhost', true],
    ['http://localhost:8080', 'relay.example.com', true],
    ['https://localhost:8443', undefined, true],
    ['http://app.localhost:8080', 'x', true],
    ['http://127.0.0.1:3000', 'x', true],
    ['http://127.8.9.1', 'x', true],
    ['http://[::1]:3000', 'x', true],
    ['http://192.168.1.5:3000', '192.168.1.5:3000', true],
    ['https://192.168.1.5', '192.168.1.5', true],
    ['http://[fe80::1]:3000', '[fe80::1]:3000', true],
    ['http://192.168.1.5:3000', '192.168.1.5:3001', false],
    ['http://192.168.1.5:3000', '192.168.1.6:3000', false],
    ['http://192.168.1.5:3000', undefined, false],
    ['http://evil.example', 'evil.example', false],
    ['http://relay.example.com', 'relay.example.com', false],
    ['http://localhost.evil.example', 'x', false],
    ['http://127.0.0.1.evil.example', 'x', false],
    ['http://127.0.0.1@evil.example', 'x', false],
    ['http://evillocalhost', 'x', false],
    ['http://localhost:80', 'x', false],
    ['http://localhost/', 'x', false],
    ['http://LOCALHOST', 'x', false],
    ['http://2130706433', 'x', false],
    ['ftp://localhost', 'x', false],
    ['file://', 'x', false],
    ['null', 'null', false],
    ['', '', false],
    ['http://', 'x', false],
    [undefined, 'localhost', false],
  ];
  for (const [origin, host, allowed] of byDefault) {
    it(`${allowed ? 'allows' : 'refuses'} ${origin ?? 'no origin'} at ${host ?? 'no host'} without a list`, () => {
      assert.equal(createOriginCheck({})(origin, host), allowed);
    });
  }

  it('takes a list exactly, and nothing besides it', () => {
    const allows = createOriginCheck({ origins: ['https://app.example', 'https://other.example:8443/'] });
    assert.deepEqual(
      ['https://app.example', 'https://other.example:8443', 'http://app.example', 'https://app.example:444', 'http://localhost']
        .map((origin) => allows(origin, 'app.example')),
      [true, true, false, false, false],
    );
  });

  it('allows any origin only by the word *, and no origin only by its own word', () => {
    assert.equal(createOriginCheck({ origins: '*' })('https://any.example', 'x'), true);
    assert.equal(createOriginCheck({ origins: '*' })(undefined, 'x'), false);
    assert.equal(createOriginCheck({ allowNoOrigin: true })(undefined, 'x'), true);
    assert.equal(createOriginCheck({ allowNoOrigin: true })('https://any.example', 'x'), false);
  });

  it('throws for what is not an origin', () => {
    for (const origin of ['app.example', 'https://app.example/path', '*', 'null', 'https://*.example', '']) {
      assert.throws(() => createOriginCheck({ origins: [origin] }), TypeError, origin);
    }
  });
});
