import { RoomError } from '../../src/index.ts';
import { sceneOf } from './call-scene.ts';
import { PictureMix } from './picture-mix.ts';
import { openSink, recordingName, recordingType } from './recording-file.ts';
import { SoundMix } from './sound-mix.ts';
import { StopWatch } from './stop-watch.ts';
import type { Room } from '../../src/index.ts';
import type { RecordingSink } from './recording-file.ts';

const FRAME_MS = 40;
const PART_MS = 1000;
/** Of mp4 a part ends with a whole picture, and to those one can go when it is played (MediaStream Recording 2.4). */
const WHOLE_MS = 2000;
const RATES = { videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 128_000, videoKeyFrameIntervalDuration: WHOLE_MS };

export type RecorderState = 'idle' | 'starting' | 'recording' | 'paused' | 'stopping';

export interface Recording {
  /** `lobby 2026-03-01 14.05.mp4` */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly durationMs: number;
  /** The file; none where it went into one on disk. */
  readonly blob?: Blob;
}

export interface StartRecordingOptions {
  /** Written while it is recorded, so that a long call does not fill the memory. */
  readonly file?: FileSystemFileHandle | undefined;
  /** What to call those without a name. */
  readonly guest?: string;
}

/** From a start to the stop. */
interface Run {
  readonly recorder: MediaRecorder;
  readonly sink: RecordingSink;
  readonly written: Promise<void>;
  readonly end: AbortController;
  /** From the stop on: what was made of it. */
  made?: Promise<Recording | undefined>;
}

/**
 * Records what is seen and heard of those who are chosen, in one file: pictures side by side, sounds mixed. It captures nothing,
 * and begins once everyone was told. Ends with the call; what was recorded stays in `recordings`. Dispatches `change`, and
 * `error` where something ended it: then `error` says what.
 */
export class RoomRecorder extends EventTarget {
  readonly #room: Room;
  readonly #excluded = new Set<string>();
  readonly #watch = new StopWatch();
  #state: RecorderState = 'idle';
  #run: Run | undefined;
  #bytes = 0;
  #recordings: readonly Recording[] = [];
  #error: RoomError | undefined;

  constructor(room: Room) {
    super();
    this.#room = room;
    room.lifecycle.on('left', () => { void this.stop(); });
  }

  get state(): RecorderState {
    return this.#state;
  }

