import { expect } from '@open-wc/testing';
import { allArrives, breakAtRandom, rebuilt, talkingPair } from '../../../test/support/breaks.ts';
import { present } from '../../../test/support/guests.ts';
import { until } from '../../../test/support/until.ts';
import type { Pair, Talker } from '../../../test/support/breaks.ts';

describe('what must arrive', () => {
  let pair: Pair;
  let ada: Talker;
  let bo: Talker;

  beforeEach(async () => {
    pair = await talkingPair();
    [ada, bo] = pair.talkers;
  });

  afterEach(() => { pair.close(); });

  const talk = (count: number) => {
    for (let i = 0; i < count; i++) for (const talker of [ada, bo]) { talker.say(); talker.sayOnChannel(); }
  };

  for (const [which, rebuilders] of [['one end rebuilds', [0]], ['the other does', [1]], ['both do', [0, 1]]] as const) {
    it(`arrives once and in order when ${which}: under way, during and after`, async () => {
      talk(50);
      const rebuilding = rebuilders.map((i) => rebuilt(pair.talkers[i]));
      talk(50); // On a pc that is as good as gone.
      await Promise.all(rebuilding);
      talk(50);
      await pair.party.allMet();
      talk(50);
      await allArrives(pair, which);
    });
  }

  it('arrives over several rebuilds, of which none was finished', async () => {
    for (let round = 0; round < 5; round++) {
      talk(20);
      await rebuilt(round % 2 ? ada : bo);
    }
    await allArrives(pair, 'five rebuilds');
  });

  it('is acknowledged, so that little is kept of much', async () => {
    const first = ada.parts();
    for (let i = 0; i < 1500; i++) ada.say();
    await until(() => bo.heard.length === 1500, 'it was heard');
    await until(() => first.exchange.end() < 128, 'most of it is acknowledged');
  });

  it('asks once and is answered once, whatever is rebuilt in between', async () => {
    let asked = 0;
    let answer: ((value: string) => void) | undefined;
    bo.guest.room.handle('slow', () => {
      asked++;
      return new Promise<string>((resolve) => { answer = resolve; });
    });
    const reply = ada.guest.room.to(bo.guest.id).request('slow');
    await until(() => asked === 1, 'it was asked');
    await rebuilt(ada);
    await pair.party.allMet();
    await rebuilt(bo);
    answer?.('done');
    expect(await reply).to.equal('done');
    expect(asked).to.equal(1);
  });

  it('is what a chat line said during a rebuild does', async () => {
    const lines = () => bo.guest.room.snapshot.messages.map(({ text }) => text);
    ada.guest.room.sendMessage('before');
    await rebuilt(bo);
    ada.guest.room.sendMessage('meanwhile');
    await until(() => lines().length === 2, 'both arrived');
    await pair.party.allMet();
    ada.guest.room.sendMessage('after');
    await until(() => lines().length === 3, 'the third arrived');
    expect(lines()).to.deep.equal(['before', 'meanwhile', 'after']);
  });

  it('neither opens nor closes a channel that counts; one that does not is closed and opened', async () => {
    const told: string[] = [];
    const listen = async ({ guest }: Talker, name: string, options = {}) => {
      const { lifecycle } = await guest.room.openChannel(name, options);
      for (const event of ['open', 'close'] as const) lifecycle.on(event, () => { told.push(`${name} ${event}`); });
    };
    await listen(ada, 'sure');
    await listen(ada, 'fast', { maxRetransmits: 0 });
    await listen(bo, 'sure');
    await listen(bo, 'fast', { maxRetransmits: 0 });
    await until(() => told.length === 4, 'both ends are open');
    told.length = 0;
    await rebuilt(ada);
    await until(() => told.length === 4, 'the fast one is open again');
    expect(told.sort()).to.deep.equal(['fast close', 'fast close', 'fast open', 'fast open']);
  });

  it('is not for a channel that was opened anew meanwhile', async () => {
    ada.channel.emit('n', 'old');
    await until(() => bo.heardOnChannel.length === 1, 'it is open');
    const told: string[] = [];
    for (const event of ['open', 'close'] as const) bo.channel.lifecycle.on(event, () => { told.push(event); });
    await rebuilt(ada);
    ada.channel.emit('n', 'lost with the channel');
    ada.channel.close();
    await ada.openChannel();
    ada.channel.emit('n', 'new');
    await until(() => bo.heardOnChannel.length === 2, 'the new one is heard');
    expect([bo.heardOnChannel, told]).to.deep.equal([['old', 'new'], ['close', 'open']]);
    bo.channel.emit('n', 'back');
    await until(() => ada.heardOnChannel.length === 1, 'both ways');
  });

  it('is an error where it cannot: they were lost before they acknowledged it', async () => {
    bo.parts().pc.close(); // A far end that vanished in the middle.
    ada.say();
    const pending = ada.guest.room.to(bo.guest.id).request('never').catch((error: unknown) => (error as { code: string }).code);
    await until(() => ada.errors.includes('participant-left'), 'they are gone');
    expect([ada.errors.filter((error) => error === 'undelivered'), await pending]).to.deep.equal([['undelivered'], 'unknown-participant']);
    await until(() => present(ada.guest).length === 1 && present(bo.guest).length === 1, 'they met anew');
    ada.errors.length = 0;
    ada.say();
    await until(() => bo.heard.length === 1, 'it is heard');
    expect([bo.heard, ada.errors]).to.deep.equal([[1], []]);
  });

  it('is refused at the call above its bound, and what was taken arrives', async () => {
    const text = 'x'.repeat(60_000);
    let taken = 0;
    const { room } = bo.guest;
    const heard: unknown[] = [];
    room.on('big', (_, { args: [, n] }) => { heard.push(n); });
    await rebuilt(ada);
    let code = '';
    try {
      for (; taken < 100; taken++) ada.guest.room.to(bo.guest.id).emit('big', text, taken);
    } catch (error) {
      ({ code } = error as { code: string });
    }
    expect(code).to.equal('queue-full');
    expect(taken).to.be.within(10, 40);
    await until(() => heard.length === taken, 'what was taken arrived');
    expect(heard).to.deep.equal(Array.from({ length: taken }, (_, n) => n));
  });
});

describe('what must arrive, whatever breaks', () => {
  for (let seed = 1; seed <= 10; seed++) it(`arrives (seed ${seed})`, () => breakAtRandom(seed)).timeout(30_000);
  it('arrives where more is made anew than is let through (seed 16)', () => breakAtRandom(16, { descriptionsBurst: 30 })).timeout(30_000);
});
