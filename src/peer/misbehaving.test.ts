import { expect } from '@open-wc/testing';
import { Party, lifecycleOf, present } from '../../test/support/guests.ts';
import { RecordedPc, recordPcs, stopRecording } from '../../test/support/recorded-pcs.ts';
import { Rogue } from '../../test/support/rogue.ts';
import { until } from '../../test/support/until.ts';
import { REQUEST, TRACKS } from '../protocol/control.ts';
import { PEER_LIMITS } from '../protocol/peer-limits.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { RoomOptions } from '../room/room-options.ts';

describe('a peer that misbehaves', () => {
  let party: Party;
  let rogue: Rogue | undefined;
  let mallory: Guest;

  beforeEach(() => {
    party = new Party();
    rogue = undefined;
    recordPcs();
  });

  afterEach(() => {
    party.close();
    stopRecording();
  });

  /** A victim and an honest third, and one who says what the test tells it to the one who met it last: the victim. */
  async function meet(options: Partial<RoomOptions> = {}): Promise<[victim: Guest, honest: Guest]> {
    const honest = party.guest('Honest');
    await honest.room.join();
    mallory = party.guest('Mallory', {}, (parts) => (rogue = new Rogue(parts)));
    await mallory.room.join();
    await until(() => present(honest).length === 1, 'Mallory is there');
    const victim = party.guest('Victim', options);
    await victim.room.join();
    await until(() => present(victim).length === 2, 'the victim met both');
    return [victim, honest];
  }
  const rawDc = () => RecordedPc.made.find((pc) => pc === rogue?.parts.pc)?.dcs[0] as RTCDataChannel;
  const misbehaved = ({ room }: Guest) => room.drops(mallory.id);

  it('is disconnected after a hundred things that no engine says, with a code; nobody else notices', async () => {
    const [victim, honest] = await meet();
    const told = lifecycleOf(victim);
    const heard: unknown[] = [];
    victim.room.on('word', (word) => heard.push(word));
    for (let i = 0; i < PEER_LIMITS.strikes + 50; i++) rawDc().send('no envelope');
    await until(() => !present(victim).includes('Mallory'), 'Mallory was removed');
    expect(told).to.deep.equal(['error peer-misbehaved', 'participant-left']);
    expect(misbehaved(victim)).to.deep.equal({ malformed: PEER_LIMITS.strikes + 1 });
    honest.room.emit('word', 'as ever');
    await until(() => heard.length === 1, 'the honest one is heard');
    expect(present(honest)).to.include('Mallory');
  });

  it('is not met again by coming back, nor by offering, for a while', async () => {
    const [victim] = await meet();
    for (let i = 0; i < PEER_LIMITS.strikes + 1; i++) rawDc().send('no envelope');
    await until(() => !present(victim).includes('Mallory'), 'Mallory was removed');
    const seen = new Set<string>();
    victim.room.subscribe(({ participants }) => { for (const { name } of participants) seen.add(name); });
    mallory.signaling.break();
    mallory.signaling.restore();
    const { sdp = '' } = await new RTCPeerConnection().createOffer({ offerToReceiveAudio: true });
    mallory.signaling.send(victim.id, { description: { type: 'offer', sdp } });
    // Another that comes the same way, later: when it was met, whatever was to become of the former has.
    const late = party.guest('Late');
    await late.room.join();
    await until(() => present(victim).includes('Late'), 'somebody new is met');
    expect([...seen]).to.deep.equal(['Honest', 'Late']);
  });

  it('is disconnected when it floods, and not for a burst beyond what was stated', async () => {
    const [victim] = await meet();
    const flood = (events: number) => { for (let n = 0; n < events; n++) rawDc().send('{"e":"flood","d":[1]}'); };
    let heard = 0;
    victim.room.on('flood', () => { heard++; });
    flood(5000);
    await until(() => (misbehaved(victim)['rate'] ?? 0) > 0 && rawDc().bufferedAmount === 0, 'some is dropped');
    expect(present(victim)).to.include('Mallory');
    expect(heard).to.be.at.least(PEER_LIMITS.eventsBurst); // And how much more is a matter of how the page stood still.
    const startMs = performance.now();
    while (present(victim).includes('Mallory') && performance.now() - startMs < 10_000) {
      if (rawDc().readyState === 'open' && rawDc().bufferedAmount < 1_000_000) flood(1000);
      await new Promise((resolve) => { setTimeout(resolve, 0); });
    }
    expect(present(victim)).to.not.include('Mallory');
  });

  it('may not announce more tracks than a limit, nor one m-line twice, nor more of them than is told', async () => {
    const [victim] = await meet({ limits: { tracks: 2 } });
    const track = (mid: string) => ({ mid, source: 'camera', live: true });
    const refused = [
      ['0', '1', '2'].map(track), [track('0'), track('0')], [{ ...track('0'), metadata: 'x'.repeat(1023) }], 'none', [null],
    ];
    for (const list of refused) rogue?.say(TRACKS, list);
    rogue?.say(TRACKS, [{ ...track('0'), metadata: 'x'.repeat(1022) }, track('1')]);
    await until(() => misbehaved(victim)['malformed'] === refused.length, 'they are dropped, the last is not');
    expect(present(victim)).to.include('Mallory');
  });

  it('has no more than so many requests in hand, and is told so', async () => {
    const [victim] = await meet({ limits: { requests: 3 } });
    const answers: ((value: unknown) => void)[] = [];
    victim.room.handle('slow', () => new Promise((resolve) => { answers.push(resolve); }));
    for (let id = 0; id < 5; id++) rogue?.say(REQUEST, id, 'slow');
    await until(() => misbehaved(victim)['requests'] === 2, 'two are refused');
    expect(answers.length).to.equal(3);
    for (const answer of answers.splice(0)) answer('done');
    rogue?.say(REQUEST, 5, 'slow');
    await until(() => answers.length === 1, 'another is taken');
    expect(present(victim)).to.include('Mallory');
  });

  it('opens no channel of its own', async () => {
    const [victim] = await meet();
    for (let i = 0; i < 5; i++) rogue?.parts.pc.createDataChannel(`mine-${i}`).send;
    await until(() => misbehaved(victim)['in-band'] === 5, 'each is closed and counted');
    expect(present(victim)).to.include('Mallory');
  });
});

describe('honest engines', () => {
  it('never strike: eight join at once and each sends a burst at the stated limit', async () => {
    const party = new Party();
    try {
      const names = Array.from({ length: 8 }, (_, i) => `P${i}`);
      const guests = await party.enter(...names);
      await party.allMet();
      const heard = new Map<Guest, number>();
      for (const guest of guests) guest.room.on('burst', () => heard.set(guest, (heard.get(guest) ?? 0) + 1));
      for (const { room } of guests) for (let i = 0; i < PEER_LIMITS.eventsBurst; i++) room.emit('burst', i);
      await until(() => guests.every((guest) => heard.get(guest) === 7 * PEER_LIMITS.eventsBurst), 'all of it is heard', 30_000);
      for (const { room } of guests) for (const { id } of guests) expect(room.drops(id)).to.deep.equal({});
    } finally {
      party.close();
    }
  }).timeout(60_000);
});
