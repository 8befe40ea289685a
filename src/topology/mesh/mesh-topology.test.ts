import { expect } from '@open-wc/testing';
import { Conversation } from '../../peer/conversation.ts';
import { Room } from '../../room/room.ts';
import { LoopbackRelay, LoopbackSignaling } from '../../signaling/loopback-signaling.ts';
import { until } from '../../../test/support/until.ts';
import { MeshTopology } from './mesh-topology.ts';
import type { EventContext } from '../../room/room-options.ts';

interface Guest { room: Room; signaling: LoopbackSignaling }

function guest(relay: LoopbackRelay, displayName: string): Guest {
  const signaling = new LoopbackSignaling(relay);
  const room = new Room({ server: 'http://loopback.invalid', name: 'test', displayName }, (context) => new MeshTopology(context, {
    signaling,
    loadDialect: () => Promise.resolve((parts) => new Conversation(parts)),
  }));
  return { room, signaling };
}

const present = ({ room }: Guest) => room.snapshot.participants.filter(({ state }) => state === 'connected').map(({ name }) => name);

describe('MeshTopology', () => {
  let relay: LoopbackRelay;
  let guests: Guest[];

  async function enter(...names: string[]): Promise<Guest[]> {
    const entering = names.map((name) => guest(relay, name));
    guests.push(...entering);
    await Promise.all(entering.map(({ room }) => room.join()));
    return entering;
  }

  const allMet = () => until(() => guests.every((one) => present(one).length === guests.length - 1), 'everyone met everyone');

  beforeEach(() => {
    relay = new LoopbackRelay();
    guests = [];
  });

  afterEach(() => {
    for (const { room } of guests) room.close();
  });

  it('connects two participants, who then see each other\'s names', async () => {
    const [ada, bo] = await enter('Ada', 'Bo');
    await allMet();
    expect(present(ada!)).to.deep.equal(['Bo']);
    expect(present(bo!)).to.deep.equal(['Ada']);
  });

  it('makes one connection for each pair when four join at once', async () => {
    await enter('A', 'B', 'C', 'D');
    await allMet();
  });

  it('carries events with the sender known from the transport and nothing else in the context', async () => {
    const [ada, bo] = await enter('Ada', 'Bo');
    await allMet();
    const heard: [unknown, EventContext][] = [];
    bo!.room.on('greet', (payload, context) => heard.push([payload, context]));
    ada!.room.emit('greet', { from: 'mallory' }, 'second');
    await until(() => heard.length > 0, 'the greeting arrived');
    expect(heard).to.deep.equal([
      [{ from: 'mallory' }, { from: ada!.room.snapshot.local.id, args: [{ from: 'mallory' }, 'second'] }],
    ]);
  });

  it('hears what the relay says in one breath with its answer to the join, after the answer and in order', async () => {
    const [bo] = await enter('Bo');
    const ada = guest(relay, 'Ada');
    guests.push(ada);
    const { join } = ada.signaling;
    ada.signaling.join = async (request, present) => {
      const joined = await join.call(ada.signaling, request, present);
      const { events } = ada.signaling;
      events.emit('announced', { id: 'ghost', name: 'Ghost' });
      events.emit('departed', { id: bo!.signaling.id });
      events.emit('lost', { silent: false });
      return joined;
    };
    await ada.room.join();
    const { state, participants } = ada.room.snapshot;
    expect([state, ...participants.map(({ name }) => name)]).to.deep.equal(['reconnecting', 'Ghost']);
  });

  it('keeps what is emitted before the connection stands', async () => {
    const [ada] = await enter('Ada');
    const bo = guest(relay, 'Bo');
    guests.push(bo);
    const heard: unknown[] = [];
    bo.room.on('early', (payload) => heard.push(payload));
    await bo.room.join();
    await until(() => ada!.room.snapshot.participants.length === 1, 'Bo was announced');
    ada!.room.emit('early', 1);
    ada!.room.emit('early', 2);
    await until(() => heard.length === 2, 'both arrived');
    expect(heard).to.deep.equal([1, 2]);
  });

  it('asks someone who is not connected yet: the question waits as an event does', async () => {
    const [ada, bo] = [guest(relay, 'Ada'), guest(relay, 'Bo')];
    guests.push(ada, bo);
    bo.room.handle('who', () => 'Bo');
    await ada.room.join();
    const answer = new Promise((resolve) => {
      ada.room.subscribe(({ participants: [met] }) => {
        if (met?.state === 'connecting') resolve(ada.room.to(met.id).request('who'));
      });
    });
    await bo.room.join();
    expect(await answer).to.equal('Bo');
  });

  it('answers requests, and says so when nobody does', async () => {
    const [ada, bo] = await enter('Ada', 'Bo');
    await allMet();
    bo!.room.handle('add', (payload) => (payload as number[]).reduce((a, b) => a + b));
    const to = ada!.room.to(bo!.room.snapshot.local.id);
    expect(await to.request('add', [1, 2, 3])).to.equal(6);
    const refused = await to.request('subtract', []).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'no-handler');
  });

  it('shows a camera that was on before the join, and one that comes later, without a new m-line for each toggle', async () => {
    const ada = guest(relay, 'Ada');
    guests.push(ada);
    await ada.room.enable('camera');
    await ada.room.join();
    const [bo] = await enter('Bo');
    const seen = () => bo!.room.snapshot.participants[0]?.tracks ?? [];
    await until(() => seen().some(({ source, live, track }) => source === 'camera' && live && track), 'the camera is seen');
    ada.room.disable('camera');
    await until(() => seen().every(({ live }) => !live), 'it is off');
    await ada.room.enable('camera');
    await ada.room.enable('microphone');
    await until(() => seen().filter(({ live, track }) => live && track).length === 2, 'both are there');
    expect(seen().map(({ source }) => source)).to.have.members(['camera', 'microphone']);
  });

  it('removes at once who leaves', async () => {
    const [ada, bo] = await enter('Ada', 'Bo');
    await allMet();
    const left: string[] = [];
    ada!.room.lifecycle.on('participant-left', ({ participant, reason }) => left.push(`${participant.name}: ${reason}`));
    await bo!.room.leave();
    await until(() => ada!.room.snapshot.participants.length === 0, 'Bo is gone');
    expect(left).to.deep.equal(['Bo: left']);
  });

  it('keeps a call over a break of the signaling, and nobody is shown twice', async () => {
    const [ada, bo] = await enter('Ada', 'Bo');
    await allMet();
    const left: string[] = [];
    bo!.room.lifecycle.on('participant-left', ({ reason }) => left.push(reason));
    ada!.signaling.break();
    await until(() => ada!.room.snapshot.state === 'reconnecting', 'Ada noticed');
    const heard: unknown[] = [];
    bo!.room.on('still', (payload) => heard.push(payload));
    ada!.room.emit('still', 'here');
    await until(() => heard.length === 1, 'events still flow');
    ada!.signaling.restore();
    await until(() => ada!.room.snapshot.state === 'joined', 'Ada is back');
    expect([present(ada!), present(bo!), left]).to.deep.equal([['Bo'], ['Ada'], []]);
  });

  it('opens a channel when both ends have, late joiners included, and carries bytes in order', async () => {
    const [ada, bo] = await enter('Ada', 'Bo');
    await allMet();
    const channel = await ada!.room.openChannel('doc');
    channel.emit('title', 'early');
    const heard: unknown[] = [];
    const at = async (one: Guest) => {
      const mine = await one.room.openChannel('doc');
      mine.on('title', (payload) => heard.push(payload));
      mine.lifecycle.on('data', ({ data }) => heard.push([...new Uint8Array(data)]));
      return mine;
    };
    await at(bo!);
    await until(() => heard.length === 1, 'what was sent before the other end opened arrived');
    channel.send(new Uint8Array([1, 2, 3]));
    channel.emit('title', 'later');
    await until(() => heard.length === 3, 'the rest arrived');
    expect(heard).to.deep.equal(['early', [1, 2, 3], 'later']);
    const opened: string[] = [];
    channel.lifecycle.on('open', ({ participant }) => opened.push(participant));
    const [cy] = await enter('Cy');
    await at(cy!);
    await until(() => opened.includes(cy!.room.snapshot.local.id), 'the late joiner is on the channel');
  });

  it('keeps twenty names apart, whatever streams they hash to', async () => {
    const [ada, bo] = await enter('Ada', 'Bo');
    await allMet();
    const names = Array.from({ length: 20 }, (_, i) => `name-${i}`);
    const heard = new Map<string, unknown>();
    const mine = await Promise.all(names.map((name) => ada!.room.openChannel(name)));
    for (const name of names.toReversed()) (await bo!.room.openChannel(name)).on('ping', (payload) => heard.set(name, payload));
    for (const channel of mine) channel.emit('ping', channel.name);
    await until(() => heard.size === names.length, 'every channel carried its own');
    for (const [name, payload] of heard) expect(payload).to.equal(name);
  });
});
