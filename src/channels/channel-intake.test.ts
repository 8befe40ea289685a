import { expect } from '@open-wc/testing';
import * as v from 'valibot';
import { Party } from '../../test/support/guests.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { Channel } from './channel.ts';

describe('what comes over a named channel', () => {
  let party: Party;
  let ada: Guest;
  let bo: Guest;

  beforeEach(async () => {
    recordPcs();
    party = new Party();
    [ada, bo] = await party.pair();
  });

  afterEach(() => {
    party.close();
    stopRecording();
  });

  const opened = (channel: Channel) => new Promise((resolve) => { channel.lifecycle.once('open', resolve); });
  const rate = { perSecond: 200, burst: 100 };

  it('comes no faster than it is taken, and so nothing is dropped', async () => {
    const theirs = await bo.room.openChannel('x', { rate });
    const mine = await ada.room.openChannel('x');
    await opened(mine);
    const heard: unknown[] = [];
    theirs.on('n', (n) => heard.push(n));
    const startMs = performance.now();
    for (let n = 0; n < 300; n++) mine.emit('n', n);
    await until(() => heard.length === 300, 'all of it came');
    expect(performance.now() - startMs).to.be.at.least(900);
    expect(heard).to.deep.equal(Array.from({ length: 300 }, (_, n) => n));
    expect(bo.room.drops(ada.id)).to.deep.equal({});
  });

  it('is dropped and counted where it comes faster all the same', async () => {
    const theirs = await bo.room.openChannel('x', { rate });
    const mine = await ada.room.openChannel('x');
    await opened(mine);
    let heard = 0;
    theirs.lifecycle.on('data', () => { heard++; });
    const SENT = 1000;
    const raw = RecordedPc.made.flatMap(({ dcs }) => dcs).filter(({ label }) => label.endsWith(':x'));
    for (const dc of raw) for (let i = 0; i < SENT; i++) dc.send(new Uint8Array(10));
    await until(() => heard > 0 && (bo.room.drops(ada.id)['rate'] ?? 0) + heard === SENT, 'all was taken or counted');
    expect(heard).to.be.within(rate.burst, SENT - 1); // How many, `Intake` says, by how long the page stood still.
    expect(ada.room.drops(bo.id)).to.deep.equal({});
  });

  it('is heard only where it matches', async () => {
    const theirs = await bo.room.openChannel('x', { events: { draw: { schema: v.object({ x: v.number() }) } } });
    const mine = await ada.room.openChannel('x');
    const heard: unknown[] = [];
    theirs.on('draw', (payload, { args }) => heard.push([payload, args]));
    theirs.on('last', () => heard.push('last'));
    mine.emit('draw', { x: 'no' });
    mine.emit('draw', { x: 1, more: 2 }, 'beside');
    mine.emit('last');
    await until(() => heard.at(-1) === 'last', 'all came');
    expect(heard).to.deep.equal([[{ x: 1 }, [{ x: 1 }]], 'last']);
    expect(bo.room.drops(ada.id)).to.deep.equal({ 'invalid-payload': 1 });
  });

  it('belongs to each listener alone', async () => {
    const theirs = await bo.room.openChannel('x');
    const mine = await ada.room.openChannel('x');
    const heard: string[] = [];
    for (let i = 0; i < 2; i++) {
      theirs.on('n', (payload) => {
        heard.push(JSON.stringify(payload));
        (payload as unknown[]).push('changed');
      });
      theirs.lifecycle.on('data', ({ data }) => {
        heard.push(new Uint8Array(data).join());
        new Uint8Array(data).fill(9);
      });
    }
    mine.emit('n', [1]);
    mine.send(Uint8Array.of(1, 2));
    await until(() => heard.length === 4, 'both heard both');
    expect(heard).to.deep.equal(['[1]', '[1]', '1,2', '1,2']);
  });

  it('is asked for under no more names than a limit, unless this end opens them', async () => {
    const limited = party.guest('Cy', { limits: { channels: 3 } });
    await limited.room.join();
    await party.allMet();
    const names = Array.from({ length: 5 }, (_, i) => `n${i}`);
    const mine = await Promise.all(names.map((name) => ada.room.to(limited.id).openChannel(name)));
    await until(() => (limited.room.drops(ada.id)['channel'] ?? 0) >= 2, 'two are not noted');
    const states = new Map(mine.map((channel) => [channel.name, false]));
    for (const channel of mine) channel.lifecycle.on('open', () => states.set(channel.name, true));
    for (const name of names.slice(0, 3)) await limited.room.to(ada.id).openChannel(name);
    await until(() => names.slice(0, 3).every((name) => states.get(name)), 'those within the limit open');
  });

  it('has a rate of whole numbers', async () => {
    for (const perSecond of [0, -1, 0.5, NaN, Infinity]) {
      const refused = await ada.room.openChannel('x', { rate: { perSecond, burst: 1 } }).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(TypeError);
    }
  });
});
