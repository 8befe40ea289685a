import { expect } from '@open-wc/testing';
import { rebuilt, talkingPair } from '../../test/support/breaks.ts';
import { until } from '../../test/support/until.ts';
import { bytesOf, codeOf, same } from '../files/files.testing.ts';
import { codeOf as thrownBy } from './channels.testing.ts';
import type { Pair } from '../../test/support/breaks.ts';
import type { Channel, ChannelOptions } from './channel.ts';

const MIB = 1024 * 1024;

describe('streams of a channel', () => {
  let pair: Pair;
  let mine: Channel;
  let theirs: Channel;
  const dropped = () => pair.talkers[1].guest.room.drops(pair.talkers[0].guest.id);

  beforeEach(async () => {
    pair = await talkingPair();
    [mine, theirs] = await open('streams');
  });

  afterEach(() => { pair.close(); });

  async function open(name: string, options?: ChannelOptions): Promise<[Channel, Channel]> {
    const ends = await Promise.all(pair.talkers.map(async ({ guest }) => {
      const channel = await guest.room.openChannel(name, options);
      return { channel, opened: new Promise((resolve) => { channel.lifecycle.once('open', resolve); }) };
    }));
    await Promise.all(ends.map(({ opened }) => opened));
    return ends.map(({ channel }) => channel) as [Channel, Channel];
  }

  const nextStream = (channel = theirs) => new Promise<ReadableStream<Uint8Array>>((resolve) => {
    channel.lifecycle.once('stream', ({ readable }) => { resolve(readable); });
  });
  const allOf = (readable: ReadableStream<Uint8Array>) => new Response(readable as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
  const closedWith = (writer: WritableStreamDefaultWriter) => codeOf(writer.closed);

  it('bring bytes as they were, of a Blob and of a stream, with progress', async () => {
    const bytes = bytesOf(3 * MIB + 5);
    for (const data of [new Blob([bytes]), new Blob([bytes]).stream()]) {
      const progress: number[] = [];
      const came = nextStream().then(allOf);
      await mine.send(data, { onProgress: (sent) => progress.push(sent) });
      expect(await same(await came, bytes)).to.equal(true);
      expect(progress).to.deep.equal([...progress].sort((a, b) => a - b));
      expect(progress.at(-1)).to.equal(bytes.length);
    }
    expect(dropped()).to.deep.equal({});
  });

  it('run beside each other, and beside messages', async () => {
    const heard: unknown[] = [];
    const streams: Promise<Blob>[] = [];
    theirs.on('n', (n) => heard.push(n));
    theirs.lifecycle.on('data', ({ data }) => heard.push(data.byteLength));
    theirs.lifecycle.on('stream', ({ readable }) => { streams.push(allOf(readable)); });
    const all = [bytesOf(MIB, 1), bytesOf(MIB, 2), bytesOf(10, 3)];
    const sending = all.map((bytes) => mine.send(new Blob([bytes])));
    mine.emit('n', 1);
    mine.send(new Uint8Array(7));
    await Promise.all(sending);
    await until(() => streams.length === 3 && heard.length === 2, 'all came');
    expect(heard).to.deep.equal([1, 7]);
    for (const [i, came] of streams.entries()) expect(await same(await came, all[i]!)).to.equal(true);
  });

  it('wait for a slow reader, at most 1 MiB ahead', async () => {
    const coming = nextStream();
    const writer = mine.writable().getWriter();
    let written = 0;
    const writing = (async () => {
      for (let i = 0; i < 64; i++) {
        await writer.ready;
        await writer.write(new Uint8Array(64 * 1024));
        written += 64 * 1024;
      }
      await writer.close();
    })();
    const reader = (await coming).getReader();
    await until(() => written === MIB, 'the window is full');
    mine.emit('n', 'behind');
    await new Promise((resolve) => { theirs.on('n', resolve); });
    expect(written).to.equal(MIB);
    let came = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) came += part.value.byteLength;
    await writing;
    expect([came, dropped()]).to.deep.equal([4 * MIB, {}]);
  });

  it('survive connections that are made anew', async () => {
    const bytes = bytesOf(16 * MIB);
    const came = nextStream().then(allOf);
    let sent = 0;
    const sending = mine.send(new Blob([bytes]), { onProgress: (all) => { sent = all; } });
    await until(() => sent > 2 * MIB, 'it flows');
    await rebuilt(pair.talkers[0]);
    await pair.party.allMet();
    await rebuilt(pair.talkers[1]);
    await sending;
    expect(await same(await came, bytes)).to.equal(true);
  });

  it('fail at both ends when the writer gives up, by a signal too', async () => {
    const end = new AbortController();
    for (const give of [
      (writer: WritableStreamDefaultWriter) => { void writer.abort(new Error('enough')); },
      () => { end.abort(new Error('enough')); },
    ]) {
      const coming = nextStream();
      const writer = mine.writable({ signal: end.signal }).getWriter();
      void writer.closed.catch(() => undefined);
      await writer.write(new Uint8Array(10));
      const reader = (await coming).getReader();
      expect((await reader.read()).value?.byteLength).to.equal(10);
      give(writer);
      expect(await codeOf(reader.read())).to.equal('stream-cancelled');
      expect(await closedWith(writer)).to.equal('Error');
    }
    expect(await codeOf(mine.send(new Blob(['x']), { signal: AbortSignal.abort() }))).to.equal('AbortError');
  });

  it('fail at both ends when what is written cannot be sent', async () => {
    const [small, far] = await open('small', { highWaterBytes: 2, lowWaterBytes: 1, queueBytes: 20_000 });
    for (const [channel, chunk, code] of [[mine, 'text', 'TypeError'], [small, new Uint8Array(9), 'queue-full']] as const) {
      const coming = nextStream(channel === mine ? theirs : far);
      const writer = channel.writable().getWriter();
      const read = codeOf((await coming).getReader().read());
      while (channel === small && thrownBy(() => channel.send(new Uint8Array(1000))) === 'nothing thrown');
      expect(await codeOf(writer.write(chunk as unknown as Uint8Array))).to.equal(code);
      expect([await closedWith(writer), await read]).to.deep.equal([code, 'stream-cancelled']);
    }
  });

  it('are cancelled where nobody listens, and where the reader cancels', async () => {
    const unheard = mine.writable().getWriter();
    expect(await closedWith(unheard)).to.equal('stream-cancelled');
    const coming = nextStream();
    const writer = mine.writable().getWriter();
    await (await coming).cancel();
    expect(await closedWith(writer)).to.equal('stream-cancelled');
    expect(dropped()).to.deep.equal({});
  });

  it('fail at both ends when the channel closes', async () => {
    const coming = nextStream();
    const writer = mine.writable().getWriter();
    const closed = closedWith(writer);
    const reader = (await coming).getReader();
    const read = codeOf(reader.read());
    theirs.close();
    expect([await closed, await read]).to.deep.equal(['channel-closed', 'channel-closed']);
    expect(thrownBy(() => mine.writable())).to.equal('channel-closed');
  });

  it('go to one of many, or to all, who are each waited for', async () => {
    const [cy] = await pair.party.enter('Cy');
    await pair.party.allMet();
    const opened = new Promise<void>((resolve) => {
      mine.lifecycle.on('open', ({ participant }) => { if (participant === cy!.id) resolve(); });
    });
    const third = await cy!.room.openChannel('streams');
    await opened;
    const streams = [nextStream(), nextStream(third)];
    const sending = mine.send(new Blob([bytesOf(3 * MIB)]));
    const [first, second] = await Promise.all(streams);
    const came = allOf(first!);
    await second!.cancel(); // Whoever reads no further holds nobody up.
    await sending;
    expect((await came).size).to.equal(3 * MIB);
    const onlyCy = nextStream(third).then(allOf);
    theirs.lifecycle.on('stream', () => { expect.fail('It was for Cy.'); });
    await mine.send(new Blob(['x']), { to: cy!.id });
    expect((await onlyCy).size).to.equal(1);
  });

  it('are for channels on which nothing is lost', async () => {
    const [one] = await open('lossy', { maxRetransmits: 0 });
    expect(() => one.writable()).to.throw('channel-closed');
  });
});
