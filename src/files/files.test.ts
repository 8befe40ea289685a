import { expect } from '@open-wc/testing';
import { withPair } from '../../test/support/guests.ts';
import { until } from '../../test/support/until.ts';
import { MIB, bytesOf, codeOf, nextOffer, same } from './files.testing.ts';
import type { Guest, Party } from '../../test/support/guests.ts';
import type { IncomingFile } from './incoming-file.ts';

describe('RoomFiles', () => {
  let party: Party;
  let ada: Guest;
  let bo: Guest;

  withPair((...all) => { [party, ada, bo] = all; });

  const offer = async (bytes: Uint8Array<ArrayBuffer>, name = 'x.bin', type = 'image/png') => {
    const offered = nextOffer(bo);
    const [sending] = await ada.room.files.send(new File([bytes], name, { type }), { to: bo.id, metadata: { n: 1 } });
    return { sending: sending!, receiving: await offered };
  };

  for (const size of [0, 1, MIB, 3 * MIB + 17]) {
    it(`brings a file of ${size} bytes as it was, as a Blob of no type of theirs`, async () => {
      const bytes = bytesOf(size);
      const { sending, receiving } = await offer(bytes, '../a\u202Eb.png');
      const { name, type, metadata, participant } = receiving.snapshot;
      expect({ name, type, metadata, participant, size: receiving.snapshot.size })
        .to.deep.equal({ name: 'a b.png', type: 'image/png', metadata: { n: 1 }, participant: ada.id, size });
      const blob = await receiving.accept();
      await sending.done;
      expect([await same(blob, bytes), blob?.type]).to.deep.equal([true, 'application/octet-stream']);
      expect([sending.snapshot.state, sending.snapshot.bytes, receiving.snapshot.state, receiving.snapshot.bytes])
        .to.deep.equal(['done', size, 'done', size]);
    });
  }

  it('sends nothing before the receiver accepts, and nothing once they refuse', async () => {
    const { sending, receiving } = await offer(bytesOf(MIB));
    expect([sending.snapshot.state, sending.snapshot.bytes, receiving.snapshot.state]).to.deep.equal(['offered', 0, 'offered']);
    expect(receiving.fitsInMemory).to.equal(true);
    receiving.reject('no room left');
    expect(await codeOf(sending.done)).to.equal('file-refused');
    expect(sending.snapshot.error?.hint).to.equal('no room left');
    expect(sending.snapshot.bytes).to.equal(0);
  });

  it('is refused where nobody listens', async () => {
    const [sending] = await ada.room.files.send(new Blob(['x']), { to: bo.id });
    expect(await codeOf(sending!.done)).to.equal('file-refused');
    expect(bo.room.files.snapshot.transfers).to.deep.equal([]);
  });

  it('tells progress, rate and time left', async () => {
    const { receiving } = await offer(bytesOf(24 * MIB));
    const seen: number[] = [];
    let rates = 0;
    receiving.subscribe(({ bytes, bytesPerSecond, secondsLeft, state }) => {
      seen.push(bytes);
      if (state === 'active' && bytesPerSecond > 0 && secondsLeft !== undefined) rates++;
    });
    await receiving.accept();
    expect(seen).to.deep.equal([...seen].sort((a, b) => a - b));
    expect(rates).to.be.above(0);
    expect(seen.at(-1)).to.equal(24 * MIB);
  });

  for (const [who, pausing] of [['sender', 'us'], ['receiver', 'them']] as const) {
    it(`stands still while the ${who} pauses it, and goes on`, async () => {
      const bytes = bytesOf(16 * MIB);
      const { sending, receiving } = await offer(bytes);
      const one = who === 'sender' ? sending : receiving;
      const received = receiving.accept();
      await until(() => receiving.snapshot.bytes > 0, 'it flows');
      one.pause();
      await until(() => sending.snapshot.state === 'paused' && receiving.snapshot.state === 'paused', 'both know');
      expect(sending.snapshot.pausedBy).to.equal(pausing);
      // Everything that was on its way has come once a line said now is answered.
      await ada.room.to(bo.id).request('ping').catch(() => undefined);
      await until(() => receiving.snapshot.bytes <= sending.snapshot.bytes + MIB, 'what was on its way has come');
      one.resume();
      expect(await same(await received, bytes)).to.equal(true);
    });
  }

  it('ends at both when either cancels', async () => {
    for (const who of ['sender', 'receiver'] as const) {
      const { sending, receiving } = await offer(bytesOf(16 * MIB));
      const received = codeOf(receiving.accept());
      await until(() => receiving.snapshot.bytes > 0, 'it flows');
      (who === 'sender' ? sending : receiving).cancel();
      expect([await codeOf(sending.done), await received]).to.deep.equal(['file-cancelled', 'file-cancelled']);
    }
  });

  it('ends with the reason of a signal', async () => {
    const end = new AbortController();
    const offered = nextOffer(bo);
    const [sending] = await ada.room.files.send(new Blob([bytesOf(MIB)]), { to: bo.id, signal: end.signal });
    const receiving = await offered;
    end.abort();
    expect(await codeOf(sending!.done)).to.equal('AbortError');
    await until(() => receiving.snapshot.error?.code === 'file-cancelled', 'the receiver knows');
  });

  it('goes to several, each for itself: one who does not answer holds nobody up', async () => {
    const [cy] = await party.enter('Cy');
    await party.allMet();
    const offers = [nextOffer(bo), nextOffer(cy!)];
    const bytes = bytesOf(2 * MIB);
    const transfers = await ada.room.files.send(new Blob([bytes]));
    expect(transfers.map(({ snapshot }) => snapshot.participant).sort()).to.deep.equal([bo.id, cy!.id].sort());
    const [toBo] = await Promise.all(offers);
    expect(await same(await toBo!.accept(), bytes)).to.equal(true);
    // Bo has it before Ada has heard so.
    await until(() => transfers.map(({ snapshot }) => snapshot.state).sort().join() === 'done,offered', 'one has it, one does not answer');
  });

  it('keeps no more in memory than is allowed, and takes it where a stream is given', async () => {
    bo.room.close();
    const small = party.guest('Di', { files: { memoryBytes: 2 * MIB } });
    await small.room.join();
    await until(() => ada.room.snapshot.participants.some(({ name, state }) => name === 'Di' && state === 'connected'), 'Di is here');
    bo = small;
    const bytes = bytesOf(3 * MIB);
    const { receiving } = await offer(bytes);
    expect(receiving.fitsInMemory).to.equal(false);
    expect(await codeOf(receiving.accept())).to.equal('file-too-large');
    const blocks: Uint8Array<ArrayBuffer>[] = [];
    const to = new WritableStream<Uint8Array>({ write: (block) => { blocks.push(block as Uint8Array<ArrayBuffer>); } });
    expect(await receiving.accept({ to })).to.equal(undefined);
    expect(await same(new Blob(blocks), bytes)).to.equal(true);
  });

  it('writes into a file, and asks for no more than a slow one takes', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('received.bin', { create: true });
    const bytes = bytesOf(5 * MIB + 3);
    const { receiving } = await offer(bytes);
    await receiving.accept({ to: handle });
    expect(await same(await handle.getFile(), bytes)).to.equal(true);

    let release = () => {};
    const to = new WritableStream<Uint8Array>({ write: () => new Promise<void>((resolve) => { release = resolve; }) });
    const slow = await offer(bytesOf(32 * MIB));
    const received = slow.receiving.accept({ to });
    await until(() => slow.receiving.snapshot.bytes === 8 * MIB, 'the window is full');
    await until(() => slow.sending.snapshot.bytes >= 8 * MIB, 'the sender knows');
    expect(slow.sending.snapshot.bytes).to.equal(8 * MIB);
    release();
    await until(() => slow.receiving.snapshot.bytes === 9 * MIB, 'one more block came for the one that was written');
    slow.receiving.cancel();
    expect(await codeOf(received)).to.equal('file-cancelled');
  });

  it('fails where it cannot be written, and at the sender too', async () => {
    const { sending, receiving } = await offer(bytesOf(2 * MIB));
    const to = new WritableStream<Uint8Array>({ write: () => { throw new Error('The disk is full.'); } });
    expect(await codeOf(receiving.accept({ to }))).to.equal('file-unwritable');
    expect(await codeOf(sending.done)).to.equal('file-unwritable');
  });

  it('offers as many at once as the receiver takes, and the others after', async () => {
    const offered: IncomingFile[] = [];
    bo.room.files.lifecycle.on('offer', ({ file }) => { offered.push(file); });
    const sent = await Promise.all(Array.from({ length: 20 }, (_, i) => ada.room.files.send(new File(['x'], `${i}`), { to: bo.id })));
    await until(() => offered.length === 8, 'eight are offered');
    for (let i = 0; i < 20; i++) {
      await until(() => offered.length > i, `number ${i} is offered`);
      await offered[i]!.accept();
    }
    await Promise.all(sent.map(([transfer]) => transfer!.done));
    expect(offered.map(({ snapshot }) => snapshot.name)).to.deep.equal(Array.from({ length: 20 }, (_, i) => `${i}`));
    expect(bo.room.drops(ada.id)['file'] ?? 0).to.equal(0);
  });

  it('lists what goes on and what is over', async () => {
    const { sending, receiving } = await offer(bytesOf(10));
    await receiving.accept();
    await sending.done;
    const views = [ada, bo].map(({ room }) => room.files.snapshot.transfers.map(({ direction, state }) => [direction, state]));
    expect(views).to.deep.equal([[['send', 'done']], [['receive', 'done']]]);
    expect(ada.room.files.find(sending.id)).to.equal(sending);
  });

  it('refuses at the caller what cannot be', async () => {
    const { files } = ada.room;
    expect(await codeOf(files.send(new Blob(['x']), { to: 'nobody' }))).to.equal('unknown-participant');
    expect(await codeOf(files.send(new Blob(['x']), { metadata: 'x'.repeat(2000) }))).to.equal('TypeError');
    expect(await codeOf(ada.room.openChannel('#rtcio:files'))).to.equal('reserved-name');
    expect(await codeOf(ada.room.to(bo.id).openChannel('#rtcio:files'))).to.equal('reserved-name');
  });
});
