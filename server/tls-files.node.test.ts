import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { TLSSocket } from 'node:tls';
import { selfSignedCertificate } from './certificate.ts';
import { serveProgram, runProgram } from './process.testing.ts';
import { TlsFiles } from './tls-files.ts';

async function certificates(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'relay-tls-'));
  t.after(() => { rmSync(dir, { recursive: true }); });
  const [certFile, keyFile] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  const put = ({ cert, key }: { cert: string; key: string }) => {
    writeFileSync(keyFile, key);
    writeFileSync(certFile, cert);
  };
  const [first, second] = [await selfSignedCertificate(), await selfSignedCertificate()];
  put(first);
  return { certFile, keyFile, first, second, put };
}

/** The certificate that a new connection is shown, and the header of its answer. */
function seen(port: number): Promise<{ serial: string; hsts: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/ready', rejectUnauthorized: false, agent: false }, (response) => {
      assert.ok(response.socket instanceof TLSSocket);
      resolve({ serial: response.socket.getPeerCertificate().fingerprint256, hsts: response.headers['strict-transport-security'] });
      response.resume();
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('TLS by files', () => {
  it('serves the certificate, with HSTS, and the new one after SIGHUP; an unusable one changes nothing', async (t) => {
    const { certFile, keyFile, first, second, put } = await certificates(t);
    const { child, port, said } = await serveProgram(t, ['--tls-cert', certFile, '--tls-key', keyFile]);
    const before = await seen(port);
    assert.equal(before.hsts, 'max-age=31536000');
    put({ cert: second.cert, key: first.key });
    child.kill('SIGHUP');
    await said(/the new certificate cannot be used; the old one holds/);
    assert.equal((await seen(port)).serial, before.serial);
    put(second);
    child.kill('SIGHUP');
    await said(/the certificate was read again/);
    assert.notEqual((await seen(port)).serial, before.serial);
  });

  it('stops the start where the two do not belong together, or one is missing', async (t) => {
    const { certFile, keyFile, first, second, put } = await certificates(t);
    put({ cert: first.cert, key: second.key });
    const wrong = runProgram(t, ['--tls-cert', certFile, '--tls-key', keyFile, '--port', '0']);
    const alone = runProgram(t, ['--tls-cert', certFile, '--port', '0']);
    assert.deepEqual([await wrong.ended, await alone.ended], [1, 1]);
    assert.match(wrong.output.err, /^rtc-elements: tlsCert and tlsKey are no certificate and its key in PEM \(.*key values mismatch\n$/);
    assert.match(alone.output.err, /^rtc-elements: tlsCert and tlsKey belong together: --tls-cert, --tls-key\n$/);
  });

  it('names the file that cannot be read, and never repeats a key that was given instead of one', async (t) => {
    const { certFile, keyFile, first } = await certificates(t);
    const missing = runProgram(t, ['--tls-cert', `${certFile}.old`, '--tls-key', keyFile, '--port', '0']);
    const pasted = runProgram(t, ['--tls-cert', certFile, '--port', '0'], { TLS_KEY: first.key });
    const shown = runProgram(t, ['--print-config'], { TLS_KEY: first.key });
    assert.deepEqual([await missing.ended, await pasted.ended, await shown.ended], [1, 1, 1]);
    assert.match(missing.output.err, /^rtc-elements: tlsCert cannot be read \(ENOENT\): \/.*\.old\n$/);
    for (const { output } of [pasted, shown]) {
      assert.equal(output.err, 'rtc-elements: TLS_KEY is not the name of a file\nExample: --tls-key /etc/relay/key.pem\n');
      assert.equal(output.out, '');
    }
  });

  it('are read again when they change', async (t) => {
    const { certFile, keyFile, second, put } = await certificates(t);
    const files = new TlsFiles({ certFile, keyFile, log: () => undefined, checkMs: 20 });
    let stop = () => { /* Not watching yet. */ };
    t.after(() => { stop(); });
    const renewed = new Promise<{ cert: string }>((resolve) => {
      ({ stop } = files.watch((pair) => { if (pair.cert === second.cert && pair.key === second.key) resolve(pair); }));
    });
    const keepAlive = setInterval(() => undefined, 1_000);
    t.after(() => { clearInterval(keepAlive); });
    put(second);
    assert.equal((await renewed).cert, second.cert);
  });
});
