/** Pictures, sounds and devices of stories: the same on any machine. Nothing is captured, nobody is prompted. */
import type { TrackView } from '../../src/index.ts';

const DEVICES = [
  ['videoinput', 'camera', 'Camera of the desk'], ['videoinput', 'camera-2', 'Camera of the door'],
  ['audioinput', 'microphone', 'Headset'], ['audiooutput', 'speaker', 'Loudspeakers'],
] as const;

/** What stands in for the browser's own devices. @param refusal what a person answers who does not want to */
export function installDevices(refusal?: DOMException): void {
  const media: Partial<MediaDevices> = {
    getUserMedia: ({ video } = {}) => refusal ? Promise.reject(refusal)
      : Promise.resolve(new MediaStream([video ? from('camera', pictureTrack(205)) : from('microphone', soundTrack())])),
    getDisplayMedia: () => Promise.resolve(new MediaStream([screenTrack()])),
    enumerateDevices: () => Promise.resolve(DEVICES.map(([kind, deviceId, label]) =>
      ({ kind, deviceId, label, groupId: '', toJSON: () => ({}) }))),
  };
  for (const [name, value] of Object.entries(media)) {
    Object.defineProperty(navigator.mediaDevices, name, { value, configurable: true });
  }
}

/** A track that says which device it is of. */
function from(deviceId: string, track: MediaStreamTrack): MediaStreamTrack {
  const settings = { ...track.getSettings(), deviceId };
  track.getSettings = () => settings;
  return track;
}

/** Somebody, in a room of this hue. */
export function camera(hue: number): TrackView {
  return view('camera', pictureTrack(hue));
}

export function microphone(): TrackView {
  return view('microphone', soundTrack());
}

export function screen(): TrackView {
  return view('screen', screenTrack());
}

function view(source: string, track: MediaStreamTrack): TrackView {
  return { id: `${source}-${track.id}`, source, kind: track.kind as TrackView['kind'], live: true, track };
}

function soundTrack(): MediaStreamTrack {
  return onlyTrack(new AudioContext().createMediaStreamDestination().stream);
}

function pictureTrack(hue: number): MediaStreamTrack {
  return drawn(640, 360, (pen) => {
    pen.fillStyle = `hsl(${hue} 35% 62%)`;
    pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = `hsl(${hue} 30% 76%)`;
    pen.fillRect(60, 40, 150, 190);
    pen.fillStyle = `hsl(${hue + 150} 35% 34%)`;
    pen.beginPath();
    pen.ellipse(320, 390, 150, 130, 0, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = `hsl(${20 + hue % 20} 45% ${50 + hue % 25}%)`;
    pen.beginPath();
    pen.ellipse(320, 185, 72, 88, 0, 0, 2 * Math.PI);
    pen.fill();
  });
}

/** A picture as a file. */
export async function pictureFile(): Promise<Blob> {
  const canvas = new OffscreenCanvas(320, 200);
  const pen = canvas.getContext('2d');
  if (pen) for (let band = 0; band < 5; band++) {
    pen.fillStyle = `hsl(${190 + band * 12} 55% ${75 - band * 10}%)`;
    pen.fillRect(0, band * 40, 320, 40);
  }
  return canvas.convertToBlob();
}

function screenTrack(): MediaStreamTrack {
  return drawn(1280, 720, (pen) => {
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, 1280, 720);
    pen.fillStyle = '#3b5bdb';
    pen.fillRect(0, 0, 1280, 80);
    pen.fillStyle = '#c5ccd8';
    for (let line = 0; line < 9; line++) pen.fillRect(80, 140 + line * 60, 500 + (line * 271) % 540, 26);
  });
}

/** The same again and again: who comes late to a track of a canvas sees nothing before it is drawn anew. */
function drawn(width: number, height: number, draw: (pen: CanvasRenderingContext2D) => void): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser does not draw.');
  draw(pen);
  setInterval(() => { draw(pen); }, 200);
  return onlyTrack(canvas.captureStream());
}

function onlyTrack(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks();
  if (!track) throw new Error('A stream without a track.');
  return track;
}
