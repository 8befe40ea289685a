import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { launch, openPage } from '../support/browser.ts';
import type { TestPage } from '../support/browser.ts';
import { hearAudio, watchVideo } from '../support/media.ts';

/** What the other tests measure with: it must tell a picture from a black one and sound from silence. */
describe('the harness', () => {
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Harness</title>');
  }).listen(0, '127.0.0.1');
  let browser: Browser;
  let page: TestPage;

  before(async () => {
    browser = await launch();
    page = await openPage(browser, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  /** A `<video>` that shows what came over a real pair of connections. */
  async function playReceived(kind: 'camera' | 'nothing'): Promise<ElementHandle> {
    const handle = await page.evaluateHandle(async (what) => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      for (const track of stream.getTracks()) track.enabled = what === 'camera';
      const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
      for (const [from, to] of [[a, b], [b, a]] as const) {
        from.addEventListener('icecandidate', ({ candidate }) => { void to.addIceCandidate(candidate); });
      }
      const video = document.body.appendChild(document.createElement('video'));
      b.addEventListener('track', ({ streams: [received] }) => { video.srcObject = received ?? null; });
      for (const track of stream.getTracks()) a.addTrack(track, stream);
      await a.setLocalDescription();
      await b.setRemoteDescription(a.localDescription ?? { type: 'offer' });
      await b.setLocalDescription();
      await a.setRemoteDescription(b.localDescription ?? { type: 'answer' });
      await video.play();
      return video;
    }, kind);
    const element = handle.asElement();
    assert.ok(element);
    return element as ElementHandle;
  }

  it('sees and hears a camera and a microphone that come over a connection', async () => {
    const video = await playReceived('camera');
    const picture = await watchVideo(video);
    assert.ok(picture.width > 0 && picture.height > 0 && picture.frames > 0);
    assert.equal(picture.changes, true);
    assert.ok(await hearAudio(video) >= 0.01);
  });

  it('takes a disabled camera for black and a disabled microphone for silence', async () => {
    const video = await playReceived('nothing');
    const [picture, level] = await Promise.all([watchVideo(video, 2000), hearAudio(video, 2000)]);
    assert.equal(picture.changes, false);
    assert.ok(level < 0.01);
  });

  it('keeps what goes wrong in a page', async () => {
    await page.evaluate(() => { console.error('seen'); });
    assert.equal(page.problems.length, 1);
    assert.match(page.problems[0] ?? '', /^seen/);
  });
});
