import { loadAgain } from '../../shared/load-again.ts';
import { after } from '../../shared/scope.ts';
import type { Channel, ChannelOptions } from '../topology.ts';
import type { ChannelPort } from '../../channels/peer-channels.ts';
import type { ParticipantId } from '../../protocol/wire.ts';
import type { MeshChannels } from './mesh-channels.ts';

type Handlers = ConstructorParameters<typeof MeshChannels>;

/** Of one participant, before there are channels here. */
const MAX_SAID = 256;
/** After several tries in vain. */
const REST_MS = 30_000;

/**
 * Named channels, loaded with the first one that either end opens. What is done to them goes through one promise, and so in
 * order; what others say of theirs waits until it can be heard.
 */
export class LazyChannels {
  readonly #peers = new Map<ParticipantId, { readonly port: ChannelPort; readonly said: (readonly unknown[])[] }>();
  readonly #scope: AbortSignal;
  readonly #handlers: Handlers;
  readonly #import: () => Promise<{ MeshChannels: new (...handlers: Handlers) => MeshChannels }>;
  #loading: Promise<MeshChannels> | undefined;
  #isLoaded = false;

  constructor(scope: AbortSignal, handlers: Handlers, load = () => import('./mesh-channels.ts')) {
    this.#scope = scope;
    this.#handlers = handlers;
    this.#import = load;
  }

  connected(id: ParticipantId, port: ChannelPort): void {
    this.#peers.set(id, { port, said: [] });
    this.#then((channels) => { channels.addPeer(id, port); });
  }

  /** Their pc is gone; another may follow. */
  disconnected(id: ParticipantId): void {
    this.#peers.delete(id);
  }

  removed(id: ParticipantId): void {
    this.#then((channels) => { channels.removePeer(id); });
  }

  receive(id: ParticipantId, notice: readonly unknown[]): void {
    if (this.#isLoaded) { this.#then((channels) => { channels.receive(id, notice); }); return; }
    const { port, said } = this.#peers.get(id) ?? {};
    if (!said || said.length >= MAX_SAID) { port?.drop('channel'); return; }
    said.push(notice);
    void this.#load();
  }

  close(): void {
    this.#then((channels) => { channels.close(); });
  }

  /** @throws RoomError `channel-exists`, `channel-collision`; `internal` where it could not be loaded. */
  async open(name: string, options: ChannelOptions, to: ParticipantId | undefined): Promise<Channel> {
    return (await this.#load()).open(name, options, to);
  }

  #then(task: (channels: MeshChannels) => void): void {
    void this.#loading?.then(task, () => undefined);
  }

  #load(): Promise<MeshChannels> {
    if (this.#loading) return this.#loading;
    const loading = (this.#loading = this.#make());
    loading.catch(() => {
      this.#loading = undefined; // Whoever opens hears of it.
      after(REST_MS, this.#scope, () => {
        if ([...this.#peers.values()].some(({ said }) => said.length > 0)) void this.#load();
      });
    });
    return loading;
  }

  async #make(): Promise<MeshChannels> {
    const { MeshChannels } = await loadAgain(this.#import, this.#scope);
    this.#scope.throwIfAborted(); // Left meanwhile: nobody would close them.
    const channels = new MeshChannels(...this.#handlers);
    for (const [id, { port, said }] of this.#peers) {
      channels.addPeer(id, port);
      for (const notice of said.splice(0)) channels.receive(id, notice);
    }
    this.#isLoaded = true;
    return channels;
  }
}
