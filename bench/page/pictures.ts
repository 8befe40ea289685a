/** What is seen of a camera, with both ends in this page: a frame counts when the browser presents it. */
import type { Participant, Side } from './side.ts';

const TIMEOUT_MS = 30_000;
/** Nothing has come for so long: nothing is sent. */
const STILL_MS = 300;

interface Call { a: Participant; b: Participant; first: Promise<Watched[]>; end(): void }
interface Watched { from: string; by: Participant; video: HTMLVideoElement }

/** Two that publish one camera. `first` settles when each has seen the other. */
async function call(side: Side, server: string, room: string): Promise<Call> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 20 } });
  const [a, b] = [side(server, room), side(server, room)];
  const first = Promise.all([a, b].map((by) => new Promise<Watched>((resolve, reject) => {
    by.publish(stream);
    by.onPicture((from, track) => {
      const video = Object.assign(document.createElement('video'), { srcObject: new MediaStream([track]), muted: true });
      void video.play();
      nextFrame(video).then(() => { resolve({ from, by, video }); }, reject);
    });
  })));
  return {
    a, b, first,
    end: () => {
      a.leave();
      b.leave();
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error(`No picture came within ${TIMEOUT_MS} ms.`)); }, TIMEOUT_MS);
    video.requestVideoFrameCallback(() => { clearTimeout(timer); resolve(); });
  });
}

/** One is in the room, another comes: until each is shown a picture of the other. @returns ms */
export async function firstPictureMs(side: Side, server: string, room: string): Promise<number> {
  const { a, b, first, end } = await call(side, server, room);
  await a.join();
  const startMs = performance.now();
  await b.join();
  await first;
  const elapsedMs = performance.now() - startMs;
  end();
  return elapsedMs;
}

/** One stops looking until no picture comes any more, then looks again: until the next is shown. @returns ms */
export async function seenAgainMs(side: Side, server: string, room: string): Promise<number> {
  const { a, b, first, end } = await call(side, server, room);
  await a.join();
  await b.join();
  const [{ by, from, video }] = await first as [Watched, Watched];
  by.look(from, false);
  for (let seen = -1; seen !== video.getVideoPlaybackQuality().totalVideoFrames;) {
    seen = video.getVideoPlaybackQuality().totalVideoFrames;
    await new Promise((resolve) => { setTimeout(resolve, STILL_MS); });
  }
  const shown = nextFrame(video);
  const startMs = performance.now();
  by.look(from, true);
  await shown;
  const elapsedMs = performance.now() - startMs;
  end();
  return elapsedMs;
}
