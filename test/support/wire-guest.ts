import { WireClient } from './wire-client.ts';
import type { Guest } from './interop.ts';

/** The wire client as `guest` of a page, with devices of its own. */
export class WireGuest extends WireClient implements Guest {
  #picture: MediaStreamTrack | null = null;

  get came(): string[] {
    return this.streams.map(({ event }) => event);
  }

  streamOf(event: string): MediaStream | undefined {
    return this.streams.findLast((one) => one.event === event)?.stream;
  }

  async publish(event: string): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    [this.#picture = null] = stream.getVideoTracks();
    this.publishStream(event, stream);
  }

  async showPicture(on: boolean): Promise<void> {
    const stream = on ? await navigator.mediaDevices.getUserMedia({ video: true }) : new MediaStream();
    const [picture = null] = stream.getTracks();
    this.setPicture(this.#picture, picture);
    this.#picture = picture;
  }

  emitOn(name: string, event: string, ...args: unknown[]): void {
    this.sendOn(name, JSON.stringify({ e: event, d: args }));
  }

  sendBytesOn(name: string, bytes: number[]): void {
    this.sendOn(name, new Uint8Array(bytes).buffer);
  }
}
