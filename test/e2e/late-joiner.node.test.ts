import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until, untilConnected } from '../support/browser.ts';
import { watchVideo } from '../support/media.ts';
import { useStage } from '../support/stage.ts';
import type { Channel } from '../../src/index.ts';

declare global {
  var channel: Channel;
  var greetings: unknown[];
}

describe('a late joiner', () => {
  const stage = useStage();

  it('gets a stream that was published before it came, under its source name and with its metadata', async () => {
    const ada = await stage.enter('Ada');
    await ada.page.evaluate(() => {
      const canvas = document.body.appendChild(document.createElement('canvas'));
      const pencil = canvas.getContext('2d');
      let hue = 0;
      setInterval(() => {
        if (!pencil) return;
        pencil.fillStyle = `hsl(${hue = (hue + 40) % 360} 80% 50%)`;
        pencil.fillRect(0, 0, canvas.width, canvas.height);
      }, 50);
      room.publish({ source: 'whiteboard', stream: canvas.captureStream(), metadata: { title: 'Plan' } });
    });
    const bo = await stage.enter('Bo');
    await untilConnected(bo.page, 1);
    const cy = await stage.enter('Cy');
    for (const { page } of [bo, cy]) {
      await until(page, (id) => room.snapshot.participants.find((one) => one.id === id)?.tracks[0]?.track, ada.id);
      const [view] = await page.evaluate((id) => (room.snapshot.participants.find((one) => one.id === id)?.tracks ?? [])
        .map(({ source, kind, metadata }) => ({ source, kind, metadata })), ada.id);
      assert.deepEqual(view, { source: 'whiteboard', kind: 'video', metadata: { title: 'Plan' } });
      const video = await page.evaluateHandle(async (id) => {
        const track = room.snapshot.participants.find((one) => one.id === id)?.tracks[0]?.track;
        const element = document.body.appendChild(document.createElement('video'));
        element.muted = true;
        element.srcObject = new MediaStream(track ? [track] : []);
        await element.play();
        return element;
      }, ada.id);
      assert.equal((await watchVideo(video)).changes, true);
    }
  });

  it('gets all that is said from then on over a channel that was opened before it came', async () => {
    const open = async (): Promise<void> => {
      globalThis.greetings = [];
      globalThis.channel = await room.openChannel('greetings');
      channel.on('greeting', (greeting) => { greetings.push(greeting); });
      channel.lifecycle.on('open', ({ participant }) => { channel.emit('greeting', `to ${participant}`); });
    };
    const people = [await stage.enter('Ada'), await stage.enter('Bo')];
    for (const { page } of people) await page.evaluate(open);
    people.push(await stage.enter('Cy'));
    await people.at(-1)?.page.evaluate(open);

    // Each greets each once the channel is open; nothing of it may be lost.
    for (const { page, id } of people) {
      await until(page, (own) => greetings.filter((word) => word === `to ${own}`).length === 2, id);
    }
  });
});
