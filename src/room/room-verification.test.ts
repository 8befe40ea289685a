import { expect } from '@open-wc/testing';
import { Party } from '../../test/support/guests.ts';
import { TestIssuer } from '../../test/support/issuer.ts';
import { until } from '../../test/support/until.ts';
import { NO_VERIFICATION } from '../identity/spoken/view.ts';
import type { Guest } from '../../test/support/guests.ts';
import type { SpokenCode } from '../identity/spoken/code.ts';
import type { RoomVerification } from './room-verification.ts';

const emojiOf = (verification: RoomVerification) => verification.snapshot.code?.emoji.join(' ');
const sameCode = (all: readonly RoomVerification[], members: number) =>
  new Set(all.map(emojiOf)).size === 1 && all.every(({ snapshot: { state, code } }) => state === 'ready' && code?.members.length === members - 1);

/** Words of the verification that this guest is told, and who said them. */
function wordsTo({ room }: Guest): Promise<unknown[]> {
  // The one who hears is the room's own: nothing else sees these words.
  return room.verify().then((verification) => {
    const heard: unknown[] = [];
    const hear = verification.hear.bind(verification);
    verification.hear = (from, args) => { heard.push([from, ...args]); return hear(from, args); };
    return heard;
  });
}

describe('RoomVerification', () => {
  let party: Party;

  beforeEach(() => { party = new Party(); });
  afterEach(() => { party.close(); });

  it('is off until somebody asks, and gives everyone the same code when one has', async () => {
    const [ada, bo] = await party.pair();
    const one = await ada.room.verify();
    await until(() => one.snapshot.state === 'ready', 'there is a code');
    // Bo's page never asked, and took part.
    const other = await bo.room.verify();
    await until(() => sameCode([one, other], 2), 'both see one code');
    expect(one.snapshot.code?.emoji).to.have.length(7);
    expect(one.snapshot.code?.numbers).to.deep.equal(other.snapshot.code?.numbers);
  });

  it('has a code within a second of the last of eight, with two words to each of the others', async function timed() {
    this.timeout(40_000);
    const first = party.guest('0');
    const guests = [first, ...['1', '2', '3', '4', '5', '6', '7'].map((name) => party.guest(name))];
    const heard = await Promise.all(guests.map(wordsTo));
    const all = await Promise.all(guests.map(({ room }) => room.verify()));
    await Promise.all(guests.map(({ room }) => room.join()));
    await party.allMet();
    const metMs = performance.now();
    await until(() => sameCode(all, 8), 'all see one code', 20_000);
    const tookMs = performance.now() - metMs;
    const words = heard.flat().length;
    console.log(`code ready ${Math.round(tookMs)} ms after eight had met; ${words} words in all`);
    expect(tookMs).to.be.below(1000);
    // Two to each of seven others, were all to meet at once; those who met earlier began without the rest.
    expect(words).to.be.at.least(2 * 8 * 7);
    expect(words).to.be.below(2 * 2 * 8 * 7);
  });

  it('pins who compared; a late joiner is not verified and lowers nobody', async () => {
    const [ada, bo] = await party.pair();
    const [one, two] = await Promise.all([ada.room.verify(), bo.room.verify()]);
    await until(() => sameCode([one, two], 2), 'both see one code');
    const changes: string[] = [];
    ada.room.lifecycle.on('identity-changed', ({ participant, previous }) => { changes.push(`${participant.name} ${previous} ${participant.identity}`); });
    const code = one.snapshot.code as SpokenCode;
    one.confirm(code);
    const identities = () => ada.room.snapshot.participants.map(({ name, identity }) => `${name} ${identity}`);
    expect(identities()).to.deep.equal(['Bo verified']);
    const cy = party.guest('Cy');
    await cy.room.join();
    await party.allMet();
    const three = await cy.room.verify();
    await until(() => sameCode([one, two, three], 3), 'all three see one code');
    expect(identities()).to.deep.equal(['Bo verified', 'Cy unverified']);
    expect(one.snapshot.verified).to.deep.equal([bo.id]);
    expect(one.snapshot.code).not.to.equal(code);
    one.confirm(one.snapshot.code as SpokenCode);
    expect(changes).to.deep.equal(['Bo unverified verified', 'Cy unverified verified']);
    await cy.room.leave();
    await until(() => sameCode([one, two], 2), 'the two have a code of their own again');
    expect(identities()).to.deep.equal(['Bo verified']);
  });

  it('keeps what is verified over a connection that is made anew', async () => {
    const [ada, bo] = await party.pair();
    const [one, two] = await Promise.all([ada.room.verify(), bo.room.verify()]);
    await until(() => sameCode([one, two], 2), 'both see one code');
    one.confirm(one.snapshot.code as SpokenCode);
    const before = emojiOf(one);
    bo.signaling.break();
    bo.signaling.restore();
    await until(() => bo.room.snapshot.state === 'joined', 'Bo is back');
    await party.allMet();
    expect(ada.room.snapshot.participants.map(({ identity }) => identity)).to.deep.equal(['verified']);
    expect(emojiOf(one)).to.equal(before);
  });

  it('says so when someone of a verified name comes with another key', async () => {
    const [ada, bo] = await party.pair();
    const [one, two] = await Promise.all([ada.room.verify(), bo.room.verify()]);
    await until(() => sameCode([one, two], 2), 'both see one code');
    one.confirm(one.snapshot.code as SpokenCode);
    await bo.room.leave();
    await until(() => one.snapshot.state === 'alone', 'Ada is alone');
    const again = party.guest('bo'); // As people write it.
    await again.room.join();
    await until(() => one.snapshot.rekeyed.length > 0, 'it is said');
    expect(one.snapshot.rekeyed).to.deep.equal([again.id]);
    expect(ada.room.snapshot.participants.map(({ identity }) => identity)).to.deep.equal(['unverified']);
  });

  it('warns after "they differ" until somebody tries again, and verifies one no more who was rejected alone', async () => {
    const [ada, bo] = await party.pair();
    const [one] = await Promise.all([ada.room.verify(), bo.room.verify()]);
    await until(() => one.snapshot.state === 'ready', 'there is a code');
    const code = one.snapshot.code as SpokenCode;
    one.confirm(code);
    one.reject(code);
    expect([one.snapshot.state, one.snapshot.rejected, ada.room.snapshot.participants[0]?.identity]).to.deep.equal(['mismatch', true, 'unverified']);
    one.retry();
    await until(() => one.snapshot.state === 'ready' && one.snapshot.code !== code, 'there is another code');
    expect(() => { one.confirm({ ...code }); }).to.throw(TypeError);
  });

  it('falls back to what held before where a comparison is taken back', async () => {
    const issuer = await TestIssuer.make();
    for (const sub of ['ada', 'bo']) await party.guest(sub, { getVouch: issuer.forPerson(sub), vouchKeys: issuer.keys }).room.join();
    await party.allMet();
    const { room } = party.guests[0] as Guest;
    const one = await room.verify();
    await until(() => one.snapshot.state === 'ready', 'there is a code');
    const identity = () => room.snapshot.participants.map(({ levels, identity: strongest }) => [...levels, strongest]);
    one.confirm(one.snapshot.code as SpokenCode);
    expect(identity()).to.deep.equal([['vouched', 'verified', 'verified']]);
    one.reject(one.snapshot.code as SpokenCode);
    expect(identity()).to.deep.equal([['vouched', 'vouched']]);
  });

  it('ends with the room, and begins again with the next join', async () => {
    const [ada, bo] = await party.pair();
    const one = await ada.room.verify();
    await until(() => one.snapshot.state === 'ready', 'there is a code');
    await Promise.all([ada, bo].map(({ room }) => room.leave()));
    await until(() => one.snapshot.state === 'off', 'it is over');
    expect(one.snapshot).to.equal(NO_VERIFICATION);
    await Promise.all([ada, bo].map(({ room }) => room.join()));
    await until(() => one.snapshot.state === 'ready', 'there is a code again');
  });
});
