import type { Channel, ChannelOptions } from '../topology.ts';
import type { ChannelPort } from '../../channels/peer-channels.ts';
import type { ParticipantId } from '../../protocol/wire.ts';
import type { MeshChannels } from './mesh-channels.ts';

/**
 * Named channels, loaded with the first one that either end opens. What is done to them goes through one promise, and so in
 * order.
 */
export class LazyChannels {
  readonly #ports = new Map<ParticipantId, ChannelPort>();
  readonly #handlers: ConstructorParameters<typeof MeshChannels>;
  #loading: Promise<MeshChannels> | undefined;

  constructor(...handlers: ConstructorParameters<typeof MeshChannels>) {
    this.#handlers = handlers;
  }

  connected(id: ParticipantId, port: ChannelPort): void {
    this.#ports.set(id, port);
    this.#then((channels) => { channels.addPeer(id, port); });
  }

  /** Their pc is gone; another may follow. */
  disconnected(id: ParticipantId): void {
    this.#ports.delete(id);
  }

  removed(id: ParticipantId): void {
    this.#then((channels) => { channels.removePeer(id); });
  }

  receive(id: ParticipantId, notice: readonly unknown[]): void {
    void this.#load();
    this.#then((channels) => { channels.receive(id, notice); });
  }

  close(): void {
    this.#then((channels) => { channels.close(); });
  }

  /** @throws RoomError `channel-exists`. */
  async open(name: string, options: ChannelOptions, to: ParticipantId | undefined): Promise<Channel> {
    const loading = this.#load();
    this.#then(() => undefined);
    return (await loading).open(name, options, to);
  }

  /** What could not be loaded is reported by whoever opens, and tried again then. */
  #then(task: (channels: MeshChannels) => void): void {
    void this.#loading?.then(task, () => { this.#loading = undefined; });
  }

  #load(): Promise<MeshChannels> {
    return (this.#loading ??= import('./mesh-channels.ts').then(({ MeshChannels }) => {
      const channels = new MeshChannels(...this.#handlers);
      for (const [id, port] of this.#ports) channels.addPeer(id, port);
      return channels;
    }));
  }
}
