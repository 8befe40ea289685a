import { expect } from '@open-wc/testing';
import { randomFrom } from '../../test/support/random.ts';
import { until } from '../../test/support/until.ts';
import { Pair } from './negotiator.testing.ts';
import type { End } from './negotiator.testing.ts';
import type { MediaKind, PublicationList } from '../media/publication.ts';

const sound = () => new MediaStreamAudioDestinationNode(audio).stream.getAudioTracks()[0] as MediaStreamTrack;
const picture = () => document.createElement('canvas').captureStream(0).getVideoTracks()[0] as MediaStreamTrack;
let audio: AudioContext;
/** Made once: a hundred runs of canvases would only slow the machine down. */
let spare: Readonly<Record<MediaKind, readonly MediaStreamTrack[]>>;

before(() => {
  audio = new AudioContext();
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  spare = { audio: [sound(), sound(), sound()], video: [picture(), picture(), picture()] };
});

after(() => audio.close());

/** Both sides do as they like at once; where `breaks`, signaling breaks in between. */
async function renegotiate(seed: number, breaks: number): Promise<void> {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const pair = new Pair(pick([0, 1] as const), () => random() * 8);
  const pause = () => new Promise((resolve) => { setTimeout(resolve, random() * 12); });
  const act = (publications: PublicationList) => {
    const source = pick(['camera', 'microphone', 'screen', 'extra']);
    const known = publications.get(source);
    const kind = source === 'microphone' ? 'audio' : 'video';
    if (!known) {
      const tracks = source === 'screen' ? [pick(spare.audio), pick(spare.video)] : [pick(spare[kind])];
      publications.add({ source, stream: new MediaStream() }, tracks);
    } else if (random() < 0.4) publications.remove(known);
    else if (random() < 0.9) known.replaceTrack(kind, pick([...spare[kind], null]));
    else for (const { pc } of pair.ends) if (random() < 0.5) pc.restartIce();
  };
  try {
    const STEPS = 12;
    const breakAt = new Set(Array.from({ length: breaks }, () => Math.floor(random() * (STEPS - 1))));
    for (const list of pair.published) if (random() < 0.5) act(list);
    pair.start();
    for (let step = 0; step < STEPS; step++) {
      for (const list of pair.published) if (random() < 0.7) act(list);
      if (breakAt.has(step)) pair.break();
      await pause();
      if (breakAt.has(step - 1) && !breakAt.has(step)) pair.restore();
    }
    if (breaks) pair.restore();
    let settledMs = 0;
    // Stable, and still so a moment later: nobody has only stopped to breathe.
    await until(() => {
      if (!pair.isSettled) { settledMs = 0; return false; }
      settledMs ||= performance.now();
      return performance.now() - settledMs > 50;
    }, 'both ends settled');
    const [a, b] = pair.ends;
    const most = pair.peaks.reduce((sum, { audio, video }) => sum + audio + video, 1);
    expect(a?.mLines, 'm-lines of both').to.equal(b?.mLines);
    expect(a?.mLines, 'm-lines').to.be.at.most(most);
    expect(pair.errors).to.deep.equal([]);
    // Chromium numbers the header extensions of a first audio and a first video that cross alike, and can set neither.
    expect(pair.rebuilds, 'rebuilds').to.be.at.most(1);
  } catch (error) {
    throw new Error(`Seed ${seed}: ${String(error)} ${pair.summary}`, { cause: error });
  } finally {
    pair.end.abort();
  }
}

/** How many pictures were shown of what this pc receives. */
function show(pc: RTCPeerConnection): () => number {
  const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true });
  video.srcObject = new MediaStream(pc.getReceivers().map(({ track }) => track));
  return () => video.getVideoPlaybackQuality().totalVideoFrames;
}

describe('Negotiator', () => {
  for (const polite of [0, 1] as const) {
    it(`lets no picture stand still when two offers cross, the polite side having offered ${polite === 0 ? 'first' : 'never'}`, async () => {
      const pair = new Pair(polite, () => 20);
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      const drawing = setInterval(() => { context?.fillRect(0, 0, performance.now() % 50, 50); }, 50);
      try {
        for (const list of pair.published) list.add({ source: 'camera', stream: new MediaStream() }, canvas.captureStream().getVideoTracks());
        pair.start();
        await until(() => pair.isSettled, 'both ends settled');
        const shown = pair.ends.map(({ pc }) => show(pc));
        await until(() => shown.every((count) => count() > 5), 'both see the other');
        for (const { pc, sent } of pair.ends) {
          sent.length = 0;
          pc.restartIce();
        }
        await until(() => pair.ends.every(({ sent }) => sent.includes('offer')), 'two offers');
        await until(() => pair.isSettled, 'both ends settled again');
        const before = shown.map((count) => count());
        await until(() => shown.every((count, i) => count() > (before[i] ?? 0) + 5), 'both still see the other');
        expect(pair.rebuilds, 'rebuilds').to.equal(0);
      } finally {
        clearInterval(drawing);
        pair.end.abort();
      }
    });
  }

  for (const polite of [0, 1] as const) {
    it(`says again an offer that was lost, that of the ${polite === 0 ? '' : 'im'}polite side`, async () => {
      const pair = new Pair(polite, () => 5);
      try {
        pair.start();
        await until(() => pair.isSettled, 'both ends settled');
        const [offering, answering] = pair.ends as [End, End];
        for (const { sent } of pair.ends) sent.length = 0;
        pair.break();
        offering.pc.restartIce();
        await until(() => offering.sent.includes('offer'), 'an offer');
        pair.mend();
        await until(() => answering.sent.includes('answer'), 'its answer');
        await until(() => pair.isSettled, 'both ends settled again');
      } finally {
        pair.end.abort();
      }
    });
  }

  const AT_ONCE = 10;
  const rows: readonly [what: string, first: number, last: number, breaks: number][] = [
    ['whatever both sides do at once', 1, 60, 0], ['over a break of the signaling', 61, 100, 1],
  ];
  for (const [what, first, last, breaks] of rows) {
    for (let seed = first; seed <= last; seed += AT_ONCE) {
      it(`settles ${what}, seeds ${seed} to ${seed + AT_ONCE - 1}`, async () => {
        const runs = await Promise.allSettled(Array.from({ length: AT_ONCE }, (_, i) => renegotiate(seed + i, breaks)));
        const failed = runs.flatMap((run) => (run.status === 'rejected' ? [String(run.reason)] : []));
        expect(failed.join('\n')).to.equal('');
      });
    }
  }
});
