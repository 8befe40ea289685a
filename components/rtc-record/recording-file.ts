/** The file that a recording becomes: its format, its name, and where it is kept. */
const TYPES = [
  ...['mp4a.40.2', 'opus'].map((sound) => `video/mp4;codecs=avc1.42E01F,${sound}`),
  ...['vp9,opus', 'vp8,opus'].map((codecs) => `video/webm;codecs=${codecs}`),
  'video/mp4', 'video/webm',
];

/** The first of what plays in most places that this browser can make; `undefined` where it makes none. */
export function recordingType(): string | undefined {
  return 'MediaRecorder' in globalThis ? TYPES.find((type) => MediaRecorder.isTypeSupported(type)) : undefined;
}

/** `lobby 2026-03-01 14.05.mp4`, in the time of this machine. */
export function recordingName(room: string, type: string, at = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${room} ${day} ${two(at.getHours())}.${two(at.getMinutes())}.${type.includes('mp4') ? 'mp4' : 'webm'}`;
}

export interface RecordingSink {
  write(part: Blob): Promise<void>;
  /** @returns the whole file, where it was kept here. */
  finish(type: string): Promise<Blob | undefined>;
}

/** @throws what opening the file throws. */
export async function openSink(file: FileSystemFileHandle | undefined): Promise<RecordingSink> {
  const parts: Blob[] = [];
  if (!file) {
    return {
      write: (part) => { parts.push(part); return Promise.resolve(); },
      finish: (type) => Promise.resolve(new Blob(parts, { type })),
    };
  }
  const stream = await file.createWritable();
  return { write: (part) => stream.write(part), finish: () => stream.close().then(() => undefined) };
}
