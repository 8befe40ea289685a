/** What a participant of either side can do: the scenarios are written once, against this. */
export interface Participant {
  /** Settles when the relay has let it in. */
  join(): Promise<void>;
  /** Someone can be spoken to. Registered before the join. */
  onPeer(listener: (peer: string) => void): void;
  onMessage(listener: (from: string, text: string) => void): void;
  send(to: string, text: string): void;
  /** Sends it to everyone. Before the join. */
  publish(stream: MediaStream): void;
  /** Somebody's picture, from its first negotiation on. Registered before the join. */
  onPicture(listener: (from: string, track: MediaStreamTrack) => void): void;
  /** Whether their picture is looked at: they send none that is not. */
  look(from: string, seen: boolean): void;
  /** Both ends open it; settles when it is open. */
  openBulk(): Promise<Bulk>;
  leave(): void;
}

export interface Bulk {
  /** @returns false when `drained` should be awaited before the next. */
  send(data: ArrayBuffer): boolean;
  drained(): Promise<void>;
  onData(listener: (data: ArrayBuffer) => void): void;
  /** One small message, as an app would send it. */
  emit(event: string, payload: unknown): boolean;
  onEvent(event: string, listener: (payload: unknown) => void): void;
}

export type Side = (server: string, room: string) => Participant;
/** Both sides fill the browser's buffer between these (bytes). */
export const HIGH_WATER = 256 * 1024;
export const LOW_WATER = 64 * 1024;
