import { expect } from '@open-wc/testing';
import { LoopbackRelay, LoopbackSignaling } from '../signaling/loopback-signaling.ts';
import { createLinkSecret } from '../room/link-secret.ts';
import { until } from '../../test/support/until.ts';
import { LinkKeys } from './link-keys.ts';
import { SealedSignaling } from './sealed-signaling.ts';
import type { Signal } from '../protocol/wire.ts';

/** Keeps what it is to carry, until the test says. */
class HoldingRelay extends LoopbackRelay {
  readonly held: { source: string; data: Signal }[] = [];

  override forward(source: string, _target: string, data: Signal): void {
    this.held.push({ source, data });
  }
}

describe('SealedSignaling', () => {
  let keys: LinkKeys;
  let relay: HoldingRelay;

  beforeEach(async () => {
    keys = await LinkKeys.from(createLinkSecret());
    relay = new HoldingRelay();
  });

  function end(roomId = 'salon', inner = new LoopbackSignaling(relay)) {
    const strangers: string[] = [];
    const signaling = new SealedSignaling(inner, { keys, roomId, onStranger: (id) => { strangers.push(id); } });
    const heard: string[] = [];
    signaling.events.on('envelope', ({ data }) => { if ('candidate' in data) heard.push(data.candidate.candidate); });
    return { inner, signaling, heard, strangers, id: inner.id, join: () => signaling.join({ roomId, engine: { v: 1 } }) };
  }
  const say = ({ signaling }: ReturnType<typeof end>, to: string, candidate: string) => {
    signaling.send(to, { candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0 } });
  };

  it('opens each envelope once, in the order in which it was sealed, from its sender, in its room, join and direction', async () => {
    const [ada, bo, cleo] = [end(), end(), end()];
    for (const one of [ada, bo, cleo]) await one.join();
    const met = new Promise((resolve) => { ada.signaling.events.on('announced', ({ id }) => { if (id === cleo.id) resolve(id); }); });
    await met;
    for (const text of ['1', '2', '3', '4']) say(ada, bo.id, text);
    await until(() => relay.held.length === 4, 'all were sealed');
    const [one, two, three, four] = relay.held.map(({ data }) => data) as [Signal, Signal, Signal, Signal];
    const deliver = (to: typeof bo, source: string, data: Signal) => { to.inner.deliver('envelope', { source, data }); };
    for (const data of [two, one, two]) deliver(bo, ada.id, data);
    deliver(bo, cleo.id, three); // In another's name.
    deliver(cleo, ada.id, three); // To somebody else.
    deliver(ada, bo.id, three); // Back to where it came from.
    deliver(bo, ada.id, three);

    // Another room of the same link, with the same people in it.
    const attic = end('attic', bo.inner);
    relay.leave(bo.inner);
    await attic.join();
    deliver(attic, ada.id, four);
    // Bo joins anew, under the same id.
    const again = end('salon', bo.inner);
    relay.leave(bo.inner);
    await again.join();
    deliver(again, ada.id, four);
    relay.held.length = 0;
    await until(() => { say(ada, bo.id, 'to the new join'); return relay.held.length > 0; }, 'Ada speaks to the new join');
    await until(() => { for (const { source, data } of relay.held.splice(0)) deliver(again, source, data); return again.heard.length > 0; }, 'it is heard');
    expect(bo.heard.slice(0, 2)).to.deep.equal(['2', '3']);
    expect([ada.heard, cleo.heard, attic.heard]).to.deep.equal([[], [], []]);
    expect(new Set(again.heard)).to.deep.equal(new Set(['to the new join']));
  });

  it('hears what the relay says while a join is being opened once it was', async () => {
    const [bo, ada] = [end(), end()];
    await bo.join();
    const told: string[] = [];
    ada.signaling.events.on('departed', ({ id }) => { told.push(id); });
    const { subtle } = crypto;
    const decrypt = subtle.decrypt.bind(subtle);
    subtle.decrypt = async (...asked) => {
      // Chromium is done with so little within the task; elsewhere it takes a while, in which the relay goes on speaking.
      ada.inner.events.emit('departed', { id: bo.id });
      await new Promise((resolve) => { setTimeout(resolve); });
      expect(told).to.deep.equal([]);
      return decrypt(...asked);
    };
    const { participants } = await ada.join();
    subtle.decrypt = decrypt;
    expect(participants.map(({ id }) => id)).to.deep.equal([bo.id]);
    await until(() => told.length > 0, 'it was heard');
  });

  it('tells the join what went wrong while it was being opened, and goes on hearing', async () => {
    const [stranger, ada] = [new LoopbackSignaling(relay), end()];
    await stranger.join({ roomId: 'salon', engine: { v: 1 } });
    ada.strangers.push = () => { throw new RangeError('broken'); };
    const failed = await ada.join().then(() => 'joined', (error: unknown) => (error as Error).message);
    expect(failed).to.equal('broken');
    const departed = new Promise((resolve) => { ada.signaling.events.on('departed', ({ id }) => { resolve(id); }); });
    relay.leave(stranger);
    expect(await departed).to.equal(stranger.id);
  });
});
