import { hueOf, initials } from '../internal/name-labels.ts';
import { placeTiles } from './place-tiles.ts';
import type { Display, Room } from '../../src/index.ts';
import type { RecordedTile } from './call-scene.ts';
import type { Box } from './place-tiles.ts';

const WIDTH = 1280;
const HEIGHT = 720;
const FONT = 'system-ui, sans-serif';

interface Picture { readonly video: HTMLVideoElement; readonly display: Display | undefined }

/** Pictures that become one: drawn side by side, with names. */
export class PictureMix {
  readonly #room: Room;
  readonly #canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  readonly #context = this.#canvas.getContext('2d');
  readonly #pictures = new Map<MediaStreamTrack, Picture>();
  #tiles: readonly RecordedTile[] = [];
  #boxes: readonly Box[] = [];

  constructor(room: Room, scope: AbortSignal) {
    this.#room = room;
    scope.addEventListener('abort', () => { this.sync([]); }, { once: true });
  }

  /** Changes whenever it is drawn. */
  get tracks(): MediaStreamTrack[] {
    return this.#canvas.captureStream().getVideoTracks();
  }

  sync(tiles: readonly RecordedTile[]): void {
    this.#tiles = tiles;
    const screens = tiles.filter(({ source }) => source !== 'camera').length;
    this.#boxes = placeTiles(screens, tiles.length - screens, WIDTH, HEIGHT);
    const wanted = new Set(tiles.map(({ track }) => track));
    for (const [track, { video, display }] of this.#pictures) {
      if (wanted.has(track)) continue;
      video.srcObject = null;
      display?.end();
      this.#pictures.delete(track);
    }
    for (const [i, { track, participant, source, isOwn }] of tiles.entries()) {
      const box = this.#boxes[i];
      if (!track || !box) continue;
      const picture = this.#pictures.get(track) ?? this.#open(track, isOwn ? undefined : this.#room.show(participant, source));
      // Else what the page itself shows small, or not at all, would be sent like that.
      picture.display?.set({ width: box.width, height: box.height, visible: true });
    }
  }

  draw(): void {
    const context = this.#context;
    if (!context) return;
    context.fillStyle = '#101216';
    context.fillRect(0, 0, WIDTH, HEIGHT);
    for (const [i, tile] of this.#tiles.entries()) {
      const box = this.#boxes[i];
      if (!box) continue;
      context.save();
      context.translate(box.x, box.y);
      drawTile(context, tile, box, tile.track && this.#pictures.get(tile.track)?.video);
      context.restore();
    }
  }

  #open(track: MediaStreamTrack, display: Display | undefined): Picture {
    const video: HTMLVideoElement = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
    video.srcObject = new MediaStream([track]);
    // Taken away while it was about to start (HTML 4.8.11.8): then nobody wants it.
    video.play().catch((error: unknown) => { if (video.srcObject) reportError(error); });
    const picture = { video, display };
    this.#pictures.set(track, picture);
    return picture;
  }
}

/** A camera fills its tile; of a screen nothing may be cut off. */
function drawTile(
  context: CanvasRenderingContext2D, { participant, name, source }: RecordedTile, { width, height }: Box,
  video: HTMLVideoElement | undefined,
): void {
  context.beginPath();
  context.roundRect(0, 0, width, height, 10);
  context.clip();
  context.fillStyle = '#262b35';
  context.fillRect(0, 0, width, height);
  if (video?.videoWidth) {
    const ratios = [width / video.videoWidth, height / video.videoHeight];
    const scale = source === 'camera' ? Math.max(...ratios) : Math.min(...ratios);
    const [w, h] = [video.videoWidth * scale, video.videoHeight * scale];
    context.drawImage(video, (width - w) / 2, (height - h) / 2, w, h);
  } else {
    const radius = Math.min(width, height) / 5;
    context.fillStyle = `hsl(${hueOf(participant)} 40% 34%)`;
    context.beginPath();
    context.arc(width / 2, height / 2, radius, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#fff';
    Object.assign(context, { textAlign: 'center', textBaseline: 'middle', font: `600 ${radius * 0.8}px ${FONT}` });
    context.fillText(initials(name), width / 2, height / 2);
  }
  Object.assign(context, { textAlign: 'left', textBaseline: 'middle', font: `18px ${FONT}` });
  const most = width - 36;
  context.fillStyle = 'rgb(10 12 16 / .72)';
  context.beginPath();
  context.roundRect(8, height - 38, Math.min(most, context.measureText(name).width) + 20, 30, 8);
  context.fill();
  context.fillStyle = '#fff';
  context.fillText(name, 18, height - 22, most);
}
