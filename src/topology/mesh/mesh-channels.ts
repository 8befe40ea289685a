import { NamedChannel } from '../../channels/named-channel.ts';
import { MAX_CHANNEL_NAME_CHARS } from '../../protocol/limits.ts';
import { RoomError } from '../../shared/errors.ts';
import type { ChannelOptions } from '../topology.ts';
import type { Member } from './member.ts';

interface Entry { channel: NamedChannel; to: string | undefined }

/** The named channels of a room: each is to one member, or to all and whoever comes. */
export class MeshChannels {
  readonly #entries = new Set<Entry>();

  /** @throws RoomError `channel-exists`; TypeError for a name that cannot be one. */
  open(name: string, options: ChannelOptions, to: Member | undefined, members: Iterable<Member>): NamedChannel {
    if (name === '' || name.length > MAX_CHANNEL_NAME_CHARS) throw new TypeError(`A channel name has 1 to ${MAX_CHANNEL_NAME_CHARS} characters.`);
    // One pair has one channel of a name, whether it was opened for the pair or for all.
    const taken = [...this.#entries].some((entry) => entry.channel.name === name && (!entry.to || !to || entry.to === to.id));
    if (taken) throw new RoomError('channel-exists', `"${name}" is open already: close it first.`);
    const channel = new NamedChannel(name, options, to !== undefined, () => { this.#entries.delete(entry); });
    const entry: Entry = { channel, to: to?.id };
    this.#entries.add(entry);
    for (const member of to ? [to] : members) join(channel, member);
    return channel;
  }

  /** A member is connected: every channel that is theirs too opens towards them. */
  addPeer(member: Member): void {
    for (const { channel, to } of this.#entries) if (to === undefined || to === member.id) join(channel, member);
  }

  removePeer(id: string): void {
    for (const { channel } of this.#entries) channel.removePeer(id);
  }
}

function join(channel: NamedChannel, member: Member): void {
  const channels = member.peer?.dialect.channels;
  if (member.connected && channels) channel.addPeer(member.id, channels);
}
