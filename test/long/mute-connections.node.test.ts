import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { selfSignedCertificate } from '../../server/certificate.ts';
import { createRelay, type RelayOptions } from '../../server/index.ts';

/** Opens a TCP connection and says nothing. @returns milliseconds until the relay ends it */
async function patience(t: TestContext, options: RelayOptions): Promise<number> {
  const relay = createRelay({ port: 0, host: '127.0.0.1', stunPort: false, secret: 'a secret of the tests', ...options });
  t.after(() => relay.close());
  const socket = connect((await relay.ready).port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  t.after(() => { socket.destroy(); });
  await once(socket, 'connect');
  const startedMs = performance.now();
  await once(socket, 'close');
  return performance.now() - startedMs;
}

describe('a connection on which nothing is ever said', () => {
  it('ends soon, over http and over https', { timeout: 60_000 }, async (t) => {
    const both = await Promise.all([patience(t, {}), patience(t, { tls: await selfSignedCertificate() })]);
    for (const ms of both) assert.ok(ms < 17_000, `it took ${(ms / 1000).toFixed(1)} s`);
  });
});
