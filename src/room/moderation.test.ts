import { expect } from '@open-wc/testing';
import { Party, lifecycleOf, present } from '../../test/support/guests.ts';
import { until } from '../../test/support/until.ts';
import { RoomError } from '../shared/errors.ts';
import { FakeTopology } from '../topology/fake-topology.ts';
import { Room } from './room.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { LoopbackOptions } from '../signaling/loopback-signaling.ts';

const outcomeOf = (promise: Promise<unknown>) => promise.then(() => 'done', (error: unknown) =>
  error instanceof RoomError ? error.code : (error as Error).name);
const stateOf = ({ room }: Guest) => room.snapshot.state;

describe('a moderated room', () => {
  let party: Party;
  let ada: Guest;
  const start = async (options: LoopbackOptions = {}) => {
    party = new Party({ hosts: ['Ada', 'Al'], ...options });
    [ada] = await party.enter('Ada') as [Guest];
  };

  afterEach(() => { party.close(); });

  /** Someone who knocks. */
  async function knock(name: string): Promise<{ guest: Guest; outcome: Promise<string> }> {
    const guest = party.guest(name);
    const outcome = outcomeOf(guest.room.join());
    await until(() => ada.room.snapshot.knocks.some((one) => one.name === name), `Ada hears ${name} knock`);
    return { guest, outcome };
  }

  it('keeps one waiting until a host admits, and then is a room like any other', async () => {
    await start({ waitingRoom: true });
    const told = lifecycleOf(ada);
    const { guest: bo, outcome } = await knock('Bo');
    expect([stateOf(bo), bo.room.snapshot.local.id, bo.room.snapshot.participants]).to.deep.equal(['waiting', '', []]);
    expect(() => { bo.room.emit('x'); }).not.to.throw(); // Nobody is there to hear it.
    await ada.room.moderate.admit(bo.id);
    expect(await outcome).to.equal('done');
    await until(() => present(ada).length === 1 && present(bo).length === 1, 'they meet');
    expect([stateOf(bo), bo.room.snapshot.local.host, ada.room.snapshot.local.host]).to.deep.equal(['joined', false, true]);
    expect(ada.room.snapshot.knocks).to.deep.equal([]);
    expect(told).to.include('participant-joined');
  });

  it('tells one who is refused, who may knock again', async () => {
    await start({ waitingRoom: true });
    const { guest: bo, outcome } = await knock('Bo');
    await ada.room.moderate.refuse(bo.id);
    expect([await outcome, stateOf(bo), bo.room.snapshot.error?.code]).to.deep.equal(['knock-refused', 'idle', 'knock-refused']);
    await until(() => ada.room.snapshot.knocks.length === 0, 'the knock ended');
  });

  it('hears no more of one who gives up, whose join ends with an AbortError', async () => {
    await start({ waitingRoom: true });
    const { guest: bo, outcome } = await knock('Bo');
    await bo.room.leave();
    expect([await outcome, stateOf(bo), bo.room.snapshot.error]).to.deep.equal(['AbortError', 'idle', undefined]);
    await until(() => ada.room.snapshot.knocks.length === 0, 'the knock ended');
    expect(await outcomeOf(ada.room.moderate.admit(bo.id))).to.equal('unknown-target');
  });

  it('tells a host who comes later who waits', async () => {
    await start({ waitingRoom: true });
    const { guest: bo } = await knock('Bo');
    const [al] = await party.enter('Al');
    expect(al!.room.snapshot.knocks).to.deep.equal([{ id: bo.id, name: 'Bo' }]);
  });

  it('closes a removed one at once, at every other, and their devices; a hint that is no removal closes nobody', async () => {
    await start();
    const [bo, cy] = await party.enter('Bo', 'Cy') as [Guest, Guest];
    await party.allMet();
    await bo.room.enable('camera');
    const camera = bo.room.snapshot.local.tracks[0]?.track;
    const left: string[] = [];
    for (const { room } of [ada, cy]) {
      room.lifecycle.on('participant-left', ({ participant, reason }) => { left.push(`${participant.name} ${reason}`); });
    }
    cy.signaling.deliver('peer-left', { id: bo.id, reason: 'closed by relay' });
    await ada.room.moderate.remove(bo.id);
    await until(() => left.length === 2 && stateOf(bo) === 'idle', 'Bo is out');
    // Bo's engine says goodbye as well, as soon as it knows; whichever came first, nobody waited for silence.
    expect(left.every((line) => line === 'Bo removed' || line === 'Bo left')).to.equal(true);
    expect([bo.room.snapshot.error?.code, camera?.readyState, bo.room.snapshot.local.camera.state])
      .to.deep.equal(['removed', 'ended', 'off']);
    expect(present(ada)).to.deep.equal(['Cy']);
  });

  it('closes a removed one whose engine says nothing, and opens nothing for them again', async () => {
    await start();
    const [bo] = await party.enter('Bo') as [Guest];
    await party.allMet();
    const left: string[] = [];
    ada.room.lifecycle.on('participant-left', ({ reason }) => { left.push(reason); });
    bo.signaling.deliver = () => undefined; // Deaf to the relay: it goes on as if nothing were.
    await ada.room.moderate.remove(bo.id);
    expect(left).to.deep.equal(['removed']);
    await until(() => present(bo).length === 0, 'Bo sees Ada\'s end closed');
    expect(ada.room.snapshot.participants).to.deep.equal([]);
  });

  it('switches a source off where a host asks, never on, and nothing that is no device', async () => {
    await start();
    const [bo] = await party.enter('Bo') as [Guest];
    const told: string[] = [];
    bo.room.lifecycle.on('muted-by-host', ({ by, source }) => { told.push(`${source} ${by === ada.id}`); });
    await bo.room.enable('microphone');
    for (const source of ['camera', 'slides', '__proto__', 'microphone', 'microphone']) await ada.room.moderate.mute(bo.id, source);
    await until(() => bo.room.snapshot.local.microphone.state === 'off', 'it is off');
    await party.enter('Cy'); // Behind the last of these wishes.
    expect(told).to.deep.equal(['microphone true']);
    expect(bo.room.snapshot.local.camera.state).to.equal('off');
    await bo.room.enable('microphone');
    expect(bo.room.snapshot.local.microphone.state).to.equal('on');
  });

  it('locks and opens', async () => {
    await start();
    const changes: boolean[] = [];
    ada.room.lifecycle.on('lock-changed', ({ locked }) => { changes.push(locked); });
    await ada.room.moderate.lock();
    expect(await outcomeOf(party.guest('Bo').room.join())).to.equal('room-locked');
    expect(ada.room.snapshot.locked).to.equal(true);
    await ada.room.moderate.unlock();
    expect(await outcomeOf(party.guest('Bo').room.join())).to.equal('done');
    expect(changes).to.deep.equal([true, false]);
  });

  it('ends for everyone', async () => {
    await start();
    const [bo] = await party.enter('Bo') as [Guest];
    await ada.room.moderate.end();
    await until(() => [ada, bo].every((one) => one.room.snapshot.error?.code === 'room-ended'), 'both are out');
    expect([stateOf(ada), stateOf(bo)]).to.deep.equal(['idle', 'idle']);
  });

  it('refuses all of it to who is no host, and outside', async () => {
    await start();
    const [bo] = await party.enter('Bo') as [Guest];
    const { moderate } = bo.room;
    const asked = [
      moderate.admit('x'), moderate.refuse('x'), moderate.remove(ada.id), moderate.mute(ada.id), moderate.lock(), moderate.unlock(), moderate.end(),
    ];
    expect(await Promise.all(asked.map(outcomeOf))).to.deep.equal(asked.map(() => 'forbidden'));
    expect(stateOf(ada)).to.equal('joined');
    await bo.room.leave();
    expect(await outcomeOf(moderate.lock())).to.equal('not-joined');
  });
});

