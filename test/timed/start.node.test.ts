import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { root } from '../../scripts/lib/root.mjs';
import { launch } from '../support/browser.ts';
import { assertMet, enter, openRoom } from '../support/call.ts';
import { freePort } from '../support/relay.ts';
import { until } from '../support/until.ts';

interface Started { child: ChildProcess; port: number; output: { out: string; err: string } }

describe('npm start', () => {
  let browser: Browser;
  const children: ChildProcess[] = [];
  before(async () => { browser = await launch(); });
  after(() => browser.close());
  afterEach(() => { for (const child of children.splice(0)) child.kill('SIGKILL'); });

  function run(port: number, ...flags: string[]): Started {
    const child = spawn(process.execPath, ['scripts/start.mjs', ...flags], {
      cwd: root, stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PORT: String(port), RELAY_SECRET: 'only for the tests of npm start' },
    });
    const output = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => { output.out += text.toString(); });
    child.stderr.on('data', (text: Buffer) => { output.err += text.toString(); });
    children.push(child);
    return { child, port, output };
  }

  /** It may have to build first. @returns the link to open */
  async function linkOf({ child, output }: Started): Promise<string> {
    await until(() => /<\/rtc-room>\n\n$/.test(output.out) || child.exitCode !== null, 'the link was printed', 60_000);
    const link = /Open: +(\S+)/.exec(output.out)?.[1];
    assert.ok(link, output.out + output.err);
    return link;
  }

  async function meet(link: string, prepare?: (page: Page) => Promise<unknown>): Promise<void> {
    const [ada, bo] = [await openRoom(browser, link, prepare), await openRoom(browser, link, prepare)];
    const [adaId, boId] = [await enter(ada, 'Ada'), await enter(bo, 'Bo')];
    await Promise.all([assertMet(ada, boId), assertMet(bo, adaId)]);
    assert.deepEqual([...ada.problems, ...bo.problems], []);
  }

  it('prints a link under which two meet, what to paste, and links for phones; Ctrl-C ends it within a second', async () => {
    const started = run(await freePort());
    const link = await linkOf(started);
    const { hostname, port, searchParams } = new URL(link);
    assert.deepEqual([hostname, port], ['localhost', String(started.port)]);
    const room = searchParams.get('room') ?? '';
    assert.match(room, /^[\w-]{16,64}$/);
    const { out } = started.output;
    assert.ok(out.includes(`<script type="module" src="http://localhost:${port}/rtc.js"></script>`), out);
    assert.ok(out.includes(`<rtc-room name="${room}"></rtc-room>`), out);
    assert.match(out, /rtc-\d+\.\d+\.\d+\.js"[^]*integrity="sha384-[\w+/]{64}"/);
    const lan = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    for (const { address } of lan) assert.ok(out.includes(`http://${address}:${port}/?room=${room}`), out);
    if (lan.length > 0) assert.match(out, /https pages only: start with --https/);

    await meet(link);
    const stoppedMs = performance.now();
    started.child.kill('SIGINT');
    await once(started.child, 'exit');
    assert.ok(performance.now() - stoppedMs < 1000, `${performance.now() - stoppedMs} ms`);
    assert.deepEqual([started.child.exitCode, started.child.signalCode], [0, null]);
  });

  it('--https serves a call with a certificate of its own', async () => {
    const link = await linkOf(run(await freePort(), '--https'));
    assert.match(link, /^https:/);
    await meet(link, async (page) => {
      await (await page.createCDPSession()).send('Security.setIgnoreCertificateErrors', { ignore: true });
    });
  });

  it('says which port is in use and ends with an error', async () => {
    const first = run(await freePort());
    await linkOf(first);
    const second = run(first.port);
    await once(second.child, 'exit');
    assert.equal(second.child.exitCode, 1);
    assert.match(second.output.err, new RegExp(`port ${first.port} is in use`));
    assert.equal(second.output.err.includes('    at '), false, 'no stack');
  });
});
