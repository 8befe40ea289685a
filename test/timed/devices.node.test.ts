import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, beforeEach, describe, it } from 'node:test';
import type { CDPSession } from 'puppeteer-core';
import { PROMPTING, until, untilWithin } from '../support/browser.ts';
import { useStage } from '../support/stage.ts';
import type { TestPage } from '../support/browser.ts';

type Device = 'camera' | 'microphone';
const DEVICES: readonly Device[] = ['camera', 'microphone'];
const NOTICED_MS = 500;

/** Asks for a device. @returns the code of the refusal, if it is one */
const enable = (page: TestPage, device: Device) => page.evaluate((source) =>
  room.enable(source).then(() => undefined, (error: unknown) => (error as { code: string }).code), device);
const isOn = (device: Device) => room.snapshot.local[device].state === 'on';
const wentOff = (device: Device) => {
  const { state, error } = room.snapshot.local[device];
  return state === 'off' && error?.code === 'device-missing';
};

describe('a device', { skip: process.platform !== 'linux' && 'its processes are found by /proc' }, () => {
  const stage = useStage([], PROMPTING);
  let session: CDPSession;
  let page: TestPage;

  before(async () => { session = await stage.browser.target().createCDPSession(); });
  beforeEach(async () => { ({ page } = await stage.enter('x')); });

  /** As a person sets it in the browser's own bar. */
  async function allow(setting: 'granted' | 'denied'): Promise<void> {
    for (const name of DEVICES) {
      await session.send('Browser.setPermission', {
        permission: { name }, setting, origin: stage.relay.origin, browserContextId: page.browserContext().id ?? '',
      });
    }
  }

  /** What holds the devices ends, and with it every device: what a page sees of it is what it sees when one is unplugged. */
  async function unplug(): Promise<void> {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const holders = processInfo.filter(({ id }) => /video_capture\.mojom|audio\.mojom/.test(readFileSync(`/proc/${id}/cmdline`, 'utf8')));
    assert.equal(holders.length, 2);
    for (const { id } of holders) process.kill(id, 'SIGKILL');
  }

  it('refused: known in 0.5 s, one is in the room without it, and may ask again', async () => {
    await allow('denied');
    for (const device of DEVICES) {
      const startMs = performance.now();
      assert.equal(await enable(page, device), 'permission-denied');
      assert.ok(performance.now() - startMs < NOTICED_MS, `${device}: ${performance.now() - startMs} ms`);
    }
    assert.equal(await page.evaluate(() => room.snapshot.state), 'joined');
    await allow('granted');
    for (const device of DEVICES) assert.equal(await enable(page, device), undefined);
    for (const device of DEVICES) await until(page, isOn, device);
  });

  it('unplugged, or taken back: known in 0.5 s, and on again when it is asked for', async () => {
    await allow('granted');
    for (const [what, goes, comes] of [
      ['unplugged', unplug, () => Promise.resolve()],
      ['taken back', () => allow('denied'), () => allow('granted')],
    ] as const) {
      for (const device of DEVICES) assert.equal(await enable(page, device), undefined, what);
      await goes();
      for (const device of DEVICES) await untilWithin(NOTICED_MS, page, wentOff, device);
      assert.equal(await page.evaluate(() => room.snapshot.state), 'joined');
      await comes();
      for (const device of DEVICES) assert.equal(await enable(page, device), undefined, `${what}, and back`);
    }
  });

  it('busy: known at once, and on when the other program lets it go', async () => {
    await allow('granted');
    // Chromium's fake devices are never in use elsewhere: its answer is given in its place (Media Capture 10.2, step 10).
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      mediaDevices.getUserMedia = () => {
        Reflect.deleteProperty(mediaDevices, 'getUserMedia');
        return Promise.reject(new DOMException('Could not start video source', 'NotReadableError'));
      };
    });
    assert.equal(await enable(page, 'camera'), 'device-busy');
    assert.deepEqual(await page.evaluate(() => [room.snapshot.state, room.snapshot.local.camera.state]), ['joined', 'off']);
    assert.equal(await enable(page, 'camera'), undefined);
    await until(page, isOn, 'camera');
  });
});
