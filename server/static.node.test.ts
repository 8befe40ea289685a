import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { startRelay } from './relay.testing.ts';

const FILES: Record<string, string> = {
  'rtc.js': 'export const rtc = 1;', 'engine.js': 'export const engine = 1;', 'debug.js': 'export {};', 'chunks/files-abc123.js': 'export {};',
  'rtc-1.2.3.js': 'export const pinned = 1;', 'rtc.css': ':where(rtc-room) {}',
  'chunks/notes.txt': 'secret', 'secret.js': 'secret', '.env': 'secret', 'lib/server/main.js': 'secret',
  'demo/index.html': '<!doctype html>index', 'demo/layout.html': '<!doctype html>layout',
  'demo/headless.html': '<!doctype html>headless',
  'demo/assets/demo.css': 'body {}', 'demo/assets/img/logo.svg': '<svg/>', 'demo/assets/.hidden.js': 'secret',
};

async function serve(t: TestContext, demo = true) {
  const dir = mkdtempSync(join(tmpdir(), 'relay-static-'));
  t.after(() => { rmSync(dir, { recursive: true }); });
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  };
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  const { port } = await startRelay(t, { distDir: dir, demoDir: join(dir, 'demo'), demo });
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  return { port, get, write };
}

/** As written: `fetch` would tidy the path first. */
function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject).end();
  });
}

describe('the relay serves', () => {
  it('rtc.js, the engine and chunks to pages of any origin', async (t) => {
    const { get } = await serve(t, false);
    for (const path of ['/rtc.js', '/rtc.css', '/engine.js', '/debug.js', '/chunks/files-abc123.js', '/rtc-1.2.3.js']) {
      const response = await get(path);
      assert.equal(response.status, 200, path);
      assert.equal(await response.text(), FILES[path.slice(1)]);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.equal(response.headers.get('content-type'), `text/${path.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    }
    assert.equal((await get('/rtc.js')).headers.get('cache-control'), 'no-cache');
    for (const path of ['/chunks/files-abc123.js', '/rtc-1.2.3.js']) {
      assert.equal((await get(path)).headers.get('cache-control'), 'public, max-age=31536000, immutable');
    }
    assert.equal((await get('/rtc-1.2.4.js')).status, 404);
  });

  it('each file once: ETag, 304, HEAD, gzip, and the new one after a change', async (t) => {
    const { get, write } = await serve(t);
    const plain = { 'accept-encoding': 'identity' };
    const [packed, unpacked] = [await get('/rtc.js'), await get('/rtc.js', { headers: plain })];
    assert.deepEqual([packed.headers.get('content-encoding'), unpacked.headers.get('content-encoding')], ['gzip', null]);
    assert.equal(packed.headers.get('vary'), 'Accept-Encoding');
    assert.notEqual(packed.headers.get('etag'), unpacked.headers.get('etag'));
    const etag = unpacked.headers.get('etag') ?? '';
    for (const condition of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await get('/rtc.js', { headers: { ...plain, 'if-none-match': condition } });
      assert.deepEqual([again.status, again.headers.get('etag'), await again.text()], [304, etag, ''], condition);
    }
    const head = await get('/rtc.js', { method: 'HEAD', headers: plain });
    assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, '21', '']);
    write('rtc.js', 'export const rtc = 22;');
    const changed = await get('/rtc.js', { headers: { ...plain, 'if-none-match': etag } });
    assert.deepEqual([changed.status, await changed.text()], [200, 'export const rtc = 22;']);
  });

  it('the demo under a strict policy, where it is wanted', async (t) => {
    const { get } = await serve(t);
    const pages = { '/': 'index', '/?room=x': 'index', '/layout': 'layout', '/headless': 'headless' };
    for (const [path, text] of Object.entries(pages)) {
      const response = await get(path);
      assert.equal(await response.text(), `<!doctype html>${text}`);
      const policy = response.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/);
      assert.match(policy, /require-trusted-types-for 'script'; trusted-types rtc-elements lit-html$/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
    }
    assert.equal((await get('/assets/demo.css')).headers.get('content-type'), 'text/css; charset=utf-8');
    assert.equal((await get('/assets/img/logo.svg')).status, 200);
    const without = await serve(t, false);
    for (const path of ['/', '/layout', '/assets/demo.css']) assert.equal((await without.get(path)).status, 404, path);
  });

  it('nothing else', async (t) => {
    const { port } = await serve(t);
    const paths = [
      '/secret.js', '/.env', '/lib/server/main.js', '/index.html', '/demo/index.html', '/chunks', '/chunks/', '/chunks/notes.txt',
      '/chunks/missing.js', '/chunks/../secret.js', '/chunks/..%2fsecret.js', '/chunks/%2e%2e/secret.js', '/chunks//secret.js',
      '/chunks/..\\secret.js', '/assets/.hidden.js', '/assets/../../secret.js', '/assets/img/../../../secret.js', '/assets/',
      '/assets/img', '//secret.js', '/rtc.js/', '/rtc.js/../secret.js', '/rtc.js%00', '/rtc-/../secret.js', '/rtc-%2e%2e/secret.js',
      '/__proto__', '/constructor', '/health/', '/layout/', 'http://127.0.0.1/secret.js', '*', '//',
    ];
    for (const path of paths) assert.equal(await statusOf(port, path), 404, path);
  });

  it('GET and HEAD only', async (t) => {
    const { get } = await serve(t);
    for (const path of ['/', '/rtc.js', '/health']) {
      const response = await get(path, { method: 'POST', body: 'x' });
      assert.deepEqual([response.status, response.headers.get('allow')], [405, 'GET, HEAD'], path);
    }
  });
});
