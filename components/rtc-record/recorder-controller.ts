import { recorderOf } from './room-recorder.ts';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Room } from '../../src/index.ts';
import type { RoomRecorder } from './room-recorder.ts';

/** Renders its host with each change of the recorder of a room. */
export class RecorderController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #onError: (error: unknown) => void;
  #room: Room | undefined;
  #recorder: RoomRecorder | undefined;
  #following: AbortController | undefined;

  constructor(host: ReactiveControllerHost & Element, onError: (error: unknown) => void = () => undefined) {
    this.#host = host;
    this.#onError = onError;
    host.addController(this);
  }

  /** @returns that of the room, which is followed from now on. */
  of(room: Room | undefined): RoomRecorder | undefined {
    if (room === this.#room) return this.#recorder;
    this.#following?.abort();
    this.#room = room;
    const recorder = (this.#recorder = room && recorderOf(room));
    const { signal } = (this.#following = new AbortController());
    recorder?.addEventListener('change', () => { this.#host.requestUpdate(); }, { signal });
    recorder?.addEventListener('error', () => { this.#onError(recorder.error); }, { signal });
    return recorder;
  }

  hostDisconnected(): void {
    this.of(undefined);
  }
}
