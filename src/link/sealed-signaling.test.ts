import { expect } from '@open-wc/testing';
import { Room } from '../room/room.ts';
import { LoopbackRelay, LoopbackSignaling } from '../signaling/loopback-signaling.ts';
import { createMeshTopology } from '../topology/mesh/create-mesh.ts';
import { until } from '../../test/support/until.ts';
import { createLinkSecret } from '../room/link-secret.ts';
import type { RoomOptions } from '../room/room-options.ts';
import type { JoinRequest, Signal } from '../protocol/wire.ts';
import type { Present } from '../signaling/signaling.ts';

/** Hands everything to the relay, and lets a test see and change it on the way. */
class WatchedSignaling extends LoopbackSignaling {
  readonly seen: unknown[] = [];
  tamper: (data: Signal) => Signal = (data) => data;
  tamperJoin: (request: JoinRequest) => JoinRequest = (request) => request;

  override async join(request: JoinRequest, present?: Present) {
    const whole = this.tamperJoin({ ...request, ...(await present?.(this.id)) });
    this.seen.push(whole);
    return super.join(whole);
  }

  override send(target: string, data: Signal): void {
    this.seen.push(data);
    super.send(target, this.tamper(data));
  }
}

describe('a room under a link secret', () => {
  const secret = createLinkSecret();
  let relay: LoopbackRelay;
  let rooms: Room[];

  function guest(displayName: string, options: Partial<RoomOptions> = { linkSecret: secret }) {
    const signaling = new WatchedSignaling(relay);
    const given = { server: 'http://loopback.invalid', name: 'salon', displayName, ...options };
    const room = new Room(given, (context) => createMeshTopology(context, () => signaling));
    rooms.push(room);
    const codes: string[] = [];
    room.lifecycle.on('error', ({ error }) => { codes.push(error.code); });
    return { room, signaling, codes };
  }

  const levels = (room: Room) => room.snapshot.participants.map(({ name, state, identity }) => `${name} ${state} ${identity}`);

  beforeEach(() => {
    relay = new LoopbackRelay();
    rooms = [];
  });

  afterEach(() => { for (const room of rooms) room.close(); });

  it('connects who holds the link, and shows them as linked; the relay reads no name, no address and not the room\'s', async () => {
    const [ada, bo] = [guest('Ada Canary'), guest('Bo')];
    for (const { room } of [ada, bo]) await room.join();
    await until(() => levels(ada.room)[0] === 'Bo connected linked' && levels(bo.room)[0] === 'Ada Canary connected linked', 'both met');
    const heard = new Promise((resolve) => { bo.room.on('hi', resolve); });
    ada.room.emit('hi', 1);
    expect(await heard).to.equal(1);
    const seen = JSON.stringify([...ada.signaling.seen, ...bo.signaling.seen]);
    expect(ada.signaling.seen.length).to.be.greaterThan(2);
    for (const secretText of ['Canary', 'salon', 'candidate', 'fingerprint', 'sdp', 'ice-ufrag', secret]) {
      expect(seen.includes(secretText), secretText).to.equal(false);
    }
  });

  for (const [who, options] of [['no link', {}], ['another link', { linkSecret: createLinkSecret() }]] as const) {
    it(`meets nobody with ${who}, and says that someone was there`, async () => {
      const [ada, stranger] = [guest('Ada'), guest('Eve', options)];
      for (const { room } of [ada, stranger]) await room.join();
      await until(() => ada.codes.includes('link-missing'), 'Ada was told');
      expect(levels(ada.room)).to.deep.equal([]);
      const third = guest('Bo');
      await third.room.join();
      await until(() => levels(ada.room)[0] === 'Bo connected linked', 'whoever has it comes in all the same');
      expect(levels(third.room)).to.deep.equal(['Ada connected linked']);
    });
  }

  it('hears nothing that was altered on the way, and nothing twice', async () => {
    const [ada, bo] = [guest('Ada'), guest('Bo')];
    // Every second envelope comes altered and once more; what is lost is said again.
    let count = 0;
    bo.signaling.tamper = (data) => {
      if (!('sealed' in data) || count++ % 2 === 0) return data;
      const flipped = data.sealed.endsWith('A') ? 'B' : 'A';
      return { sealed: data.sealed.slice(0, -1) + flipped };
    };
    for (const { room } of [ada, bo]) await room.join();
    await until(() => levels(ada.room)[0] === 'Bo connected linked', 'it was healed', 15_000);
    expect(count).to.be.greaterThan(1);
  });

  it('does not take one participant\'s presence from another', async () => {
    const ada = guest('Ada');
    await ada.room.join();
    const [join] = ada.signaling.seen as JoinRequest[];
    const ghost = guest('Ghost', {});
    ghost.signaling.tamperJoin = (request) => ({ ...request, presence: join?.presence ?? '' });
    await ghost.room.join();
    await until(() => ada.codes.includes('link-missing'), 'the borrowed presence was refused');
    expect(levels(ada.room)).to.deep.equal([]);
  });

  it('refuses a secret that a person made up', async () => {
    const { room } = guest('Ada', { linkSecret: 'correct horse battery staple' });
    const code = await room.join().then(() => 'joined', (error: unknown) => (error as { code: string }).code);
    expect([code, room.snapshot.state]).to.deep.equal(['invalid-link-secret', 'idle']);
  });

  it('may be left while the keys are derived', async () => {
    const { room } = guest('Ada');
    const joining = room.join().then(() => 'joined', (error: unknown) => (error as Error).name);
    await room.leave();
    expect([await joining, room.snapshot.state]).to.deep.equal(['AbortError', 'idle']);
  });
});
