import { Conversation } from '../../src/peer/conversation.ts';
import { Room } from '../../src/room/room.ts';
import { LoopbackRelay, LoopbackSignaling } from '../../src/signaling/loopback-signaling.ts';
import { MeshTopology } from '../../src/topology/mesh/mesh-topology.ts';
import { until } from './until.ts';
import type { DialectFactory } from '../../src/peer/dialect.ts';
import type { RoomOptions } from '../../src/room/room-options.ts';

export interface Guest { room: Room; signaling: LoopbackSignaling; readonly id: string }

/** A room of real engines in one page, over a relay in memory. Ended with `close`. */
export class Party {
  readonly relay: LoopbackRelay;
  readonly guests: Guest[] = [];

  constructor(options?: ConstructorParameters<typeof LoopbackRelay>[0]) {
    this.relay = new LoopbackRelay(options);
  }

  /** Someone who has not joined yet. @param dialect in place of our own */
  guest(displayName: string, options: Partial<RoomOptions> = {}, dialect?: DialectFactory): Guest {
    const signaling = new LoopbackSignaling(this.relay);
    const given = { server: 'http://loopback.invalid', name: 'test', displayName, ...options };
    const room = new Room(given, (context) => new MeshTopology(context, {
      signaling,
      loadDialect: () => Promise.resolve(dialect ?? ((parts) => new Conversation(parts))),
    }));
    const one = { room, signaling, id: signaling.id };
    this.guests.push(one);
    return one;
  }

  async enter(...names: string[]): Promise<Guest[]> {
    const entering = names.map((name) => this.guest(name));
    await Promise.all(entering.map(({ room }) => room.join()));
    return entering;
  }

  /** Two who have met. */
  async pair(): Promise<[Guest, Guest]> {
    const [ada, bo] = await this.enter('Ada', 'Bo');
    await this.allMet();
    return [ada as Guest, bo as Guest];
  }

  allMet(): Promise<void> {
    return until(() => this.guests.every((one) => present(one).length === this.guests.length - 1), 'everyone met everyone');
  }

  close(): void {
    for (const { room } of this.guests) room.close();
  }
}

/** Gives each test of the `describe` that calls it two who have met. */
export function withPair(take: (party: Party, ada: Guest, bo: Guest) => void): void {
  let party: Party;
  beforeEach(async () => {
    party = new Party();
    take(party, ...await party.pair());
  });
  afterEach(() => { party.close(); });
}

/** The names of those this one is connected with. */
export const present = ({ room }: Guest): string[] =>
  room.snapshot.participants.filter(({ state }) => state === 'connected').map(({ name }) => name);

/** Everything the library tells, in the order in which it does. */
export function lifecycleOf({ room }: Guest): string[] {
  const told: string[] = [];
  const events = [
    'joined', 'left', 'participant-joined', 'participant-left', 'track-added', 'track-removed', 'state-changed',
  ] as const;
  for (const event of events) {
    room.lifecycle.on(event, () => { told.push(event); });
  }
  room.lifecycle.on('error', ({ error }) => { told.push(`error ${error.code}`); });
  return told;
}
