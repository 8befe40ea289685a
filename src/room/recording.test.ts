import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { Rogue } from '../../test/support/rogue.ts';
import { until } from '../../test/support/until.ts';
import { GESTURE } from '../protocol/gesture.ts';
import type { Guest } from '../../test/support/guests.ts';

const recorders = ({ room: { snapshot: { participants } } }: Guest) =>
  participants.filter(({ recording }) => recording !== undefined).map(({ name }) => name);

/** What the library tells of recordings. */
function told({ room }: Guest): string[] {
  const all: string[] = [];
  for (const event of ['recording-started', 'recording-stopped'] as const) {
    room.lifecycle.on(event, ({ participant: { name } }) => { all.push(`${event} ${name}`); });
  }
  return all;
}

describe('the sign of a recording', () => {
  let party: Party;
  beforeEach(() => { party = new Party(); });
  afterEach(() => { party.close(); });

  it('is seen by everyone, late joiners too, and told once', async () => {
    const [ada, bo] = await party.pair();
    const [here, there] = [told(ada), told(bo)];
    await ada.room.announceRecording();
    await ada.room.announceRecording();
    expect(ada.room.snapshot.local.recording).to.be.a('number');
    await until(() => recorders(bo).length === 1, 'Bo sees it');
    const [cem] = await party.enter('Cem');
    await until(() => recorders(cem!).join() === 'Ada', 'who comes late sees it');
    await ada.room.announceRecording(false);
    await until(() => recorders(bo).length === 0 && recorders(cem!).length === 0, 'it is over');
    expect([here, there]).to.deep.equal([
      ['recording-started Ada', 'recording-stopped Ada'], ['recording-started Ada', 'recording-stopped Ada'],
    ]);
  });

  it('ends with leaving, here and there', async () => {
    const [ada, bo] = await party.pair();
    const [here, there] = [told(ada), told(bo)];
    await ada.room.announceRecording();
    await until(() => recorders(bo).length === 1, 'Bo sees it');
    await ada.room.leave();
    await until(() => there.length === 2, 'Bo is told that it is over');
    expect([ada.room.snapshot.local.recording, here, there.at(-1)]).to.deep.equal(
      [undefined, ['recording-started Ada', 'recording-stopped Ada'], 'recording-stopped Ada'],
    );
  });

  it('goes even where one has said too much, and does not begin unannounced', async () => {
    const [ada, bo] = await party.pair();
    const refusal = (promise: Promise<void>) => promise.then(() => '', String);
    await ada.room.announceRecording();
    for (let i = 0; i < 12; i++) await refusal(ada.room.react('👍'));
    expect(await refusal(ada.room.react('👍'))).to.contain('rate-limited');
    await until(() => recorders(bo).length === 1, 'Bo sees it');
    await ada.room.announceRecording(false);
    await until(() => recorders(bo).length === 0, 'it is over there too');
    expect(await refusal(ada.room.announceRecording())).to.contain('rate-limited');
    expect(ada.room.snapshot.local.recording).to.equal(undefined);
  });

  it('is not said to who does not know it', async () => {
    const said: unknown[][] = [];
    const victim = party.guest('Victim');
    await victim.room.join();
    await party.guest('Old', {}, (parts) => {
      const old = new Rogue(parts, (hello) => ({ ...hello, features: ['gestures'] }));
      old.receive = (...[envelope]: unknown[]) => {
        const { e, d } = envelope as { e: string; d: unknown[] };
        said.push(e === GESTURE ? d : [e]);
      };
      return old;
    }).room.join();
    await until(() => victim.room.snapshot.participants.some(({ state }) => state === 'connected'), 'they met');
    await victim.room.announceRecording();
    await victim.room.raiseHand();
    victim.room.emit('last');
    await until(() => said.some(([word]) => word === 'last'), 'what came after was heard');
    expect(said.map(([word]) => word)).to.include('hand').and.not.to.include('recording');
  });
});
