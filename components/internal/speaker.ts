import { RoomError, watch } from '../../src/index.ts';
import type { DeviceView, Room } from '../../src/index.ts';

/** What the system plays by. */
export const DEFAULT_SPEAKER = '';

/** Where a room's sound goes: the speaker that was chosen while it is plugged in, else the system's own. */
export class Speaker {
  readonly #room: Room;
  readonly #listeners = new Set<() => void>();
  #chosen = DEFAULT_SPEAKER;
  #inUse = DEFAULT_SPEAKER;
  #isFollowing = false;

  constructor(room: Room) {
    this.#room = room;
  }

  /** It may be unplugged for a while. */
  get chosen(): string {
    return this.#chosen;
  }

  get inUse(): string {
    return this.#inUse;
  }

  /** @throws RoomError `device-failed` where nothing can be played by it; the one before stays. */
  async choose(deviceId: string): Promise<void> {
    try {
      await new Audio().setSinkId(deviceId);
    } catch (cause) {
      throw new RoomError('device-failed', 'The browser does not play by this device.', { cause });
    }
    this.#chosen = deviceId;
    this.#settle(this.#room.snapshot.devices);
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    watch(this.#room, ({ devices }) => devices, (devices) => { this.#settle(devices); });
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  #settle(devices: readonly DeviceView[]): void {
    const isThere = devices.some(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === this.#chosen);
    this.#inUse = isThere ? this.#chosen : DEFAULT_SPEAKER;
    for (const listener of this.#listeners) listener();
  }
}

const speakers = new WeakMap<Room, Speaker>();

export function speakerOf(room: Room): Speaker {
  const speaker = speakers.get(room) ?? new Speaker(room);
  speakers.set(room, speaker);
  return speaker;
}

/** Absent in Safari before 18.4 and in Firefox before 116 (Audio Output Devices API). */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}
