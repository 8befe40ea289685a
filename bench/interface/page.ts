/** A whole call in one page, its network played: what is left is what the elements cost. */
import { createRoom } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import '../../components/define/all.ts';

const LINES_PER_SECOND = 50;
const SCROLL_PX = 120;

export interface Smoothness {
  /** Of tasks over 50 ms (Long Tasks, "longtask"), in ms. */
  readonly longTasks: number[];
  /** Between frames, in ms. */
  readonly frames: number[];
}

declare global {
  var measure: { call: typeof call; scrolling: typeof scrolling };
}

async function enter(others: number): Promise<FakeTopology> {
  document.querySelector('rtc-room')?.remove();
  const element = document.createElement('rtc-room');
  element.room = createRoom({
    server: 'http://relay.test', name: 'bench', displayName: 'Me', topology: FakeTopology.factory,
    limits: { chatLinesPerSecond: 1e6, chatLinesBurst: 1e6 },
  });
  document.body.append(element);
  await element.join();
  const network = FakeTopology.latest;
  if (!network) throw new Error('Nobody joined.');
  const video = { width: 640, height: 360 };
  const camera = others > 1 ? await navigator.mediaDevices.getUserMedia({ audio: true, video }) : undefined;
  for (let n = 0; n < others; n++) {
    network.arrive(`p${n}`, `Participant ${n}`);
    const tracks = camera?.clone().getTracks().map((track) => {
      const kind = track.kind as 'audio' | 'video';
      return { id: track.id, source: kind === 'video' ? 'camera' : 'microphone', kind, live: true, track };
    });
    if (tracks) network.tell({ type: 'participant-tracks', id: `p${n}`, tracks });
  }
  element.dispatchEvent(Object.assign(new Event('command'), { command: '--toggle-chat' }));
  const find = () => element.shadowRoot?.querySelector('rtc-chat')?.shadowRoot?.querySelector('[part=list]')?.checkVisibility();
  while (!find()) await frame();
  return network;
}

const frame = (): Promise<number> => new Promise(requestAnimationFrame);

async function watch(work: () => Promise<void>): Promise<Smoothness> {
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => { longTasks.push(...list.getEntries().map(({ duration }) => duration)); });
  observer.observe({ type: 'longtask' });
  const frames: number[] = [];
  const over = new AbortController();
  const counted = (async () => {
    for (let last = await frame(); !over.signal.aborted;) {
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
  })();
  await work();
  over.abort();
  await counted;
  observer.disconnect();
  return { longTasks, frames };
}

/** Sixteen tiles with pictures, and a chat that is open. @param withLines - Fifty a second, from all in turn. */
async function call(seconds: number, withLines: boolean): Promise<Smoothness> {
  const network = await enter(15);
  await new Promise((resolve) => { setTimeout(resolve, 2000); }); // What comes once, at the beginning, is no part of it.
  return watch(async () => {
    const lines = seconds * LINES_PER_SECOND;
    const startMs = performance.now();
    for (let n = 0; n < lines;) {
      await frame();
      const due = Math.min(lines, (performance.now() - startMs) * LINES_PER_SECOND / 1000);
      for (; n < due; n++) {
        if (withLines) network.say(`p${n % 15}`, 'chat', { id: `${n}`, text: `Line ${n} with https://example.com/${n} and :) 👍` });
      }
    }
  });
}

/** Back through a chat, frame by frame. */
async function scrolling(lines: number, steps: number): Promise<Smoothness> {
  const network = await enter(1);
  for (let n = 0; n < lines; n++) network.say('p0', 'chat', { id: `${n}`, text: `Line ${n} https://example.com/${n}` });
  const chat = document.querySelector('rtc-room')?.shadowRoot?.querySelector('rtc-chat');
  await chat?.updateComplete;
  const list = chat?.shadowRoot?.querySelector('[part=list]');
  if (!list) throw new Error('There is no list.');
  await new Promise((resolve) => { setTimeout(resolve, 1000); });
  return watch(async () => {
    for (let step = 0; step < steps; step++) {
      list.scrollTop -= SCROLL_PX;
      await frame();
    }
  });
}

globalThis.measure = { call, scrolling };
