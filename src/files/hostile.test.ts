import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { until } from '../../test/support/until.ts';
import { Conversation } from '../peer/conversation.ts';
import { Room } from '../room/room.ts';
import { LoopbackSignaling } from '../signaling/loopback-signaling.ts';
import { MeshTopology } from '../topology/mesh/mesh-topology.ts';
import { hashOf, rootOf } from './blocks.ts';
import { FILES_CHANNEL } from './files-channel.ts';
import { MIB, bytesOf, codeOf, nextOffer, same } from './files.testing.ts';
import { encodePart, parsePart } from './words.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { Channel } from '../channels/channel.ts';
import type { IncomingFile } from './incoming-file.ts';

const ID = 'abcdefghijklmnopqrstuv';
const FRAME = 16 * 1024;

describe('files, against a peer that does not keep to its word', () => {
  let party: Party;
  let bo: Guest;
  let eve: Room;
  let topology: MeshTopology;
  /** Eve's bare end of the file channel: she says what she likes. */
  let raw: Channel;
  let words: unknown[][];
  const dropped = () => bo.room.drops(eve.snapshot.local.id)['file'] ?? 0;

  beforeEach(async () => {
    party = new Party();
    [bo] = await party.enter('Bo') as [Guest];
    eve = new Room({ server: 'http://loopback.invalid', name: 'test', displayName: 'Eve' }, (context) => (topology = new MeshTopology(context, {
      signaling: new LoopbackSignaling(party.relay), loadDialect: () => Promise.resolve((parts) => new Conversation(parts)),
    })));
    await eve.join();
    await until(() => eve.snapshot.participants.some(({ state }) => state === 'connected'), 'they met');
    words = [];
    await openRaw();
  });

  async function openRaw() {
    raw = await topology.openChannel(bo.id, FILES_CHANNEL, {});
    for (const word of ['accept', 'want', 'refuse', 'done', 'pause', 'resume', 'offer', 'withdraw', 'hashes', 'block', 'root', 'gone']) {
      raw.on(word, (_, { args }) => { words.push([word, ...args]); });
    }
  }

  afterEach(() => {
    party.close();
    eve.close();
  });

  const heard = (word: string, number = 1) => words.filter(([said, about]) => said === word && about === number);
  const say = (number: number, offer: unknown) => { raw.emit('offer', number, offer); };
  const part = (index: number, offset: number, bytes: Uint8Array, number = 1) => { raw.send(encodePart({ number, index, offset, bytes })); };
  async function sendBlock(index: number, bytes: Uint8Array<ArrayBuffer>, hash?: string) {
    for (let offset = 0; offset < bytes.length; offset += FRAME) part(index, offset, bytes.subarray(offset, offset + FRAME));
    raw.emit('block', 1, index, hash ?? await hashOf(bytes));
  }
  /** Offers that many bytes, and Bo accepts. */
  async function accepted(size: number): Promise<{ file: IncomingFile; received: Promise<unknown> }> {
    const offered = nextOffer(bo);
    say(1, { id: ID, name: 'x', size, type: '' });
    const file = await offered;
    const received = codeOf(file.accept());
    await until(() => heard('accept').length === 1, 'it is accepted');
    return { file, received };
  }
  /** A word that is answered, behind all that was said before it. */
  let fences = 100;
  async function fence() {
    const id = `fence-${fences++}-xxxxxxxxxxxxxxxx`.slice(0, 22);
    raw.emit('resume', id);
    await until(() => words.some(([word, of]) => word === 'gone' && of === id), 'all before it was heard');
  }

  it('takes no offer that is none', async () => {
    let offers = 0;
    bo.room.files.lifecycle.on('offer', () => { offers++; });
    const fine = { id: ID, name: 'x', size: 1, type: '' };
    const wrong: unknown[] = [
      null, 'x', [], {}, { ...fine, id: 'short' }, { ...fine, id: 7 }, { ...fine, name: 7 }, { ...fine, name: 'x'.repeat(5000) },
      { ...fine, size: -1 }, { ...fine, size: Number.NaN }, { ...fine, size: 1.5 }, { ...fine, size: '1' }, { ...fine, size: 2 ** 60 },
      { ...fine, metadata: 'x'.repeat(2000) },
    ];
    for (const [i, offer] of wrong.entries()) say(i + 1, offer);
    for (const number of [-1, 0.5, '1', null, 2 ** 32, 0]) raw.emit('offer', number, fine);
    await fence();
    expect([offers, dropped(), bo.room.files.snapshot.transfers.length]).to.deep.equal([0, wrong.length + 6, 0]);
  });

  it('has every claim cleaned', async () => {
    const offered = nextOffer(bo);
    say(1, { id: ID, name: '../..\\CON\u202E', size: 1, type: 'text/html; charset=<script>', __proto__: { x: 1 }, from: 'forged', participant: 'forged' });
    const { name, type, participant } = (await offered).snapshot;
    expect({ name, type, participant }).to.deep.equal({ name: '_CON', type: '', participant: eve.snapshot.local.id });
  });

  it('shows no more than eight offers of one who floods', async () => {
    let offers = 0;
    bo.room.files.lifecycle.on('offer', () => { offers++; });
    for (let number = 1; number <= 90; number++) say(number, { id: ID.slice(0, -2) + String(number).padStart(2, '0'), name: 'x', size: 1, type: '' });
    await fence();
    expect([offers, bo.room.files.snapshot.transfers.length, dropped()]).to.deep.equal([8, 8, 82]);
  });

  it('shows no more than eight over one channel after the other', async () => {
    let offers = 0;
    bo.room.files.lifecycle.on('offer', () => { offers++; });
    for (let life = 0; life < 3; life++) {
      for (let n = 1; n <= 6; n++) say(n, { id: `${life}-${n}`.padEnd(22, 'x'), name: 'x', size: 1, type: '' });
      await fence();
      raw.close();
      await openRaw();
    }
    expect([offers, dropped()]).to.deep.equal([8, 10]);
  });

  it('throws at no word', async () => {
    const unprintable = { toString: 1, valueOf: 1 };
    for (const word of ['offer', 'hashes', 'block', 'root', 'hold', 'withdraw', 'gone', 'accept', 'want', 'pause', 'refuse', 'done', 'resume']) {
      for (const args of [[], [unprintable], [1, unprintable, unprintable], [{ '__proto__': 1 }]]) raw.emit(word, ...args);
    }
    await fence();
    expect(dropped()).to.be.greaterThan(40);
  });

  it('is done with who goes on and on', async () => {
    bo.room.files.lifecycle.on('offer', () => undefined);
    let closed = false;
    raw.lifecycle.on('close', () => { closed = true; });
    for (let i = 0; i < 200; i++) raw.emit('want', 7, i);
    await until(() => closed, 'the channel is closed');
    expect(dropped()).to.be.within(100, 110);
  });

  const lies: readonly (readonly [what: string, lie: () => unknown])[] = [
    ['more bytes than the block has', () => {
      for (let offset = 0; offset <= MIB; offset += FRAME) part(0, offset, new Uint8Array(FRAME));
    }],
    ['a block that was not asked for', () => { part(3, 0, new Uint8Array(FRAME)); }],
    ['a block behind the end', () => { part(0xffffffff, 0, new Uint8Array(FRAME)); }],
    ['bytes out of their order', () => { part(0, FRAME, new Uint8Array(FRAME)); }],
    ['a block that is not whole', async () => {
      part(0, 0, new Uint8Array(FRAME));
      raw.emit('block', 1, 0, await hashOf(new Uint8Array(FRAME)));
    }],
    ['a hash that is none', () => sendBlock(0, bytesOf(MIB), 'x')],
    ['the same block again', async () => {
      await sendBlock(0, bytesOf(MIB));
      await sendBlock(0, bytesOf(MIB));
    }],
    ['a root that is none', () => { raw.emit('root', 1, { toString: 1 }); }],
    ['hashes that are none', () => { raw.emit('hashes', 1, 'x', 'y'); }],
  ];
  for (const [what, lie] of lies) {
    it(`ends a transfer in which comes ${what}`, async () => {
      const { received } = await accepted(2 * MIB);
      await lie();
      expect(await received).to.equal('file-corrupt');
      await until(() => heard('refuse').some(([, , code]) => code === 'file-corrupt'), 'she is told');
      expect(dropped()).to.equal(1);
      expect(bo.room.files.snapshot.transfers.map(({ state }) => state)).to.deep.equal(['failed']);
    });
  }

  it('asks three times for a block of another hash, then gives up', async () => {
    const { received } = await accepted(MIB);
    for (let i = 1; i <= 4; i++) {
      await until(() => heard('want').length === i, `it is asked for, ${i}`);
      await sendBlock(0, bytesOf(MIB), await hashOf(bytesOf(1)));
    }
    expect(await received).to.equal('file-corrupt');
    expect(heard('want').length).to.equal(4);
  });

  it('takes the right block after a wrong one, into a stream too', async () => {
    const offered = nextOffer(bo);
    say(1, { id: ID, name: 'x', size: 2 * MIB, type: '' });
    const got: Uint8Array<ArrayBuffer>[] = [];
    const to = new WritableStream<Uint8Array>({ write: (block) => { got.push(block as Uint8Array<ArrayBuffer>); } });
    const received = (await offered).accept({ to });
    const bytes = bytesOf(2 * MIB);
    const blocks = [bytes.slice(0, MIB), bytes.slice(MIB)];
    await until(() => heard('want').length === 2, 'both are asked for');
    await sendBlock(0, blocks[0]!, await hashOf(bytesOf(1)));
    await sendBlock(1, blocks[1]!);
    for (const index of [0, 1]) {
      await until(() => heard('want').filter(([, , of]) => of === index).length === 2, `${index} is asked for again`);
      await sendBlock(index, blocks[index]!);
    }
    raw.emit('root', 1, await rootOf(await Promise.all(blocks.map(hashOf))));
    await received;
    expect(await same(new Blob(got), bytes)).to.equal(true);
  });

  it('takes no file whose blocks are right and whose root is not', async () => {
    const { received } = await accepted(10);
    await sendBlock(0, bytesOf(10));
    raw.emit('root', 1, await hashOf(bytesOf(10)));
    expect(await received).to.equal('file-corrupt');
  });

  it('has a block again of which the sender says after a break that it was another', async () => {
    const { file } = await accepted(3 * MIB);
    const other = bytesOf(MIB, 7);
    await sendBlock(0, bytesOf(MIB));
    await sendBlock(1, bytesOf(MIB, 2));
    await until(() => heard('want').length === 3 && file.snapshot.bytes === 2 * MIB, 'two are there');
    say(2, { id: ID, name: 'x', size: 3 * MIB, type: '' });
    await until(() => heard('accept', 2).length === 1, 'it is taken up again, unasked');
    raw.emit('hashes', 2, 0, [await hashOf(other), await hashOf(bytesOf(MIB, 2))]);
    await until(() => heard('want', 2).some(([, , index]) => index === 0), 'the first is asked for again');
    expect(heard('want', 2).map(([, , index]) => index).sort()).to.deep.equal([0, 2]);
  });

  it('is not taken up again as another file', async () => {
    const { file } = await accepted(3 * MIB);
    say(2, { id: ID, name: 'x', size: 2 * MIB, type: '' });
    await fence();
    expect([dropped(), heard('accept', 2).length, file.snapshot.size]).to.deep.equal([1, 0, 3 * MIB]);
  });

  it('gets nothing without consent, and no block over and over', async () => {
    const bytes = bytesOf(2 * MIB);
    const [sending] = await bo.room.files.send(new Blob([bytes]), { to: eve.snapshot.local.id });
    await until(() => words.some(([word]) => word === 'offer'), 'it is offered');
    const number = words.find(([word]) => word === 'offer')![1] as number;
    let came = 0;
    raw.lifecycle.on('data', ({ data }) => { if (parsePart(data)?.offset === 0) came++; });
    for (const index of [0, -1, 2, 1e9, '0', null]) raw.emit('want', number, index);
    raw.emit('done', number);
    await fence();
    expect([came, sending!.snapshot.bytes, sending!.snapshot.state, dropped()]).to.deep.equal([0, 0, 'offered', 7]);
    raw.emit('accept', number);
    for (let i = 1; i <= 8; i++) {
      raw.emit('want', number, i % 2);
      await until(() => came === i, 'it came');
    }
    raw.emit('want', number, 0);
    expect(await codeOf(sending!.done)).to.equal('file-corrupt');
    expect(came).to.equal(8);
  });
});
