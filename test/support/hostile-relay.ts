/** A relay that acts against those it serves: it rewrites what it tells and carries, and can put itself between two of them. */
import { Room } from '../../src/room/room.ts';
import { Emitter } from '../../src/shared/emitter.ts';
import { RoomError } from '../../src/shared/errors.ts';
import { LoopbackRelay, LoopbackSignaling } from '../../src/signaling/loopback-signaling.ts';
import { createMeshTopology } from '../../src/topology/mesh/create-mesh.ts';
import type { Announcement, Joined, JoinRequest, ParticipantId, Signal } from '../../src/protocol/wire.ts';
import type { RoomOptions } from '../../src/room/room-options.ts';
import type { Present, Signaling, SignalingEvents } from '../../src/signaling/signaling.ts';

const meshOver = (options: RoomOptions, signaling: Signaling) =>
  new Room(options, (context) => createMeshTopology(context, () => signaling));

export class HostileRelay extends LoopbackRelay {
  /** What somebody is told of somebody else; nothing: they are hidden. */
  announce: (to: ParticipantId, announcement: Announcement) => Announcement | undefined = (_to, announcement) => announcement;
  /** What of an envelope arrives. */
  carry: (data: Signal, source: ParticipantId, target: ParticipantId) => Signal | undefined = (data) => data;
  /** What its own end of a connection says to the one it deceives. */
  utter: (data: Signal, victim: ParticipantId) => Signal = (data) => data;
  readonly rooms: Room[] = [];

  guest(displayName: string, options: Partial<RoomOptions> = {}): { room: Room; signaling: LoopbackSignaling; id: string } {
    const signaling = new DeceivedSignaling(this);
    const room = meshOver({ server: 'http://loopback.invalid', name: 'test', displayName, ...options }, signaling);
    this.rooms.push(room);
    return { room, signaling, id: signaling.id };
  }

  override forward(source: ParticipantId, target: ParticipantId, data: Signal): void {
    const carried = this.carry(structuredClone(data), source, target);
    if (carried) super.forward(source, target, carried);
  }

  /** One of them, told whatever the relay wants. */
  deceive<E extends keyof SignalingEvents>(id: ParticipantId, event: E, payload: SignalingEvents[E]): void {
    this.members.find((member) => member.id === id)?.deliver(event, payload);
  }

  /** Stands between two who have not joined yet, with a connection of its own to each; hands on what it sees. */
  async stepBetween(one: ParticipantId, two: ParticipantId): Promise<{ asOne: Room; asTwo: Room }> {
    const [asOne, asTwo] = [new Impostor(one, two, this), new Impostor(two, one, this)];
    await Promise.all([asOne.room.join(), asTwo.room.join()]);
    this.rooms.push(asOne.room, asTwo.room);
    for (const [seen, shown] of [[asOne.room, asTwo.room], [asTwo.room, asOne.room]] as const) {
      seen.lifecycle.on('track-added', ({ track: { source, track } }) => {
        if (track) shown.publish({ source, stream: new MediaStream([track]) });
      });
    }
    const impostorOf = (id: ParticipantId) => (id === one ? asOne : asTwo);
    this.announce = (to, announcement) => {
      const impostor = impostorOf(announcement.id);
      // To the other it says what that one has a right to hear, so that its own hello is in order.
      impostorOf(to).events.emit('announced', announcement);
      // Who was here first is asked to offer; so is whoever plays them.
      if (to === one) asOne.events.emit('init-offer', { source: two });
      return { ...announcement, fp: impostor.fp };
    };
    this.carry = (data, source, target) => {
      impostorOf(target).events.emit('envelope', { source, data });
      return undefined;
    };
    return { asOne: asOne.room, asTwo: asTwo.room };
  }

  close(): void {
    for (const room of this.rooms) room.close();
  }
}

/** The link of one who trusts the relay. */
class DeceivedSignaling extends LoopbackSignaling {
  readonly #relay: HostileRelay;

  constructor(relay: HostileRelay) {
    super(relay);
    this.#relay = relay;
  }

  override async join(request: JoinRequest, present?: Present): Promise<Joined> {
    const joined = await super.join(request, present);
    const participants = joined.participants.map((announcement) => this.#relay.announce(this.id, announcement));
    return { ...joined, participants: participants.filter((told) => told !== undefined) };
  }

  override deliver<E extends keyof SignalingEvents>(event: E, payload: SignalingEvents[E]): void {
    if (event !== 'announced') { super.deliver(event, payload); return; }
    const told = this.#relay.announce(this.id, payload as Announcement);
    if (told) super.deliver('announced', told);
  }
}

/** The relay's own end of a connection: an honest engine under somebody's id. */
class Impostor implements Signaling {
  readonly id: ParticipantId;
  readonly events = new Emitter<SignalingEvents>();
  readonly room: Room;
  fp = '';
  readonly #victim: ParticipantId;
  readonly #relay: HostileRelay;

  constructor(id: ParticipantId, victim: ParticipantId, relay: HostileRelay) {
    this.id = id;
    this.#victim = victim;
    this.#relay = relay;
    this.room = meshOver({ server: 'http://loopback.invalid', name: 'test', displayName: 'relay' }, this);
  }

  connect(): void { /* It is the relay. */ }
  leave(): void { /* It stays. */ }

  join({ fp = '' }: JoinRequest): Promise<Joined> {
    this.fp = fp;
    return Promise.resolve({ id: this.id, participants: [{ id: this.#victim, engine: { v: 1 } }], iceServers: [] });
  }

  send(_target: ParticipantId, data: Signal): void {
    const said = this.#relay.utter(structuredClone(data), this.#victim);
    this.#relay.deceive(this.#victim, 'envelope', { source: this.id, data: said });
  }

  emit(): Promise<never> { return Promise.reject(new RoomError('unknown-event', 'It asks nobody.')); }
  moderate(): Promise<never> { return this.emit(); }
  renew(): Promise<never> { return this.emit(); }
  iceServers(): Promise<never> { return this.emit(); }
}
