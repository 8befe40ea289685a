import { expect } from '@open-wc/testing';
import { rebuilt, talkingPair } from '../../test/support/breaks.ts';
import { Party } from '../../test/support/guests.ts';
import { RecordedPc } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import { Conversation } from '../peer/conversation.ts';
import { HELLO } from '../protocol/control.ts';
import { codeOf } from './channels.testing.ts';
import type { Pair } from '../../test/support/breaks.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { Hello } from '../protocol/control.ts';
import type { Room } from '../room/room.ts';
import type { Channel } from './channel.ts';


describe('between our engines', () => {
  let pair: Pair;
  beforeEach(async () => { pair = await talkingPair(); });
  afterEach(() => { pair.close(); });

  const rooms = () => pair.talkers.map(({ guest }) => guest.room) as [Room, Room];
  const idOfBo = () => pair.talkers[1].guest.id;
  const heardBy = (source: { on(event: string, listener: (payload: unknown, context: { args: readonly unknown[] }) => void): unknown }) => {
    const heard: unknown[] = [];
    source.on('x', (_, { args }) => heard.push(...args));
    return heard;
  };
  const values = () => [
    new ArrayBuffer(3), Uint8Array.of(1, 2, 3).subarray(1), Float32Array.of(1.5), BigInt64Array.of(-1n), new DataView(Uint8Array.of(7).buffer),
    { in: [{ an: Uint16Array.of(513) }] },
  ];

  it('binary values arrive as what they were: to all, to one, in a request and its answer, on a channel', async () => {
    const [ada, bo] = rooms();
    const heard = heardBy(bo);
    ada.emit('x', ...values());
    ada.to(idOfBo()).emit('x', ...values());
    await until(() => heard.length === 12, 'both arrived');
    expect(heard).to.deep.equal([...values(), ...values()]);
    bo.handle('twice', (payload) => [payload, payload]);
    expect(await ada.to(idOfBo()).request('twice', Uint8Array.of(9))).to.deep.equal([Uint8Array.of(9), Uint8Array.of(9)]);
    const onChannel = heardBy(pair.talkers[1].channel);
    pair.talkers[0].channel.emit('x', ...values());
    await until(() => onChannel.length === 6, 'it arrived on the channel');
    expect(onChannel).to.deep.equal(values());
  });

  it('a blob arrives with its type, and what comes after it waits', async () => {
    const [ada, bo] = rooms();
    const heard = heardBy(bo);
    ada.emit('x', new Blob(['first'], { type: 'text/plain' }));
    ada.emit('x', 'second');
    ada.emit('x', Uint8Array.of(3));
    await until(() => heard.length === 3, 'all arrived');
    const [blob, ...rest] = heard as [Blob];
    expect([blob.type, await blob.text(), ...rest]).to.deep.equal(['text/plain', 'first', 'second', Uint8Array.of(3)]);
  });

  it('a blob that cannot be read is an error, and holds up nothing', async () => {
    const [ada, bo] = rooms();
    const heard = heardBy(bo);
    const broken = new Blob(['x']);
    broken.arrayBuffer = () => Promise.reject(new Error('gone'));
    ada.emit('x', broken);
    ada.emit('x', 'after');
    const asked = await ada.to(idOfBo()).request('x', broken).catch((error: unknown) => (error as { code: string }).code);
    await until(() => heard.length === 1, 'the other arrived');
    expect([heard, asked, pair.talkers[0].errors]).to.deep.equal([['after'], 'unserializable', ['unserializable']]);
    pair.talkers[0].channel.emit('x', broken);
    await until(() => pair.talkers[0].errors.length === 2, 'it is told of on a channel too');
  });

  it('a large event arrives whole, over a rebuilt connection too, up to what the far end takes', async () => {
    const [ada, bo] = rooms();
    const heard = heardBy(bo);
    const large = new Uint8Array(1_000_000).map((_, i) => i * 31 + (i >> 8));
    ada.emit('x', large);
    await rebuilt(pair.talkers[1]);
    await until(() => heard.length === 1, 'the first arrived');
    ada.emit('x', 'y'.repeat(600_000));
    expect(codeOf(() => { ada.emit('x', 'z'.repeat(1_100_000)); })).to.equal('message-too-large');
    expect(codeOf(() => { ada.emit('x', new Uint8Array(1_100_000)); })).to.equal('message-too-large');
    await until(() => heard.length === 2, 'both arrived');
    expect(heard).to.deep.equal([large, 'y'.repeat(600_000)]);
  });

  it('a chat line overtakes a large event, and lines keep their order', async () => {
    const [ada, bo] = rooms();
    const order: string[] = [];
    bo.on('x', () => { order.push('large'); });
    bo.lifecycle.on('message-received', ({ message }) => { order.push(message.text); });
    ada.emit('x', new Uint8Array(900_000));
    await Promise.resolve();
    for (const line of ['1', '2', '3']) ada.sendMessage(line);
    await until(() => order.length === 4, 'all arrived');
    expect(order).to.deep.equal(['1', '2', '3', 'large']);
  });

  it('events of one task leave in few frames, the first at once, and are heard one by one', async () => {
    const [ada, bo] = rooms();
    const heard = heardBy(bo);
    const frames: unknown[] = [];
    const dc = RecordedPc.made.flatMap(({ dcs }) => dcs).find((one) => one.label === 'rtcio:ctrl') as RTCDataChannel;
    const send = dc.send.bind(dc);
    dc.send = (frame: unknown) => { frames.push(frame); send(frame as string); };
    const [from, to] = pair.talkers[0].parts().pc === RecordedPc.made[0] ? [ada, heard] : [bo, heardBy(ada)];
    from.emit('x', 0);
    expect(frames).to.deep.equal(['{"e":"x","d":[0]}']);
    for (let n = 1; n < 500; n++) from.emit('x', n);
    await until(() => to.length === 500, 'all arrived');
    expect(to).to.deep.equal(Array.from({ length: 500 }, (_, n) => n));
    expect(frames.filter((frame) => String(frame).includes('"x"')).length).to.equal(2);
  });

  it('messages of a channel that are longer than a frame arrive whole, and bytes that begin as our own do stay bytes', async () => {
    const [ada, bo] = pair.talkers.map(({ channel }) => channel) as [Channel, Channel];
    const sizes: number[] = [];
    let last: ArrayBuffer | undefined;
    bo.lifecycle.on('data', ({ data }) => { sizes.push((last = data).byteLength); });
    ada.send(new Uint8Array(700_000).fill(5));
    ada.send(Uint8Array.of(0xf5, 0x72, 0x74, 0x63, 2, 1, 1));
    ada.send(Uint8Array.of(0xf5, 0x72, 0x74, 0x63));
    await until(() => sizes.length === 3, 'all arrived');
    expect([sizes, [...new Uint8Array(last as ArrayBuffer)]]).to.deep.equal([[700_000, 7, 4], [0xf5, 0x72, 0x74, 0x63]]);
    expect(codeOf(() => ada.send(new Uint8Array(1_100_000)))).to.equal('message-too-large');
  });

  it('bytes of a channel have the same bound where a browser would send a gigabyte at once', async () => {
    const [ada, bo] = pair.talkers.map(({ channel }) => channel) as [Channel, Channel];
    const sizes: number[] = [];
    bo.lifecycle.on('data', ({ data }) => { sizes.push(data.byteLength); });
    const own = Object.getOwnPropertyDescriptor(RTCSctpTransport.prototype, 'maxMessageSize') ?? {};
    Object.defineProperty(RTCSctpTransport.prototype, 'maxMessageSize', { ...own, get: () => 1_073_741_823 });
    try {
      expect(codeOf(() => ada.send(new Uint8Array(1_100_000)))).to.equal('message-too-large');
      ada.send(new Uint8Array(700_000));
    } finally {
      Object.defineProperty(RTCSctpTransport.prototype, 'maxMessageSize', own);
    }
    await until(() => sizes.length === 1, 'what may go arrives');
    expect(sizes).to.deep.equal([700_000]);
  });

  it('what is volatile is dropped while nothing flows, and arrives while it does', async () => {
    const [ada, bo] = rooms();
    const heard = heardBy(bo);
    ada.volatile.emit('x', 1);
    await until(() => heard.length === 1, 'the first arrived');
    await rebuilt(pair.talkers[0]);
    ada.volatile.emit('x', 2);
    ada.to(idOfBo()).volatile.emit('x', 3);
    ada.emit('x', 4);
    await pair.party.allMet();
    ada.to(idOfBo()).volatile.emit('x', 5);
    await until(() => heard.includes(5), 'the last arrived');
    expect(heard).to.deep.equal([1, 4, 5]);
  });
});

