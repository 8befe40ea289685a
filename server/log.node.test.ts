import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { createProgramLog } from './program-log.ts';
import { handshake, rawSocket, startRelay } from './relay.testing.ts';

describe('a log that fails', () => {
  const failing: [string, () => unknown][] = [
    ['at once', () => { throw new Error('the disk is full'); }], ['later', () => Promise.reject(new Error('the disk is full'))],
  ];
  for (const [how, log] of failing) {
    it(`${how} ends nothing: the process is warned`, async (t) => {
      const warned = once(process, 'warning');
      const relay = await startRelay(t, { log });
      assert.equal(await handshake(rawSocket(t, relay, '', { origin: 'https://evil.example' })), 400);
      assert.match(String(await warned), /the disk is full/);
    });
  }
});

describe('a line of text', () => {
  it('holds no control character that a stranger chose', async (t) => {
    let line = '';
    t.mock.method(process.stderr, 'write', (text: string) => { line += text; return true; });
    const log = await createProgramLog({});
    log('warn', 'a handshake was refused', { origin: 'a\u009b2J\u007f\n\u2028\u202eb' });
    t.mock.restoreAll();
    assert.ok(line.endsWith('origin="a\\u009b2J\\u007f\\n\\u2028\\u202eb"\n'), JSON.stringify(line));
  });
});
