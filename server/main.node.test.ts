import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readCliOptions, UsageError } from './cli-options.ts';
import { TestClient } from './relay.testing.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

function run(t: TestContext, args: string[], env: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'relay-cli-'));
  const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], { cwd, env: { PATH: process.env['PATH'], ...env } });
  t.after(() => {
    child.kill('SIGKILL');
    rmSync(cwd, { recursive: true });
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => { output.out += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { output.err += chunk.toString(); });
  return { child, output, cwd };
}

async function printed(
  child: ChildProcessWithoutNullStreams, output: { out: string }, pattern: RegExp,
): Promise<RegExpExecArray> {
  for (;;) {
    const match = pattern.exec(output.out);
    if (match) return match;
    await once(child.stdout, 'data');
  }
}

describe('rtc-elements serve', () => {
  it('prints the links and what to paste, keeps its key, and ends at once on Ctrl-C without a word about others', async (t) => {
    const { child, output, cwd } = run(t, ['serve', '--port', '0', '--host', '127.0.0.1']);
    const whole = /Open: +http:\/\/localhost:(\d+)\/\?room=([\w-]{16,})\n[^]*<rtc-room[^]*\n\n$/;
    const [, port, room] = await printed(child, output, whole);
    assert.match(output.out, new RegExp(`src="http://localhost:${port}/rtc.js"></script>\\n +<rtc-room name="${room}">`));
    assert.match(output.out, new RegExp(`STUN: +UDP port ${port}\\n`));
    assert.equal(statSync(join(cwd, '.relay-secret')).mode & 0o777, 0o600);

    const [a, b] = [new TestClient(t, { port: Number(port) }), new TestClient(t, { port: Number(port) })];
    await a.join('lobby');
    await b.join('lobby');
    const startedMs = performance.now();
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.ok(performance.now() - startedMs < 2_000);
    await a.next('disconnect');
    assert.ok(!a.heard.some(({ event }) => event === '#rtcio:peer-left' || event === 'user-disconnected'));
    assert.equal(output.err, '');
  });

  it('says what to do about a busy port', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => { other.close(); });
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { child, output } = run(t, ['serve', '--host', '127.0.0.1'], { PORT: String(port) });
    assert.deepEqual(await once(child, 'exit'), [1, null]);
    assert.match(output.err, new RegExp(`^rtc-elements: port ${port} is in use\\. Choose another one: --port .*\\n$`));
  });

  it('explains a mistake and ends with 1', async (t) => {
    const { child, output } = run(t, ['serve', '--prot', '1']);
    assert.deepEqual(await once(child, 'exit'), [1, null]);
    assert.match(output.err, /^rtc-elements: Unknown option '--prot'/);
    assert.match(output.err, /--port <n>/);
  });

  it('serves https with a certificate of its own', async (t) => {
    const { child, output } = run(t, ['serve', '--https', '--port', '0', '--host', '127.0.0.1', '--no-stun']);
    const [, port] = await printed(child, output, /Open: +https:\/\/localhost:(\d+)\//);
    const probe = spawn(process.execPath, ['-e', `
      const request = require('node:https').get({ host: '127.0.0.1', port: ${port}, path: '/health', rejectUnauthorized: false },
        (response) => {
          console.log(response.statusCode, response.socket.getPeerCertificate().subjectaltname);
          response.resume();
        });
      request.on('error', (error) => console.log(error.message));`]);
    const [answer] = await once(probe.stdout, 'data') as [Buffer];
    assert.match(answer.toString(), /^200 .*DNS:localhost, IP Address:127\.0\.0\.1/);
  });
});

describe('readCliOptions', () => {
  const relay = (args: string[], env: Record<string, string> = {}) => readCliOptions(args, env).relay;

  it('reads flags before the environment', () => {
    assert.deepEqual(relay([]), { port: 3000, demo: true, polling: false, allowNoOrigin: false, trustedHops: 0 });
    assert.equal(relay(['serve', '--port', '1'], { PORT: '2' }).port, 1);
    assert.equal(relay([], { PORT: '2' }).port, 2);
    assert.equal(relay([], { HOST: '::1' }).host, '::1');
    const listed = { ORIGINS: 'https://a.example, https://b.example' };
    assert.deepEqual(relay([], listed).origins, ['https://a.example', 'https://b.example']);
    assert.deepEqual(relay(['--origin', 'https://c.example'], listed).origins, ['https://c.example']);
    assert.equal(relay(['--origin', '*']).origins, '*');
    assert.deepEqual([relay(['--no-stun']).stunPort, relay(['--stun-port', '3478']).stunPort], [false, 3478]);
    assert.equal(relay(['--no-demo']).demo, false);
    assert.deepEqual(relay(['--ice', '[{"urls":"stun:x"}]']).iceServers, [{ urls: 'stun:x' }]);
  });

  it('throws what a person can read', () => {
    for (const line of ['--port x', '--port 65536', '--port -1', '--ice {', '--ice {}', 'start', '--port']) {
      assert.throws(() => readCliOptions(line.split(' '), {}), UsageError, line);
    }
  });
});
