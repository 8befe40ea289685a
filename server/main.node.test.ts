import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runProgram, serveProgram } from './process.testing.ts';
import { TestClient } from './relay.testing.ts';

const CANARY = 'canary-0123456789-canary-0123456789';

describe('rtc-elements serve', () => {
  it('prints the links and what to paste, keeps its key, and ends at once on Ctrl-C without a word about others', async (t) => {
    const { child, output, cwd, said, ended } = runProgram(t, ['serve', '--port', '0', '--host', '127.0.0.1']);
    const [, port, room] = await said(/Open: +http:\/\/localhost:(\d+)\/\?room=([\w-]{16,})\n[^]*<rtc-room[^]*\n\n$/);
    assert.match(output.out, new RegExp(`src="http://localhost:${port}/rtc.js"></script>\\n +<rtc-room name="${room}">`));
    assert.match(output.out, new RegExp(`STUN: +UDP port ${port}\\n`));
    assert.equal(statSync(join(cwd, '.relay-secret')).mode & 0o777, 0o600);

    const [a, b] = [new TestClient(t, { port: Number(port) }), new TestClient(t, { port: Number(port) })];
    await a.join('lobby');
    await b.join('lobby');
    const startedMs = performance.now();
    child.kill('SIGINT');
    assert.equal(await ended, 0);
    assert.ok(performance.now() - startedMs < 2_000);
    await a.next('disconnect');
    assert.ok(!a.heard.some(({ event }) => event === '#rtcio:peer-left' || event === 'user-disconnected'));
    assert.equal(output.err, '');
  });

  it('offers no link that its list of origins refuses', async (t) => {
    const { said } = runProgram(t, ['serve', '--port', '0', '--host', '127.0.0.1', '--origin', 'https://app.example']);
    const [text, port] = await said(/Relay: +http:\/\/localhost:(\d+)\n[^]*<rtc-room[^]*\n\n$/);
    assert.match(text, new RegExp(`Demo: .*--origin http://localhost:${port}\n`));
    assert.doesNotMatch(text, /Open:|\?room=/);
  });

  it('drains on SIGTERM: unready at once, everyone told one after the other, then exit 0', async (t) => {
    const { child, port, ended } = await serveProgram(t, ['--drain-ms', '800']);
    const clients = [0, 1, 2, 3].map(() => new TestClient(t, { port }));
    for (const client of clients) await client.join('lobby');
    const startedMs = performance.now();
    child.kill('SIGTERM');
    await clients[0]?.next('#rtcio:closed');
    assert.equal((await fetch(`http://127.0.0.1:${port}/ready`)).status, 503);
    for (const client of clients) {
      if (client !== clients[0]) assert.deepEqual((await client.next('#rtcio:closed') as { code: string }).code, 'relay-draining');
      await client.next('disconnect');
      assert.ok(!client.heard.some(({ event }) => event === '#rtcio:peer-left' || event === 'user-disconnected'));
    }
    assert.equal(await ended, 0);
    assert.ok(performance.now() - startedMs > 500);
  });

  for (const [what, args, signals] of [
    ['on a second signal', ['--drain-ms', '60000'], ['SIGTERM', 'SIGTERM']],
    ['with a drain of no time', ['--drain-ms', '0'], ['SIGTERM']],
  ] as const) {
    it(`ends at once ${what}`, async (t) => {
      const { child, port, ended } = await serveProgram(t, [...args]);
      const clients = [0, 1].map(() => new TestClient(t, { port }));
      for (const client of clients) await client.join('lobby');
      const startedMs = performance.now();
      for (const [index, signal] of signals.entries()) {
        if (index > 0) await clients[0]?.next('#rtcio:closed');
        child.kill(signal);
      }
      assert.equal(await ended, 0);
      assert.ok(performance.now() - startedMs < 5_000);
    });
  }

  it('says what to do about a busy port', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => { other.close(); });
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { ended, output } = runProgram(t, ['serve', '--host', '127.0.0.1'], { PORT: String(port) });
    assert.equal(await ended, 1);
    assert.match(output.err, new RegExp(`^rtc-elements: port ${port} is in use\\. Choose another one: --port .*\\n$`));
  });

  it('explains a mistake and ends with 1', async (t) => {
    const { ended, output } = runProgram(t, ['serve', '--prot', '1']);
    assert.equal(await ended, 1);
    assert.equal(output.err, 'rtc-elements: unknown option --prot. Did you mean --port?\n');
  });

  it('serves https with a certificate of its own', async (t) => {
    const { port } = await serveProgram(t, ['--https']);
    const probe = spawn(process.execPath, ['-e', `
      const request = require('node:https').get({ host: '127.0.0.1', port: ${port}, path: '/health', rejectUnauthorized: false },
        (response) => {
          console.log(response.statusCode, response.socket.getPeerCertificate().subjectaltname, response.headers['strict-transport-security']);
          response.resume();
        });
      request.on('error', (error) => console.log(error.message));`]);
    const [answer] = await once(probe.stdout, 'data') as [Buffer];
    assert.match(answer.toString(), /^200 .*DNS:localhost, IP Address:127\.0\.0\.1.* undefined\n/, 'browsers must not insist on it');
  });
});

describe('rtc-elements --print-config', () => {
  it('prints what would hold and starts nothing', async (t) => {
    const { ended, output, cwd } = runProgram(t, ['--print-config', '--config', 'relay.json'], { RELAY_SECRET: CANARY, CAPACITY: '4' });
    writeFileSync(join(cwd, 'relay.json'), JSON.stringify({ capacity: 5, metrics: { token: CANARY }, turn: { secret: CANARY } }));
    assert.equal(await ended, 0);
    assert.equal(output.err, '');
    for (const line of ['capacity = 4   # CAPACITY', 'secret = (set)   # RELAY_SECRET', 'metrics.token = (set)   # metrics.token in relay.json']) {
      assert.ok(output.out.split('\n').includes(line), `${line}\n\n${output.out}`);
    }
    assert.ok(!output.out.includes('canary'));
  });
});

describe('rtc-elements --help, --version', () => {
  it('answer and end', async (t) => {
    const [help, version] = [runProgram(t, ['--help']), runProgram(t, ['--version'])];
    assert.deepEqual([await help.ended, await version.ended], [0, 0]);
    assert.match(help.output.out, /--limits-join-ms <n> .*LIMITS_JOIN_MS; 5000/);
    assert.match(version.output.out, /^\d+\.\d+\.\d+\n$/);
  });
});