describe('a token', () => {
  const make = (options: object = {}) => new Room({ server: 'http://relay.invalid', name: 'lobby', ...options }, FakeTopology.factory);

  beforeEach(() => { FakeTopology.joining = () => Promise.resolve(); });
  afterEach(() => { FakeTopology.renewing = () => Promise.resolve(undefined); });

  it('may be replaced, and the new one is shown from then on; a refused one is not', async () => {
    const room = make({ token: 'first' });
    await room.join();
    const { latest } = FakeTopology;
    expect(await latest?.context.getToken?.()).to.equal('first');
    FakeTopology.renewing = () => Promise.reject(new RoomError('unauthorized', 'No.'));
    expect(await outcomeOf(room.renewToken('bad'))).to.equal('unauthorized');
    expect(await latest?.context.getToken?.()).to.equal('first');
    FakeTopology.renewing = () => Promise.resolve(undefined);
    await room.renewToken('second');
    expect([latest?.tokens, await latest?.context.getToken?.()]).to.deep.equal([['bad', 'second'], 'second']);
    room.close();
  });

  it('is not asked for by the relay where the page has `getToken`', async () => {
    const room = make({ token: 'first', getToken: () => 'fresh' });
    await room.join();
    expect(await FakeTopology.latest?.context.getToken?.()).to.equal('fresh');
    room.close();
  });
});
