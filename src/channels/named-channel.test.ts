import { expect } from '@open-wc/testing';
import { withPair } from '../../test/support/guests.ts';
import { until } from '../../test/support/until.ts';
import { channelIdOf } from '../protocol/channel-id.ts';
import { codeOf } from './channels.testing.ts';
import type { Guest, Party } from '../../test/support/guests.ts';
import type { Channel, ChannelOptions } from './channel.ts';

const KIB = 1024;
const rejected = (promise: Promise<unknown>) => promise.then(() => 'nothing', (error: unknown) => (error as { code: string }).code);

describe('NamedChannel', () => {
  let party: Party;
  let ada: Guest;
  let bo: Guest;

  withPair((...all) => { [party, ada, bo] = all; });

  /** Opens it here and keeps what is heard: numbers of events, sizes of bytes. */
  async function listen({ room }: Guest, name = 'x', options?: ChannelOptions): Promise<{ channel: Channel; heard: unknown[] }> {
    const channel = await room.openChannel(name, options);
    const heard: unknown[] = [];
    channel.on('n', (payload) => heard.push(payload));
    channel.lifecycle.on('data', ({ data }) => heard.push(data.byteLength));
    return { channel, heard };
  }

  it('keeps what is sent before the other end opens, bytes and events in their order', async () => {
    const mine = await ada.room.openChannel('x');
    mine.emit('n', 'first');
    mine.send(new Uint8Array(7));
    mine.emit('n', 'last');
    const { heard } = await listen(bo);
    await until(() => heard.length === 3, 'all arrived');
    expect(heard).to.deep.equal(['first', 7, 'last']);
  });

  it('tells a listener exactly the payload and who said it', async () => {
    const mine = await ada.room.openChannel('x');
    const theirs = await bo.room.openChannel('x');
    const heard: unknown[][] = [];
    theirs.on('n', (...all) => heard.push(all));
    mine.emit('n', { from: 'forged' }, 2);
    await until(() => heard.length === 1, 'it arrived');
    expect(heard).to.deep.equal([[{ from: 'forged' }, { from: ada.id, args: [{ from: 'forged' }, 2] }]]);
  });

  it('opens again under its name, from either end, and neither doubles nor mixes up', async () => {
    for (const [name, one, other] of [['x', ada, bo], ['y', bo, ada]] as const) {
      const theirs = await listen(other, name);
      for (let life = 0; life < 3; life++) {
        const mine = await one.room.openChannel(name);
        mine.emit('n', life);
        await until(() => theirs.heard.length === life + 1, `life ${life} was heard`);
        mine.close();
      }
      expect(theirs.heard).to.deep.equal([0, 1, 2]);
    }
  });

  it('opens again at once, while the word of the first life is still under way', async () => {
    for (const [one, other] of [[ada, bo], [bo, ada]] as const) {
      const theirs = await listen(other);
      (await one.room.openChannel('x')).close();
      (await one.room.openChannel('x')).close();
      const mine = await listen(one);
      await until(() => {
        theirs.channel.emit('n', 'ping');
        mine.channel.emit('n', 'ping');
        return theirs.heard.length > 0 && mine.heard.length > 0;
      }, 'both hear each other');
      mine.channel.close();
      theirs.channel.close();
    }
  });

  it('finds together when both ends close and open again at once, over and over', async () => {
    const LIVES = 20;
    const reopen = async (one: Guest, mine: Channel | undefined) => {
      mine?.close();
      return listen(one, 'again', { queueBytes: 1024 * KIB });
    };
    let [left, right] = [await reopen(ada, undefined), await reopen(bo, undefined)];
    for (let life = 0; life < LIVES; life++) {
      [left, right] = await Promise.all([reopen(ada, left.channel), reopen(bo, right.channel)]);
    }
    await until(() => {
      left.channel.emit('n', 'from Ada');
      right.channel.emit('n', 'from Bo');
      return left.heard.length > 0 && right.heard.length > 0;
    }, 'the last lives found each other');
  });

  it('tells of its ends: open when both have it, close when one has not', async () => {
    const mine = await ada.room.openChannel('x');
    const told: string[] = [];
    mine.lifecycle.on('open', ({ participant }) => told.push(`open ${participant === bo.id}`));
    mine.lifecycle.on('close', ({ participant }) => told.push(`close ${participant === bo.id}`));
    const { channel } = await listen(bo);
    await until(() => told.length === 1, 'it is open');
    channel.close();
    await until(() => told.length === 2, 'it is closed');
    expect(told).to.deep.equal(['open true', 'close true']);
  });

  it('keeps names apart that hash to one stream', async () => {
    const names = new Map<number, string>();
    let twins: string[] = [];
    for (let i = 0; twins.length === 0; i++) {
      const name = `n${Math.imul(i, 0x9e3779b1) >>> 0}`;
      const id = channelIdOf(name);
      if (names.has(id)) twins = [names.get(id)!, name];
      names.set(id, name);
    }
    const heard: unknown[] = [];
    for (const name of twins) (await bo.room.openChannel(name)).on('n', (payload) => heard.push([name, payload]));
    for (const name of twins) (await ada.room.openChannel(name)).emit('n', name);
    await until(() => heard.length === 2, 'both arrived');
    expect(heard).to.have.deep.members(twins.map((name) => [name, name]));
  });

  it('is one of its name in a pair', async () => {
    await ada.room.openChannel('x');
    expect(await rejected(ada.room.openChannel('x'))).to.equal('channel-exists');
    expect(await rejected(ada.room.to(bo.id).openChannel('x'))).to.equal('channel-exists');
    expect(await rejected(ada.room.to('nobody').openChannel('y'))).to.equal('unknown-participant');
  });

  it('goes to one participant, or to all', async () => {
    const [cy] = await party.enter('Cy');
    await party.allMet();
    const direct = await ada.room.to(bo.id).openChannel('x');
    const all = await ada.room.openChannel('y');
    const [toBo, toCy] = [await listen(bo), await listen(cy!)];
    const [yBo, yCy] = [await listen(bo, 'y'), await listen(cy!, 'y')];
    direct.emit('n', 1);
    all.emit('n', 2);
    await until(() => yBo.heard.length === 1 && yCy.heard.length === 1 && toBo.heard.length === 1, 'each got its own');
    expect(toCy.heard).to.deep.equal([]);
  });

  it('refuses at the caller what cannot go, and sends nothing of it', async () => {
    const mine = await ada.room.openChannel('x');
    const { heard } = await listen(bo);
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(codeOf(() => mine.emit('n', cycle))).to.equal('unserializable');
    expect(codeOf(() => mine.emit('n', 1n))).to.equal('unserializable');
    expect(codeOf(() => mine.emit('n', 'x'.repeat(1_100_000)))).to.equal('message-too-large');
    expect(codeOf(() => mine.send(new Uint8Array(1100 * KIB)))).to.equal('message-too-large');
    expect(codeOf(() => mine.send('text' as unknown as ArrayBuffer))).to.equal('TypeError');
    for (const name of ['open', 'n']) expect(codeOf(() => mine.emit(name))).to.equal('nothing thrown');
    for (const name of ['error', 'track-added', '#rtcio:x', '']) expect(codeOf(() => mine.emit(name)), name).to.equal('reserved-name');
    mine.emit('n', 'good');
    await until(() => heard.includes('good'), 'what is good arrived');
    mine.close();
    expect(codeOf(() => mine.emit('n', 1))).to.equal('channel-closed');
    expect(codeOf(() => mine.send(new Uint8Array(1)))).to.equal('channel-closed');
  });

  it('fires none of the library\'s events for what comes over it', async () => {
    const mine = await ada.room.openChannel('x');
    const { channel, heard } = await listen(bo);
    const fired: string[] = [];
    for (const event of ['open', 'close', 'drain'] as const) channel.lifecycle.on(event, () => fired.push(event));
    await until(() => fired.length === 1, 'it is open');
    for (const name of ['open', 'close', 'drain', 'data', '__proto__', 'constructor']) mine.emit(name, {});
    mine.emit('n', 'last');
    await until(() => heard.includes('last'), 'all was said');
    expect([fired, heard]).to.deep.equal([['open'], ['last']]);
  });

  it('stops a sender who is too fast, loses nothing that it took, and tells when to go on', async () => {
    const options = { queueBytes: 256 * KIB };
    const mine = await ada.room.openChannel('x', options);
    let opened = 0;
    mine.lifecycle.on('open', () => opened++);
    const { heard } = await listen(bo, 'x', options);
    await until(() => opened === 1, 'it is open');
    let drains = 0;
    mine.lifecycle.on('drain', () => { drains++; });
    let taken = 0;
    while (taken < 1000 && codeOf(() => mine.send(new Uint8Array(16 * KIB))) === 'nothing thrown') taken++;
    expect(codeOf(() => mine.send(new Uint8Array(16 * KIB)))).to.equal('queue-full');
    await until(() => drains > 0 && heard.length === taken, 'what was taken arrived');
    expect(mine.send(new Uint8Array(16 * KIB))).to.equal(true);
    await until(() => heard.length === taken + 1, 'and what came after');
  });

  it('is not held up by who never opens it, however small its queue', async () => {
    await party.enter('Cy');
    await party.allMet();
    const mine = await ada.room.openChannel('x', { queueBytes: 64 * KIB });
    const { heard } = await listen(bo);
    let opened = 0;
    mine.lifecycle.on('open', () => opened++);
    await until(() => opened === 1, 'Bo has it');
    for (let n = 0; n < 40; n++) {
      await until(() => mine.bufferedBytes <= 64 * KIB, 'it flows');
      mine.send(new Uint8Array(16 * KIB));
    }
    await until(() => heard.length === 40, 'all of it arrived at Bo');
  });

  it('loses nothing at the largest watermark, and refuses one above what the browser can hold', async () => {
    const above = ada.room.openChannel('y', { highWaterBytes: 64 * KIB * KIB });
    expect(await above.catch((error: unknown) => error)).to.be.instanceOf(TypeError);
    const mine = await ada.room.openChannel('x', { highWaterBytes: 8 * KIB * KIB, queueBytes: 64 * KIB * KIB });
    const { heard } = await listen(bo);
    await until(() => codeOf(() => mine.emit('n', 0)) === 'nothing thrown' && heard.length > 0, 'it is open');
    const before = heard.length;
    const FRAMES = 100;
    for (let n = 0; n < FRAMES; n++) mine.send(new Uint8Array(256 * KIB));
    await until(() => heard.filter((size) => size === 256 * KIB).length === FRAMES, 'all of it arrived');
    expect(heard.length).to.be.at.least(before + FRAMES);
  });

  it('says so where the participant of a direct channel has gone', async () => {
    const mine = await ada.room.to(bo.id).openChannel('x');
    await bo.room.leave();
    await until(() => ada.room.snapshot.participants.length === 0, 'Bo has gone');
    await until(() => codeOf(() => mine.emit('n', 1)) === 'channel-closed', 'nothing is lost in silence');
  });

  it('closes with the room', async () => {
    const mine = await ada.room.openChannel('x');
    const closed: string[] = [];
    mine.lifecycle.on('close', () => closed.push('close'));
    const { heard } = await listen(bo);
    mine.emit('n', 1);
    await until(() => heard.length === 1, 'it is open');
    await ada.room.leave();
    await until(() => codeOf(() => mine.emit('n', 1)) === 'channel-closed', 'it says so');
    expect(closed).to.deep.equal(['close']);
  });
});
