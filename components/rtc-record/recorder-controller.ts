import { recorderOf } from './room-recorder.ts';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Room } from '../../src/index.ts';
import type { RoomController } from '../controllers/room-controller.ts';
import type { RoomRecorder } from './room-recorder.ts';

/** Renders its host with each change of the recorder of its room. */
export class RecorderController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #view: RoomController<unknown>;
  readonly #onError: (error: unknown) => void;
  #room: Room | undefined;
  #recorder: RoomRecorder | undefined;
  #following: AbortController | undefined;

  constructor(
    host: ReactiveControllerHost & Element, view: RoomController<unknown>, onError: (error: unknown) => void = () => undefined,
  ) {
    this.#host = host;
    this.#view = view;
    this.#onError = onError;
    host.addController(this);
  }

  /** `undefined` while there is no room. */
  get recorder(): RoomRecorder | undefined {
    return this.#recorder;
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#follow(this.#view.room);
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  #follow(room: Room | undefined): void {
    if (room === this.#room) return;
    this.#following?.abort();
    this.#room = room;
    const recorder = (this.#recorder = room && recorderOf(room));
    const { signal } = (this.#following = new AbortController());
    recorder?.addEventListener('change', () => { this.#host.requestUpdate(); }, { signal });
    recorder?.addEventListener('error', () => { this.#onError(recorder.error); }, { signal });
  }
}
