import { NamedChannel } from '../../channels/named-channel.ts';
import { DEFAULTS } from '../../channels/channel-end.ts';
import { PeerChannels } from '../../channels/peer-channels.ts';
import { parseChannelNotice } from '../../protocol/channel-notice.ts';
import { MAX_CHANNEL_NAME_CHARS } from '../../protocol/limits.ts';
import { RoomError } from '../../shared/errors.ts';
import type { ChannelPort } from '../../channels/peer-channels.ts';
import type { ParticipantId } from '../../protocol/wire.ts';
import type { ChannelOptions } from '../topology.ts';

/** Chromium closes a channel whose buffer overflows at 16 MiB. */
const MAX_WATER_BYTES = 8 * 1024 * 1024;

interface Opened { channel: NamedChannel; to: ParticipantId | undefined }

/** The named channels of a room: each is to one participant, or to all and whoever comes. */
export class MeshChannels {
  readonly #opened = new Set<Opened>();
  readonly #peers = new Map<ParticipantId, PeerChannels>();
  readonly #onWanted: (id: ParticipantId, name: string) => void;
  readonly #onError: (error: unknown) => void;
  #wishes = 0;

  /** @param onWanted a participant opens a channel that is not open here. @param onError something was not sent that was taken */
  constructor(onWanted: (id: ParticipantId, name: string) => void, onError: (error: unknown) => void) {
    this.#onWanted = onWanted;
    this.#onError = onError;
  }

  /** @throws RoomError `channel-exists`, to one `channel-collision`; TypeError for a name or options that cannot be. */
  open(name: string, options: ChannelOptions, to: ParticipantId | undefined): NamedChannel {
    checkChannel(name, options);
    // One pair has one channel of a name, whether it was opened for the pair or for all.
    const taken = [...this.#opened].some((other) => other.channel.name === name && (!other.to || !to || other.to === to));
    if (taken) throw new RoomError('channel-exists', `"${name}" is open already: close it first.`);
    if (to !== undefined) this.#peers.get(to)?.mustFit(name);
    const channel = new NamedChannel(name, options, to !== undefined, () => { this.#opened.delete(opened); }, this.#onError);
    const opened: Opened = { channel, to };
    this.#opened.add(opened);
    for (const [id, peer] of this.#peers) if (to === undefined || to === id) channel.addPeer(id, peer);
    return channel;
  }

  /** A participant is connected, perhaps again: every channel that is theirs too opens towards them. */
  addPeer(id: ParticipantId, port: ChannelPort): void {
    let peer = this.#peers.get(id);
    if (!peer) {
      this.#peers.set(id, (peer = new PeerChannels(() => ++this.#wishes)));
      for (const { channel, to } of this.#opened) if (to === undefined || to === id) channel.addPeer(id, peer);
    }
    peer.attach(port);
  }

  removePeer(id: ParticipantId): void {
    this.#peers.delete(id);
    for (const { channel } of this.#opened) channel.removePeer(id);
  }

  /** The room was left. */
  close(): void {
    for (const { channel } of this.#opened) channel.close();
  }

  /** What a participant says of a channel. */
  receive(id: ParticipantId, args: readonly unknown[]): void {
    const peer = this.#peers.get(id);
    const notice = parseChannelNotice(args);
    if (!notice) { peer?.drop('malformed'); return; }
    peer?.receive(notice);
    const { name, open, id: stream } = notice;
    if (open && stream === undefined && !peer?.has(name)) this.#onWanted(id, name);
  }
}

function checkChannel(name: string, options: ChannelOptions): void {
  const { maxRetransmits, maxPacketLifeTime, rate, priority = 'normal', ...bytes } = options;
  if (!['high', 'normal', 'low'].includes(priority)) throw new TypeError('`priority` is `high`, `normal` or `low`.');
  if (rate && !Object.values(rate).every((number) => Number.isSafeInteger(number) && number > 0)) {
    throw new TypeError('`rate` has whole numbers above 0: { perSecond: 100, burst: 200 }.');
  }
  if (name === '' || name.length > MAX_CHANNEL_NAME_CHARS) {
    throw new TypeError(`A channel name has 1 to ${MAX_CHANNEL_NAME_CHARS} characters.`);
  }
  if (maxRetransmits !== undefined && maxPacketLifeTime !== undefined) {
    throw new TypeError('A channel has `maxRetransmits` or `maxPacketLifeTime`, not both.');
  }
  const { highWaterBytes, lowWaterBytes, queueBytes } = { ...DEFAULTS, ...bytes };
  const inOrder = lowWaterBytes >= 0 && lowWaterBytes < highWaterBytes && highWaterBytes <= MAX_WATER_BYTES && queueBytes >= 0;
  if (!inOrder) throw new TypeError(`It must hold: 0 <= lowWaterBytes < highWaterBytes <= ${MAX_WATER_BYTES}, and 0 <= queueBytes.`);
}
