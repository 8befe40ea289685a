import { expect } from '@open-wc/testing';
import { rebuilt, talkingPair } from '../../test/support/breaks.ts';
import { present } from '../../test/support/guests.ts';
import { until } from '../../test/support/until.ts';
import { Conversation } from '../peer/conversation.ts';
import { Room } from '../room/room.ts';
import { LoopbackSignaling } from '../signaling/loopback-signaling.ts';
import { MeshTopology } from '../topology/mesh/mesh-topology.ts';
import { MIB, bytesOf, codeOf, nextOffer, same } from './files.testing.ts';
import type { Pair } from '../../test/support/breaks.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { OutgoingFile } from './outgoing-file.ts';
import type { RoomOptions } from '../room/room-options.ts';

const BLOCKS = 12;
/** Those that can be read before the way breaks, so that there is something left then. */
const FIRST = 6;

/** A file that tells which of its blocks were read, and gives out the last of them after a word. */
function watched(bytes: Uint8Array<ArrayBuffer>): { file: File; read: number[]; flow: () => void } {
  const file = new File([bytes], 'x');
  const read: number[] = [];
  let flow!: () => void;
  const flows = new Promise<void>((resolve) => { flow = resolve; });
  file.slice = (start = 0, ...rest) => {
    read.push(start / MIB);
    const block = Blob.prototype.slice.call(file, start, ...rest);
    if (start >= FIRST * MIB) block.arrayBuffer = () => flows.then(() => Blob.prototype.arrayBuffer.call(block));
    return block;
  };
  return { file, read, flow };
}

describe('a file whose way breaks', () => {
  let pair: Pair;
  let ada: Guest;
  let bo: Guest;
  const bytes = bytesOf(BLOCKS * MIB);

  beforeEach(async () => {
    pair = await talkingPair();
    [ada, bo] = pair.talkers.map(({ guest }) => guest) as [Guest, Guest];
  });

  afterEach(() => { pair.close(); });

  /** Under way, and a good part of it there. */
  async function halfway(from: Guest, to: Guest, id = to.id) {
    const { file, read, flow } = watched(bytes);
    const offered = nextOffer(to);
    const [sending] = await from.room.files.send(file, { to: id }) as [OutgoingFile];
    const receiving = await offered;
    const received = receiving.accept();
    await until(() => receiving.snapshot.bytes > 4 * MIB, 'a part is there');
    expect(sending.snapshot.state).to.equal('active');
    return { sending, receiving, received, read, flow };
  }

  /** Each block once, but for what was on its way. */
  const readOnce = (read: readonly number[]) => { expect(read.length).to.be.within(BLOCKS, BLOCKS + 8 + 2); };

  it('goes on over connections that are made anew, and sends nothing twice', async () => {
    const { received, sending, read, flow } = await halfway(ada, bo);
    flow();
    await rebuilt(pair.talkers[0]);
    await pair.party.allMet();
    await rebuilt(pair.talkers[1]);
    expect(await same(await received, bytes)).to.equal(true);
    await sending.done;
    expect(read.length).to.equal(BLOCKS);
  });

  it('waits for someone who was lost, and sends what they lack when they are back', async () => {
    const { received, sending, receiving, read, flow } = await halfway(ada, bo);
    const states: string[] = [];
    for (const one of [sending, receiving]) one.subscribe(({ state }) => { states.push(state); });
    flow();
    pair.talkers[1].parts().pc.close();
    await until(() => sending.snapshot.state === 'interrupted', 'it is interrupted');
    expect(sending.snapshot.bytesPerSecond).to.equal(0);
    expect(await same(await received, bytes)).to.equal(true);
    await sending.done;
    readOnce(read);
    expect(states.slice(-1)).to.deep.equal(['done']);
  });

  it('stays paused over a break', async () => {
    const { received, sending, receiving, flow } = await halfway(ada, bo);
    flow();
    receiving.pause();
    pair.talkers[1].parts().pc.close();
    await until(() => sending.snapshot.state === 'interrupted', 'it is interrupted');
    await until(() => sending.snapshot.state === 'paused' && sending.snapshot.pausedBy === 'them', 'they are back, and it is paused');
    receiving.resume();
    expect(await same(await received, bytes)).to.equal(true);
  });

  for (const [who, index] of [['receiver', 1], ['sender', 0]] as const) {
    it(`goes on when the ${who} has left and come back as another participant`, async () => {
      pair.talkers[index].guest.room.close();
      const given: RoomOptions = { server: 'http://loopback.invalid', name: 'test', displayName: 'Cy' };
      const room = new Room(given, (context) => new MeshTopology(context, {
        signaling: new LoopbackSignaling(pair.party.relay),
        loadDialect: () => Promise.resolve((parts) => new Conversation(parts)),
      }));
      const stays = index === 1 ? ada : bo;
      const cy = { room, get id() { return room.snapshot.local.id; } } as Guest;
      try {
        await room.join();
        await until(() => present(cy).length === 1 && present(stays).length === 1, 'they met');
        const [from, to] = index === 1 ? [stays, cy] : [cy, stays];
        const { received, sending, receiving, read, flow } = await halfway(from, to);
        const former = cy.id;
        flow();
        await room.leave();
        await until(() => sending.snapshot.state === 'interrupted' && receiving.snapshot.state === 'interrupted', 'both know');
        await room.join();
        expect(cy.id).not.to.equal(former);
        expect(await same(await received, bytes)).to.equal(true);
        await sending.done;
        readOnce(read);
        expect((index === 1 ? sending : receiving).snapshot.participant).to.equal(cy.id);
      } finally {
        room.close();
      }
    });
  }

  it('expires where nobody comes back, at both ends', async () => {
    const [cy, di] = ['Cy', 'Di'].map((name) => pair.party.guest(name, { files: { offerMs: 1000 } })) as [Guest, Guest];
    await Promise.all([cy.room.join(), di.room.join()]);
    await pair.party.allMet();
    const { received, sending, receiving } = await halfway(cy, di);
    const unanswered = nextOffer(di);
    const [offered] = await cy.room.files.send(new Blob(['x']), { to: di.id });
    const offer = await unanswered;
    expect([await codeOf(offered!.done), await codeOf(offer.done)]).to.deep.equal(['file-expired', 'file-expired']);
    sending.pause(); // A pause is no interruption.
    await di.room.leave();
    await until(() => sending.snapshot.state === 'interrupted' && receiving.snapshot.state === 'interrupted', 'both know');
    expect([await codeOf(sending.done), await codeOf(received)]).to.deep.equal(['file-expired', 'file-expired']);
  });
});
