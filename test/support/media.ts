import type { ElementHandle } from 'puppeteer-core';
import { until } from './browser.ts';
import type { TestPage } from './browser.ts';

export interface Picture {
  width: number;
  height: number;
  /** Frames that were presented while we looked. */
  frames: number;
  /** Whether two of them differ: a black or frozen picture does not. */
  changes: boolean;
}

/** Looks at a `<video>` until it changed, at most `waitMs`. */
export function watchVideo(video: ElementHandle, waitMs = 10_000): Promise<Picture> {
  return video.evaluate(async (element, limitMs) => {
    if (!(element instanceof HTMLVideoElement)) throw new TypeError('That is not a <video>.');
    const canvas = new OffscreenCanvas(32, 32);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('No canvas.');
    const deadline = performance.now() + limitMs;
    const picture = { width: 0, height: 0, frames: 0, changes: false };
    let first: string | undefined;
    while (!picture.changes && performance.now() < deadline) {
      const presented = await new Promise<boolean>((resolve) => {
        element.requestVideoFrameCallback(() => { resolve(true); });
        setTimeout(() => { resolve(false); }, deadline - performance.now());
      });
      if (!presented) break;
      context.drawImage(element, 0, 0, 32, 32);
      const pixels = context.getImageData(0, 0, 32, 32).data.join();
      first ??= pixels;
      Object.assign(picture, {
        width: element.videoWidth, height: element.videoHeight, frames: picture.frames + 1, changes: pixels !== first,
      });
    }
    return picture;
  }, waitMs);
}

/**
 * Listens to what an `<audio>` or `<video>` plays until there is sound, at most `waitMs`; the fake microphone beeps once a
 * second. @returns the largest level heard, 0 to 1
 */
export async function hearAudio(player: ElementHandle, waitMs = 10_000): Promise<number> {
  const inFirefox = await player.evaluate(() => navigator.userAgent.includes('Firefox'));
  return player.evaluate(inFirefox ? hearRecorded : hear, waitMs);
}

/** For the page: needs nothing from outside. */
async function hear(element: Element, limitMs: number): Promise<number> {
  const stream = element instanceof HTMLMediaElement ? element.srcObject : undefined;
  if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return 0;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const deadline = performance.now() + limitMs;
  let level = 0;
  while (level < 0.01 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    analyser.getFloatTimeDomainData(samples);
    level = samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), level);
  }
  await context.close();
  return level;
}

/** As {@link hear}, from short recordings: Firefox starts no `AudioContext` on a machine without a sound card. */
async function hearRecorded(element: Element, limitMs: number): Promise<number> {
  const stream = element instanceof HTMLMediaElement ? element.srcObject : undefined;
  if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return 0;
  const deadline = performance.now() + limitMs;
  let level = 0;
  while (level < 0.01 && performance.now() < deadline) {
    const recorder = new MediaRecorder(new MediaStream(stream.getAudioTracks()));
    const recorded = new Promise<Blob>((resolve) => {
      recorder.addEventListener('dataavailable', ({ data }) => { resolve(data); });
    });
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, 400));
    recorder.stop();
    const bytes = await (await recorded).arrayBuffer();
    // What nothing came of yet is no recording.
    const decoded = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes).catch(() => undefined);
    const samples = decoded?.getChannelData(0) ?? new Float32Array();
    level = samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), level);
  }
  return level;
}

/** Waits for a participant's camera and microphone in the page's `room`, and plays them in a `<video>`. */
export async function playParticipant(page: TestPage, id: string): Promise<ElementHandle<HTMLVideoElement>> {
  await until(page, (wanted) => {
    const tracks = room.snapshot.participants.find((one) => one.id === wanted)?.tracks.filter(({ track }) => track) ?? [];
    return ['camera', 'microphone'].every((name) => tracks.some(({ source }) => source === name));
  }, id);
  return page.evaluateHandle(async (wanted) => {
    const tracks = room.snapshot.participants.find((one) => one.id === wanted)?.tracks.flatMap(({ track }) => track ?? []);
    const video = document.body.appendChild(document.createElement('video'));
    video.srcObject = new MediaStream(tracks ?? []);
    await video.play();
    return video;
  }, id);
}

declare global {
  /** In a page that {@link followFrames}: presented frames, and the longest time between two of them. */
  var presented: { count: number; longestGapMs: number };
}

/** Counts the frames that a `<video>` presents from now on. */
export async function followFrames(video: ElementHandle<HTMLVideoElement>): Promise<void> {
  await video.evaluate((element) => {
    const counted = (globalThis.presented = { count: 0, longestGapMs: 0 });
    let lastMs = performance.now();
    const next = (nowMs: number) => {
      counted.count++;
      counted.longestGapMs = Math.max(counted.longestGapMs, nowMs - lastMs);
      lastMs = nowMs;
      element.requestVideoFrameCallback(next);
    };
    element.requestVideoFrameCallback(next);
  });
}

/** Waits for that many more frames of what {@link followFrames} follows. */
export async function untilFrames(page: TestPage, more: number): Promise<void> {
  const before = await page.evaluate(() => presented.count);
  await until(page, (wanted) => presented.count >= wanted, before + more);
}
