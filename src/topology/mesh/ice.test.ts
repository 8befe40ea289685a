import { expect } from '@open-wc/testing';
import { Party } from '../../../test/support/guests.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../../test/support/recorded-pcs.ts';
import { until } from '../../../test/support/until.ts';
import { IceServers, renewalDelayMs } from './ice.ts';
import type { IceConfiguration, IceServer } from '../../protocol/wire.ts';

const turn = (username: string): IceServer => ({ urls: ['turn:127.0.0.1:9'], username, credential: 'c' });
const handedOut = (username: string, expiresInMs?: number): IceConfiguration =>
  ({ iceServers: [turn(username)], ...(expiresInMs !== undefined && { expiresInMs }) });

describe('renewalDelayMs', () => {
  it('is half of the life, or up to a fifth of that less', () => {
    expect([0, 0.5, 1].map((random) => renewalDelayMs(600_000, random))).to.deep.equal([300_000, 270_000, 240_000]);
  });

  it('is never less than a second', () => {
    expect([1500, 0, -5000].map((lifeMs) => renewalDelayMs(lifeMs, 0))).to.deep.equal([1000, 1000, 1000]);
  });
});

describe('IceServers', () => {
  const clock = Date.now.bind(Date);
  let scope: AbortController;
  let servers: IceServers;
  /** The requests that nobody has answered yet. */
  let asked: { answer(configuration: IceConfiguration): void; fail(): void }[];
  let changes: (string | undefined)[];

  beforeEach(() => {
    scope = new AbortController();
    asked = [];
    changes = [];
    servers = new IceServers({ server: 'https://relay.example:8443/x', relayOnly: false, log: () => {}, scope: scope.signal }, {
      ask: () => new Promise((resolve, reject) => {
        asked.push({ answer: resolve, fail: () => { reject(new Error('out of reach')); } });
      }),
      onChanged: (list) => { changes.push(list[0]?.username); },
    });
  });

  afterEach(() => {
    scope.abort();
    Date.now = clock;
  });

  const sleepMs = (ms: number) => { Date.now = () => clock() + ms; };
  const settled = (promise: Promise<void>) => Promise.race([promise.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);

  it('adds the relay\'s own STUN responder, by the host under which it was reached', () => {
    servers.take({ iceServers: [turn('a')], stunPort: 3478 });
    expect(servers.list).to.deep.equal([turn('a'), { urls: 'stun:relay.example:3478' }]);
  });

  it('tells of others, and of nothing else', () => {
    for (const name of ['a', 'a', 'b']) servers.take(handedOut(name, 600_000));
    expect(changes).to.deep.equal(['a', 'b']);
  });

  it('lets nobody wait while the credentials hold, and asks for no others', async () => {
    servers.take(handedOut('a', 600_000));
    await servers.fresh();
    window.dispatchEvent(new Event('online'));
    expect(asked.length).to.equal(0);
  });

  it('asks after half of the life by itself', async () => {
    servers.take(handedOut('a', 2000));
    await until(() => asked.length === 1, 'it asked');
    asked[0]?.answer(handedOut('b', 600_000));
    await until(() => changes.includes('b'), 'it took the answer');
  });

  for (const event of ['online', 'pageshow', 'visibilitychange']) {
    it(`asks after a long sleep, at ${event}`, () => {
      servers.take(handedOut('a', 600_000));
      sleepMs(700_000);
      (event === 'visibilitychange' ? document : window).dispatchEvent(new Event(event));
      expect(asked.length).to.equal(1);
    });
  }

  it('lets all who need credentials wait for one answer', async () => {
    servers.take(handedOut('a', 600_000));
    sleepMs(700_000);
    const waiting = [servers.fresh(), servers.fresh()];
    expect(asked.length).to.equal(1);
    expect(await settled(waiting[0]!)).to.equal(false);
    asked[0]?.answer(handedOut('b', 600_000));
    await Promise.all(waiting);
    expect(changes).to.deep.equal(['a', 'b']);
  });

  it('lets them go on without, at once where the relay is out of reach, and after three seconds where it is silent', async () => {
    servers.take(handedOut('a', 0));
    const refused = servers.fresh();
    asked[0]?.fail();
    await refused;
    await servers.fresh(); // For a while nobody asks again.
    expect(asked.length).to.equal(1);
    servers.take(handedOut('b', 0));
    const startedMs = performance.now();
    await servers.fresh();
    await servers.fresh(); // Nobody waits again for the same answer.
    expect(performance.now() - startedMs).to.be.within(2900, 5000);
    expect(asked.length).to.equal(2);
  }).timeout(8000);
});

describe('MeshTopology', () => {
  let party: Party;

  beforeEach(() => {
    recordPcs();
    party = new Party();
  });

  afterEach(() => {
    party.close();
    stopRecording();
  });

  const names = () => RecordedPc.made.map((pc) => pc.getConfiguration().iceServers?.[0]?.username);

  it('gives renewed credentials to every connection, and changes nothing else of it', async () => {
    party.relay.ice = handedOut('first', 2000);
    const ada = party.guest('Ada', { relayOnly: true });
    const bo = party.guest('Bo', { relayOnly: true });
    for (const { room } of [ada, bo]) await room.join();
    await until(() => RecordedPc.made.length === 2, 'both have a connection');
    expect(names()).to.deep.equal(['first', 'first']);
    const before = RecordedPc.made.map((pc) => ({ ...pc.getConfiguration(), iceServers: [] }));
    party.relay.ice = handedOut('second', 600_000);
    await until(() => names().every((name) => name === 'second'), 'both have the second');
    expect(RecordedPc.made.map((pc) => ({ ...pc.getConfiguration(), iceServers: [] }))).to.deep.equal(before);
    expect(before.map(({ iceTransportPolicy }) => iceTransportPolicy)).to.deep.equal(['relay', 'relay']);
    await party.guest('Cy').room.join();
    await until(() => RecordedPc.made.length === 6, 'Cy is met');
    expect(new Set(names())).to.deep.equal(new Set(['second']));
  });

  it('asks for what the relay does not have at hand before it opens a connection', async () => {
    party.relay.ice = handedOut('first', 0);
    const [ada, bo] = [party.guest('Ada'), party.guest('Bo')];
    await ada.room.join();
    await bo.room.join();
    party.relay.ice = handedOut('asked', 600_000);
    await party.allMet();
    expect(names()).to.deep.equal(['asked', 'asked']);
  });

  it('takes the newest that a return to the relay brought', async () => {
    party.relay.ice = handedOut('first', 600_000);
    const [ada] = await party.pair();
    party.relay.ice = handedOut('second', 600_000);
    ada.signaling.break();
    ada.signaling.restore();
    await until(() => names().includes('second'), 'the connection has the second');
    expect(names().sort()).to.deep.equal(['first', 'second']);
  });
});
