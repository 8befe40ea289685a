import { expect } from '@open-wc/testing';
import { Party, lifecycleOf, present } from '../../test/support/guests.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../test/support/recorded-pcs.ts';
import { Rogue } from '../../test/support/rogue.ts';
import { until } from '../../test/support/until.ts';
import { CHANNEL, HEARTBEAT, HELLO, REQUEST, TRACKS } from '../protocol/control.ts';
import { MAX_CONTROL_CHARS } from '../protocol/limits.ts';
import { makeHello } from './hello.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { Hello } from '../protocol/control.ts';

const RESERVED = [
  'peer-connect', 'peer-disconnect', 'track-added', 'track-removed', 'participant-joined', 'participant-left', 'state-changed', 'error',
  'connect', 'disconnect', 'newListener', '#rtcio:message', '#rtcio:peer-left', '#rtcio:whatever',
];
/** What would be heard under these names, though they are not reserved: other emitters' own. */
const LOCAL = ['joined', 'left', 'message-received', 'open', 'close', 'drain', 'data'];

describe('Conversation', () => {
  let party: Party;
  let rogue: Rogue | undefined;
  let drops: string[];
  let heard: unknown[];

  beforeEach(() => {
    party = new Party();
    rogue = undefined;
    drops = [];
    heard = [];
    recordPcs();
  });

  afterEach(() => {
    party.close();
    stopRecording();
  });

  /** An honest guest, and one who says what the test tells it to. */
  async function withRogue(hello: ((honest: Hello) => unknown) | 'none' = (honest) => honest): Promise<Guest> {
    const victim = party.guest('Victim', {
      log: (_level, message, data) => { if (message.startsWith('dropped')) drops.push(String(data?.['reason'])); },
    });
    await victim.room.join();
    const mallory = party.guest('Mallory', {}, (parts) => (rogue = new Rogue(parts, hello)));
    await mallory.room.join();
    return victim;
  }
  async function met(): Promise<Guest> {
    const victim = await withRogue();
    await until(() => present(victim).length === 1, 'the hello was taken');
    victim.room.on('last', () => heard.push('last'));
    return victim;
  }
  /** What was said before has been heard, or never will be. */
  const allSaid = async () => {
    const before = heard.length;
    rogue!.say('last');
    await until(() => heard.length > before && heard.at(-1) === 'last', 'the last word arrived');
    heard.pop();
  };
  const rawDc = () => RecordedPc.made.find((pc) => pc === rogue!.parts.pc)?.dcs[0] as RTCDataChannel;

  describe('a name of the library', () => {
    it('fires no lifecycle listener and reaches no event listener over the control channel', async () => {
      const victim = await met();
      const told = lifecycleOf(victim);
      for (const name of [...RESERVED, ...LOCAL]) rogue!.say(name, { participant: 'forged' }, 'more');
      await allSaid();
      expect(told).to.deep.equal([]);
      expect(drops[0]).to.equal('reserved');
    });

    it('answers no request', async () => {
      const victim = await met();
      const told = lifecycleOf(victim);
      victim.room.handle('ok', () => heard.push('asked'));
      for (const [id, name] of RESERVED.entries()) rogue!.say(REQUEST, id, name, {});
      for (const name of ['__proto__', 'constructor', 'toString']) rogue!.say(REQUEST, 99, name, {});
      rogue!.say(REQUEST, 'no number', 'ok', {});
      rogue!.say(REQUEST, 100, 'ok', {});
      await allSaid();
      expect(told).to.deep.equal([]);
      expect(heard).to.deep.equal(['asked']);
    });

    it('is only a word as a source, in metadata or nested in anything', async () => {
      const victim = await met();
      const told = lifecycleOf(victim);
      for (const name of [...RESERVED, '__proto__', 'constructor']) {
        rogue!.say(TRACKS, [{ mid: '99', source: name.slice(0, 64), live: true, metadata: { [name]: [{ e: name, d: [] }] } }]);
        rogue!.say('nested', { e: name, d: [{ e: name }] }, [name]);
        rogue!.say(CHANNEL, { name, open: true });
        rogue!.say(CHANNEL, { name, open: true, id: 5 });
        rogue!.say(CHANNEL, { name, open: false });
      }
      await allSaid();
      expect(told).to.deep.equal([]);
      expect(victim.room.snapshot.participants[0]?.tracks).to.deep.equal([]);
    });

    it('cannot come from the relay', async () => {
      const [ada] = await party.pair();
      const told = lifecycleOf(ada);
      ada.room.server.on('note', (body) => heard.push(body));
      for (const name of [...RESERVED, ...LOCAL]) ada.signaling.deliver('relayed', { event: name, body: {} });
      ada.signaling.deliver('relayed', { event: 'note', body: 1 });
      await until(() => heard.length === 1, 'the operator was heard');
      expect(told).to.deep.equal([]);
      for (const name of RESERVED) expect(() => ada.room.server.on(name, () => undefined)).to.throw('reserved-name');
    });

    it('can neither be sent nor listened to', async () => {
      const [ada, bo] = await party.pair();
      for (const name of [...RESERVED, '']) {
        expect(() => { ada.room.emit(name); }, name).to.throw('reserved-name');
        expect(() => { ada.room.to(bo.id).emit(name); }, name).to.throw('reserved-name');
        expect(() => ada.room.on(name, () => undefined), name).to.throw('reserved-name');
        expect(() => ada.room.handle(name, () => undefined), name).to.throw('reserved-name');
      }
    });
  });

  describe('the hello', () => {
    const FIELDS = ['room', 'from', 'to', 'fpFrom', 'fpTo', 'vouchFrom', 'vouchTo'] as const;
    const rows: readonly (readonly [what: string, hello: (honest: Hello) => unknown, code: string])[] = [
      ...FIELDS.map((field) => [`says another ${field}`, (honest: Hello) => ({ ...honest, [field]: 'another' }), 'hello-mismatch'] as const),
      ['is none', () => 'hello', 'hello-missing'],
      ['lacks a field', ({ room: _, ...rest }) => rest, 'hello-missing'],
      ['is my own sent back', (honest) => ({ ...honest, from: honest.to, to: honest.from, fpFrom: honest.fpTo, fpTo: honest.fpFrom }), 'hello-mismatch'],
    ];
    for (const [what, hello, code] of rows) {
      it(`ends it with ${code} when it ${what}, and nothing is heard`, async () => {
        const victim = await withRogue(hello);
        const told = lifecycleOf(victim);
        victim.room.on('early', () => heard.push('early'));
        await until(() => rogue?.parts.control && told.some((line) => line.startsWith('error')), 'it was refused');
        rogue!.say('early');
        await until(() => RecordedPc.made.some(({ signalingState }) => signalingState === 'closed'), 'its pc is closed');
        expect(told).to.deep.equal([`error ${code}`]);
        expect(heard).to.deep.equal([]);
        expect(victim.room.snapshot.participants).to.deep.equal([]);
      });
    }

    it('must be the first word', async () => {
      const victim = await withRogue('none');
      const told = lifecycleOf(victim);
      victim.room.on('early', () => heard.push('early'));
      await until(() => rogue && rawDc().readyState === 'open', 'the channel is open');
      rogue!.say('early');
      await until(() => told.length > 0, 'it was refused');
      expect(told).to.deep.equal(['error hello-missing']);
      expect(heard).to.deep.equal([]);
    });

    it('must come within five seconds', async () => {
      const victim = await withRogue('none');
      const told = lifecycleOf(victim);
      await until(() => told.length > 0, 'patience ended');
      expect(told).to.deep.equal(['error hello-missing']);
      expect(victim.room.snapshot.participants).to.deep.equal([]);
    });

    it('is not heard a second time', async () => {
      const victim = await met();
      const told = lifecycleOf(victim);
      rogue!.say(HELLO, makeHello(rogue!.parts.view()));
      await allSaid();
      expect([told, present(victim)]).to.deep.equal([[], ['Mallory']]);
    });
  });

  describe('what a peer sends', () => {
    it('has the sender that the transport knows, whatever it says', async () => {
      const victim = await met();
      victim.room.on('claim', (...all) => heard.push(all));
      rogue!.say('claim', { from: victim.id }, { from: 'forged' });
      await allSaid();
      expect(heard).to.deep.equal([[{ from: victim.id }, { from: party.guests[1]!.id, args: [{ from: victim.id }, { from: 'forged' }] }]]);
    });

    it('touches no prototype', async () => {
      const victim = await met();
      victim.room.on('x', (payload) => heard.push(payload));
      const dc = rawDc();
      for (const key of ['__proto__', 'constructor', 'prototype']) {
        dc.send(`{"e":"x","d":[{"${key}":{"polluted":true}}],"${key}":{"polluted":true}}`);
        dc.send(`{"e":"${key}","d":[{"polluted":true}]}`);
        dc.send(`{"e":"${TRACKS}","d":[[{"mid":"0","source":"${key}","live":true,"${key}":{"polluted":true}}]]}`);
        dc.send(`{"e":"${CHANNEL}","d":[{"name":"${key}","open":true,"${key}":{"polluted":true}}]}`);
      }
      await allSaid();
      expect(heard.length).to.equal(3);
      expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    });

    it('is dropped where it is no envelope, and the rest flows', async () => {
      const victim = await met();
      victim.room.on('x', (payload) => heard.push(payload));
      const dc = rawDc();
      for (const frame of ['', '{', 'null', '[]', '{"e":1}', `{"e":"x","d":["${'y'.repeat(MAX_CONTROL_CHARS)}"]}`]) dc.send(frame);
      dc.send(new Uint8Array(100));
      for (const args of [[], [null], ['x'], [[null]], [{ name: 1 }]]) for (const event of [TRACKS, CHANNEL, HEARTBEAT]) rogue!.say(event, ...args);
      rogue!.say('x', 'honest');
      await allSaid();
      expect(heard).to.deep.equal(['honest']);
      expect(drops[0]).to.equal('malformed');
      expect(present(victim)).to.deep.equal(['Mallory']);
    });

    it('is dropped above the rate, and the rest flows', async () => {
      const victim = await met();
      victim.room.on('flood', (n) => heard.push(n));
      for (let n = 0; n < 10_000; n++) rogue!.say('flood', n);
      await until(() => drops.includes('rate'), 'it was dropped');
      victim.room.on('after', () => heard.push('after'));
      await until(() => {
        rogue!.say('after');
        return heard.at(-1) === 'after';
      }, 'it is heard again');
      expect(heard.length).to.be.below(9000);
      expect(present(victim)).to.deep.equal(['Mallory']);
    });

    it('creates no channel on a stream in use, and throws nothing where nobody catches', async () => {
      const victim = await met();
      const unhandled: unknown[] = [];
      const listen = (event: PromiseRejectionEvent) => { unhandled.push(event.reason); event.preventDefault(); };
      window.addEventListener('unhandledrejection', listen);
      try {
        await victim.room.openChannel('one');
        await victim.room.openChannel('two');
        for (const id of [1, 1, 2, 1023]) for (const name of ['one', 'two']) rogue!.say(CHANNEL, { name, open: true, id });
        await allSaid();
        await victim.room.openChannel('three'); // Behind all that was said of channels.
        expect(unhandled).to.deep.equal([]);
      } finally {
        window.removeEventListener('unhandledrejection', listen);
      }
    });
  });
});
