/** Words that participants say to each other, one on each road: no recording of anybody in between may hold them. */
import assert from 'node:assert/strict';
import { until } from './browser.ts';
import type { TestPage } from './browser.ts';

declare global {
  var canaries: Set<string>;
}

export const CANARIES = [
  'canary-event', 'canary-payload', 'canary-argument', 'canary-direct', 'canary-question', 'canary-answer', 'canary-chat',
  'canary-source', 'canary-metadata', 'canary-channel', 'canary-data', 'canary-bytes',
];

/** Both are connected with each other: says a canary on every road, and waits until the other side has all of them. */
export async function sayEverything(ada: TestPage, bo: TestPage): Promise<void> {
  for (const page of [ada, bo]) {
    await page.evaluate(() => {
      const heard = (globalThis.canaries = new Set<string>());
      const note = (...words: unknown[]) => { for (const word of words) heard.add(String(word)); };
      for (const event of ['canary-event', 'direct']) room.on(event, (_, { args }) => { note(...args); });
      room.lifecycle.on('message-received', ({ message }) => { note(message.text); });
      room.lifecycle.on('track-added', ({ track }) => { note(track.source, JSON.stringify(track.metadata)); });
      room.handle('ask', (question) => { note(question); return 'canary-answer'; });
      return room.openChannel('canary-channel').then((channel) => {
        channel.on('data', (word) => { note(word); });
        channel.lifecycle.on('data', ({ data }) => { note(new TextDecoder().decode(data)); });
        channel.lifecycle.on('open', () => {
          channel.emit('data', 'canary-data');
          channel.send(new TextEncoder().encode('canary-bytes'));
        });
      });
    });
  }
  const answer = await ada.evaluate(async () => {
    room.emit('canary-event', 'canary-payload', 'canary-argument');
    room.sendMessage('canary-chat');
    const canvas = document.body.appendChild(document.createElement('canvas'));
    canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
    room.publish({ source: 'canary-source', stream: canvas.captureStream(), metadata: { title: 'canary-metadata' } });
    const to = room.to(room.snapshot.participants[0]?.id ?? '');
    to.emit('direct', 'canary-direct');
    return to.request('ask', 'canary-question');
  });
  assert.equal(answer, 'canary-answer');
  const heard = CANARIES.filter((word) => !['canary-event', 'canary-answer', 'canary-channel'].includes(word));
  await until(bo, (words) => words.every((word) => [...canaries].some((one) => one.includes(word))), heard);
}