  /** Without pauses. */
  get durationMs(): number {
    return this.#watch.elapsedMs;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Made here, and not discarded. */
  get recordings(): readonly Recording[] {
    return this.#recordings;
  }

  get error(): RoomError | undefined {
    return this.#error;
  }

  isChosen(participant: string): boolean {
    return !this.#excluded.has(participant);
  }

  /** Everyone is, until it is said otherwise; also who comes later. During a recording too. */
  choose(participant: string, isChosen: boolean): void {
    this.#excluded[isChosen ? 'delete' : 'add'](participant);
    this.#change();
  }

  /** @throws RoomError `unsupported`, `not-joined`, `rate-limited`; what opening the file throws. */
  async start({ file, guest = '' }: StartRecordingOptions = {}): Promise<void> {
    if (this.#state !== 'idle') return;
    const type = recordingType();
    if (!type) throw new RoomError('unsupported', 'This browser has no MediaRecorder, or none for pictures.');
    this.#error = undefined;
    this.#change('starting');
    const end = new AbortController();
    let sink: RecordingSink | undefined;
    try {
      sink = await openSink(file);
      await this.#room.announceRecording();
      if (this.#room.snapshot.local.recording === undefined) throw new RoomError('not-joined', 'The room was left meanwhile.');
      this.#begin(sink, type, guest, end);
    } catch (error) {
      end.abort();
      this.#change('idle');
      await Promise.all([sink?.finish(type), this.#takeBack()]);
      throw error;
    }
  }

  pause(): void {
    if (this.#state !== 'recording') return;
    this.#run?.recorder.pause();
    this.#watch.stop();
    this.#change('paused');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#run?.recorder.resume();
    this.#watch.start();
    this.#change('recording');
  }

  /** @returns what was recorded, to whoever stopped it too; `undefined` where nothing was. */
  stop(): Promise<Recording | undefined> {
    const run = this.#run;
    if (run && !run.made) {
      this.#watch.stop();
      run.made = this.#finish(run);
      this.#change('stopping');
    }
    return run?.made ?? Promise.resolve(undefined);
  }

  /** It is saved, or nobody wants it. */
  discard(recording: Recording): void {
    this.#recordings = this.#recordings.filter((one) => one !== recording);
    this.#change();
  }

  #begin(sink: RecordingSink, type: string, guest: string, end: AbortController): void {
    const [sound, picture] = [new SoundMix(end.signal), new PictureMix(this.#room, end.signal)];
    const sync = () => {
      const { tiles, sounds } = sceneOf(this.#room.snapshot, (id) => this.isChosen(id), guest);
      sound.sync(sounds);
      picture.sync(tiles);
    };
    sync();
    this.#room.subscribe(sync, { signal: end.signal });
    this.addEventListener('change', sync, { signal: end.signal });
    sound.every(FRAME_MS, () => { picture.draw(); });
    const recorder = new MediaRecorder(new MediaStream([...picture.tracks, ...sound.tracks]), { mimeType: type, ...RATES });
    this.#bytes = 0;
    this.#watch.reset();
    const written = this.#write(recorder, sink);
    recorder.start(PART_MS);
    this.#run = { recorder, sink, end, written };
    this.#watch.start();
    this.#change('recording');
  }

  /** @returns when it has stopped and all of it is written. */
  #write(recorder: MediaRecorder, sink: RecordingSink): Promise<void> {
    let writing = Promise.resolve();
    recorder.addEventListener('dataavailable', ({ data }) => {
      this.#bytes += data.size;
      writing = writing.then(() => (this.#error ? undefined : sink.write(data)))
        .catch((cause: unknown) => { this.#fail(cause); });
      this.#change();
    });
    return new Promise((resolve) => {
      recorder.addEventListener('stop', () => {
        void writing.then(resolve);
        void this.stop(); // Its tracks ended, or it failed (MediaStream Recording 2.6).
      });
    });
  }

  async #finish({ recorder, sink, written, end }: Run): Promise<Recording | undefined> {
    if (recorder.state !== 'inactive') recorder.stop();
    await written;
    const { mimeType: type } = recorder;
    const blob = await sink.finish(type).catch((cause: unknown) => this.#fail(cause));
    end.abort();
    const recording = this.#bytes > 0 && (blob || !this.#error) ? {
      name: recordingName(this.#room.snapshot.name, type), type, bytes: this.#bytes, durationMs: this.durationMs,
      ...(blob && { blob }),
    } : undefined;
    this.#run = undefined;
    if (recording) this.#recordings = [...this.#recordings, recording];
    this.#change('idle');
    await this.#takeBack();
    return recording;
  }

  #fail(cause: unknown): undefined {
    this.#error ??= new RoomError('file-unwritable', 'The recording could not be written.', { cause });
    this.dispatchEvent(new Event('error'));
    void this.stop();
  }

  async #takeBack(): Promise<void> {
    if (this.#room.snapshot.local.recording !== undefined) await this.#room.announceRecording(false);
  }

  #change(state = this.#state): void {
    this.#state = state;
    this.dispatchEvent(new Event('change'));
  }
}

const recorders = new WeakMap<Room, RoomRecorder>();

/** The one of a room: whoever shows it shows the same. */
export function recorderOf(room: Room): RoomRecorder {
  const recorder = recorders.get(room) ?? new RoomRecorder(room);
  recorders.set(room, recorder);
  return recorder;
}