describe('towards an engine that does not know it', () => {
  it('nothing is joined or packed, and what cannot be said is an error', async () => {
    const party = new Party();
    const [ada, bo] = ['Ada', 'Bo'].map((name) => party.guest(name, {}, (parts) => {
      const { control } = parts;
      const tell = control.tell.bind(control);
      control.tell = (event, ...args) => { tell(event, ...event === HELLO ? [{ ...args[0] as Hello, features: [] }] : args); };
      return new Conversation(parts);
    })) as [Guest, Guest];
    try {
      for (const { room } of party.guests) await room.join();
      await party.allMet();
      const [heard, errors]: [unknown[], string[]] = [[], []];
      bo.room.on('x', (payload) => { heard.push(payload); });
      ada.room.lifecycle.on('error', ({ error }) => { errors.push(error.code); });
      for (let n = 0; n < 100; n++) ada.room.emit('x', n);
      expect(codeOf(() => { ada.room.to(bo.id).emit('x', new ArrayBuffer(1)); })).to.equal('unserializable');
      ada.room.emit('x', 'y'.repeat(70_000));
      await until(() => heard.length === 100, 'what is plain arrived');
      expect([heard, errors]).to.deep.equal([Array.from({ length: 100 }, (_, n) => n), ['unserializable']]);

      const [mine, theirs] = await Promise.all([ada, bo].map(({ room }) => room.openChannel('x'))) as [Channel, Channel];
      const [onChannel, told]: [unknown[], string[]] = [[], []];
      theirs.on('x', (payload) => onChannel.push(payload));
      for (const event of ['open', 'close'] as const) mine.lifecycle.on(event, () => told.push(event));
      await until(() => told.length === 1, 'it is open');
      mine.emit('x', 1);
      mine.emit('x', new ArrayBuffer(1));
      await until(() => told.length === 3, 'it is passed over, once');
      mine.emit('x', 2);
      await until(() => onChannel.length === 2, 'what is plain arrived');
      expect([onChannel, told]).to.deep.equal([[1, 2], ['open', 'close', 'open']]);
    } finally {
      party.close();
    }
  });
});
