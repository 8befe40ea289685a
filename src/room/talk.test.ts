import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { until } from '../../test/support/until.ts';
import { FakeTopology } from '../topology/fake-topology.ts';
import { Room } from './room.ts';
import type { Guest } from '../../test/support/guests.ts';

const lines = ({ room }: { room: Room }) => room.snapshot.messages.map(({ from, name, text, toldBy }) => [from, name, text, toldBy?.name]);

describe('the chat between engines', () => {
  let party: Party;
  beforeEach(() => { party = new Party(); });
  afterEach(() => { party.close(); });

  const join = async (name: string): Promise<Guest> => {
    const [one] = await party.enter(name);
    await party.allMet();
    return one!;
  };

  it('tells the author who has a line', async () => {
    const [ada, bo] = await party.pair();
    ada.room.sendMessage('hi');
    expect(ada.room.snapshot.messages[0]!.sentTo).to.deep.equal([bo.room.snapshot.local.id]);
    await until(() => ada.room.snapshot.messages[0]!.reachedBy?.length === 1, 'Bo has it');
    expect(ada.room.snapshot.messages[0]!.id).to.equal(bo.room.snapshot.messages[0]!.id);
  });

  it('shows who writes, and no more once the line has come', async () => {
    const [ada, bo] = await party.pair();
    ada.room.setTyping(true);
    await until(() => bo.room.snapshot.typing.length === 1, 'Bo sees it');
    ada.room.setTyping(false);
    await until(() => bo.room.snapshot.typing.length === 0, 'Bo sees that it is over');
    ada.room.setTyping(true);
    await until(() => bo.room.snapshot.typing.length === 1, 'Bo sees it again');
    ada.room.sendMessage('hi');
    await until(() => bo.room.snapshot.messages.length === 1, 'the line came');
    expect(bo.room.snapshot.typing).to.deep.equal([]);
  });

  it('gives who comes later and asks what was said: by each their own lines, of who left by one who says so', async () => {
    const [ada, bo] = await party.pair();
    const cy = await join('Cy');
    ada.room.sendMessage('from Ada');
    await until(() => cy.room.snapshot.messages.length === 1 && bo.room.snapshot.messages.length === 1, 'it arrived');
    bo.room.sendMessage('from Bo', { replyTo: bo.room.snapshot.messages[0]!.id });
    await until(() => cy.room.snapshot.messages.length === 2, 'it arrived');
    await ada.room.leave();
    party.guests.shift();
    await until(() => cy.room.snapshot.participants.length === 1, 'Ada is gone');
    const received: string[] = [];
    const di = party.guest('Di');
    di.room.lifecycle.on('message-received', ({ message }) => received.push(message.text));
    await di.room.join();
    di.room.recallMessages();
    await until(() => di.room.snapshot.messages.length === 2, 'Di knows');
    const boId = bo.room.snapshot.local.id;
    expect(lines(di)).to.deep.equal([['', 'Ada', 'from Ada', 'Bo'], [boId, 'Bo', 'from Bo', 'Bo']]);
    const [told, reply] = di.room.snapshot.messages;
    expect(told!.id).to.equal(`${boId}~${reply!.replyTo}`);
    expect(received).to.deep.equal([]);
  });

  it('tells nothing where the page does not want it', async () => {
    const ada = party.guest('Ada', { tellHistory: false });
    await ada.room.join();
    const bo = await join('Bo');
    ada.room.sendMessage('for those who are here');
    await until(() => bo.room.snapshot.messages.length === 1, 'it arrived');
    const cy = await join('Cy');
    bo.room.sendMessage('from Bo');
    await until(() => cy.room.snapshot.messages.length === 1, 'it arrived');
    cy.room.recallMessages();
    const heard: unknown[] = [];
    ada.room.on('x', (payload) => heard.push(payload));
    cy.room.emit('x', 1); // Behind the request, and so is what Ada answers to it.
    await until(() => heard.length === 1, 'the question has come before');
    expect(lines(cy).filter(([name]) => name === ada.room.snapshot.local.id)).to.deep.equal([]);
  });
});

describe('what is told of earlier lines', () => {
  let room: Room;
  const network = () => FakeTopology.latest!;

  beforeEach(async () => {
    FakeTopology.joining = () => Promise.resolve();
    room = new Room({ server: 'http://relay.invalid', name: 'lobby', displayName: 'Me' }, FakeTopology.factory);
    await room.join();
  });
  afterEach(() => { room.close(); });

  const recall = async (...answers: [id: string, lines: unknown[]][]) => {
    for (const [id, said] of answers) {
      network().histories.set(id, () => ({ lines: said }));
      network().arrive(id, id.toUpperCase());
    }
    room.recallMessages();
    const last = answers.at(-1)![1].at(-1) as { text: string };
    await until(() => room.snapshot.messages.some(({ text }) => text === last.text), 'the last one is here');
  };

  it('is never a word of someone who is here, or of oneself', async () => {
    network().arrive('c', 'Cy');
    await recall(['b', [
      { id: '1', text: 'as Cy', agoMs: 9, from: 'c', name: 'Cy' }, { id: '2', text: 'as me', agoMs: 8, from: 'me', name: 'Me' },
      { id: '3', text: 'of Ada', agoMs: 7, from: 'a', name: 'Cy' }, { id: '4', text: 'own', agoMs: 6 },
    ]]);
    // Cy was here first: only they are asked for lines of those who left.
    expect(lines({ room })).to.deep.equal([['b', 'B', 'own', 'B']]);
    expect(room.snapshot.messages.every(({ own }) => !own)).to.equal(true);
  });

  it('of those who left is taken from one alone, under no id of anyone', async () => {
    const told = { id: '3', text: 'of Ada', agoMs: 7, from: 'a', name: 'Cy' };
    const mine = { id: '9', text: 'as me', agoMs: 9, from: 'me', name: 'Me' };
    await recall(['b', [mine, told, { ...told, text: 'again' }, { id: '4', text: 'own', agoMs: 6 }]]);
    expect(lines({ room })).to.deep.equal([['', 'Cy', 'of Ada', 'B'], ['b', 'B', 'own', 'B']]);
    expect(room.snapshot.messages[0]!.id).to.equal('b~a/3');
  });
});
