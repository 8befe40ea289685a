import { expect } from '@open-wc/testing';
import { Party, present } from '../../test/support/guests.ts';
import { until } from '../../test/support/until.ts';
import { RoomError } from '../shared/errors.ts';
import { FakeTopology } from '../topology/fake-topology.ts';
import { Room } from './room.ts';
import type { RoomOptions } from './room-options.ts';

const OPTIONS: RoomOptions = { server: 'http://relay.invalid', name: 'lobby', displayName: 'Ada' };
const codeOf = (promise: Promise<unknown>) =>
  promise.then(() => 'done', (error: unknown) => (error as { code?: unknown }).code ?? String(error));
const nameOf = (promise: Promise<unknown>) => promise.then(() => 'done', (error: unknown) => (error as Error).name);

describe('Room', () => {
  let room: Room;

  const make = (options: Partial<RoomOptions> = {}) => (room = new Room({ ...OPTIONS, ...options }, FakeTopology.factory));

  beforeEach(() => {
    FakeTopology.joining = () => Promise.resolve();
    make();
  });

  afterEach(() => { room.close(); });

  describe('join', () => {
    const wrong: readonly (readonly [what: string, options: Partial<RoomOptions>, code: string])[] = [
      ['no server', { server: '' }, 'no-server'],
      ...['', 'a b', 'ä', 'x'.repeat(65), '../x'].map((name) => [`the name ${JSON.stringify(name).slice(0, 12)}`, { name }, 'invalid-room'] as [string, Partial<RoomOptions>, string]),
    ];
    for (const [what, options, code] of wrong) {
      it(`refuses ${what} with ${code}, which then stands in the snapshot`, async () => {
        make(options);
        expect(await codeOf(room.join())).to.equal(code);
        expect([room.snapshot.state, room.snapshot.error?.code]).to.deep.equal(['idle', code]);
      });
    }

    it('tells the relay\'s refusal, and may be tried again', async () => {
      FakeTopology.joining = () => Promise.reject(new RoomError('room-full', 'Full.'));
      expect(await codeOf(room.join())).to.equal('room-full');
      FakeTopology.joining = () => Promise.resolve();
      await room.join();
      expect([room.snapshot.state, room.snapshot.error]).to.deep.equal(['joined', undefined]);
    });

    it('needs limits that can be, from the first', async () => {
      const bad: Partial<RoomOptions>[] = [
        { limits: { strikes: 0 } }, { limits: { eventBytes: Number.NaN } }, { limits: { eventsBurst: Infinity } },
        { limits: { eventsPerSecond: '500' as unknown as number } }, { limits: { toString: 5 } as unknown as RoomOptions['limits'] & object },
        { keptBytes: 5 }, { keptBytes: Infinity },
      ];
      for (const options of bad) {
        expect(() => make(options), JSON.stringify(options)).to.throw(TypeError, 'is not');
        expect(() => { room.configure(options); }).to.throw(TypeError, 'is not');
      }
      await room.join();
    });

    it('refuses a second join, under way or done', async () => {
      const joining = room.join();
      expect(await codeOf(room.join())).to.equal('already-joined');
      await joining;
      expect(await codeOf(room.join())).to.equal('already-joined');
      expect(() => { room.configure({ name: 'other' }); }).to.throw('already-joined');
      expect(room.snapshot.state).to.equal('joined');
    });

    it('ends with an AbortError when left meanwhile, and what the relay says then changes nothing', async () => {
      let answer: (() => void) | undefined;
      FakeTopology.joining = () => new Promise((resolve) => { answer = resolve; });
      const joining = nameOf(room.join());
      await until(() => answer, 'the relay was asked');
      await room.leave();
      answer?.();
      expect(await joining).to.equal('AbortError');
      expect([room.snapshot.state, room.snapshot.local.id, room.snapshot.error]).to.deep.equal(['idle', '', undefined]);
      expect(FakeTopology.latest?.left).to.equal('leave');
    });

    it('ends with an AbortError when left before the relay was asked', async () => {
      const joining = nameOf(room.join());
      await room.leave();
      expect([await joining, room.snapshot.state]).to.deep.equal(['AbortError', 'idle']);
      await room.join();
      expect(room.snapshot.state).to.equal('joined');
    });

    it('leaves nobody behind in the relay\'s room when left meanwhile', async () => {
      const party = new Party();
      const [ada, bo] = [party.guest('Ada'), party.guest('Bo')];
      const joining = nameOf(ada.room.join());
      await ada.room.leave();
      expect(await joining).to.equal('AbortError');
      await bo.room.join();
      const [cy] = await party.enter('Cy'); // Whoever was under way has arrived by then.
      await until(() => [bo, cy!].every((guest) => present(guest).length > 0), 'Bo and Cy meet');
      expect([present(bo), present(cy!), party.relay.members.length]).to.deep.equal([['Cy'], ['Bo'], 2]);
      party.close();
    });

    it('works again after a leave, with nobody of the former call', async () => {
      await room.join();
      FakeTopology.latest?.arrive('bo');
      const former = FakeTopology.latest;
      await room.leave();
      await room.join();
      former?.arrive('ghost');
      expect(room.snapshot.participants).to.deep.equal([]);
    });
  });

  describe('before a join and after a leave', () => {
    for (const when of ['before', 'after']) {
      it(`says not-joined ${when}`, async () => {
        if (when === 'after') {
          await room.join();
          await room.leave();
        }
        for (const act of [
          () => { room.emit('x'); }, () => { room.sendMessage('x'); }, () => { room.to('b').emit('x'); },
        ]) expect(act).to.throw('not-joined');
        expect(await codeOf(room.openChannel('x'))).to.equal('not-joined');
        expect(await codeOf(room.server.emit('x'))).to.equal('not-joined');
        expect(await codeOf(room.to('b').openChannel('x'))).to.equal('not-joined');
      });
    }
  });

  it('sends the relay no binary values', async () => {
    await room.join();
    for (const body of [new Uint8Array(1), [{ blob: new Blob() }]]) expect(await codeOf(room.server.emit('x', body))).to.equal('unserializable');
  });

  it('tells its life in order', async () => {
    const told: string[] = [];
    const { lifecycle } = room;
    lifecycle.on('state-changed', ({ state }) => told.push(state));
    lifecycle.on('joined', ({ id }) => told.push(`joined ${id}`));
    lifecycle.on('participant-joined', ({ participant }) => told.push(`+${participant.name}`));
    lifecycle.on('participant-left', ({ participant, reason }) => told.push(`-${participant.name} ${reason}`));
    lifecycle.on('left', ({ reason }) => told.push(`left ${reason}`));
    await room.join();
    FakeTopology.latest?.arrive('b', 'Bo');
    FakeTopology.latest?.tell({ type: 'relay-lost' });
    FakeTopology.latest?.tell({ type: 'relay-back' });
    await room.leave('bye');
    expect(told).to.deep.equal(['joining', 'joined', 'joined me', '+Bo', 'reconnecting', 'joined', 'leaving', 'idle', '-Bo bye', 'left bye']);
  });

  it('ends against one\'s will with the error, and hears nothing more', async () => {
    await room.join();
    const errors: string[] = [];
    room.lifecycle.on('error', ({ error }) => errors.push(error.code));
    FakeTopology.latest?.tell({ type: 'ended', error: new RoomError('replaced', 'Elsewhere.') });
    FakeTopology.latest?.arrive('ghost');
    expect([errors, room.snapshot.state, room.snapshot.error?.code]).to.deep.equal([['replaced'], 'idle', 'replaced']);
    expect(room.snapshot.participants).to.deep.equal([]);
  });

  it('may be left from within any listener', async () => {
    room.lifecycle.on('joined', () => { void room.leave(); });
    await nameOf(room.join());
    expect([room.snapshot.state, FakeTopology.latest?.left]).to.deep.equal(['idle', 'leave']);
  });

  it('shows a chat line with its true sender, and none that is not one', async () => {
    await room.join();
    FakeTopology.latest?.arrive('b', 'Bo');
    FakeTopology.latest?.say('b', 'chat', { id: '1', text: 'hi', from: 'forged', name: 'forged', own: true });
    for (const payload of [null, 'hi', { text: 'hi' }, { id: '1', text: 1 }, { id: '1', text: 'x'.repeat(4001) }]) {
      FakeTopology.latest?.say('b', 'chat', payload);
    }
    expect(room.snapshot.messages.map(({ id, from, name, own, text }) => ({ id, from, name, own, text })))
      .to.deep.equal([{ id: 'b/1', from: 'b', name: 'Bo', own: false, text: 'hi' }]);
  });

  it('gives a listener what was sent first, and the context apart', async () => {
    const heard: unknown[] = [];
    room.on('x', (...all) => heard.push(all));
    await room.join();
    FakeTopology.latest?.say('b', 'x', 1, 2, { from: 'forged' });
    FakeTopology.latest?.say('b', 'x');
    expect(heard).to.deep.equal([[1, { from: 'b', args: [1, 2, { from: 'forged' }] }], [undefined, { from: 'b', args: [] }]]);
  });

  it('has a device on that it opened, also where the browser keeps the list of devices for a page in front', async () => {
    const { mediaDevices } = navigator;
    Object.assign(mediaDevices, { enumerateDevices: () => new Promise(() => {}) });
    try {
      await room.enable('camera');
    } finally {
      Reflect.deleteProperty(mediaDevices, 'enumerateDevices');
    }
    expect(room.snapshot.local.camera.state).to.equal('on');
    room.disable('camera');
  });

  it('publishes one stream a source', () => {
    const stream = new MediaStream();
    const publication = room.publish({ source: 'slides', stream });
    expect(() => room.publish({ source: 'slides', stream })).to.throw('source-taken');
    room.unpublish(publication);
    room.publish({ source: 'slides', stream });
  });

  it('keeps all that it opened until it is left, and nothing after', async () => {
    await room.enable('camera');
    await room.join();
    const track = room.snapshot.local.tracks[0]?.track;
    expect(track?.readyState).to.equal('live');
    await room.leave();
    expect([track?.readyState, room.snapshot.local.camera.state]).to.deep.equal(['ended', 'off']);
    const enabling = nameOf(room.enable('camera'));
    await room.leave();
    expect(await enabling).to.equal('AbortError');
    expect([room.snapshot.local.camera.state, room.snapshot.local.tracks]).to.deep.equal(['off', []]);
  });
});
