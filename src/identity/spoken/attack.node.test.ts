import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { randomFrom } from '../../../test/support/random.ts';
import { concat, lengthPrefixed, utf8 } from '../../shared/bytes.ts';
import { toBase64Url } from '../../shared/ids.ts';
import { Ceremony } from './ceremony.ts';
import { commitment, epochKey } from './transcript.ts';
import type { CeremonyAction } from './ceremony.ts';
import type { Subject } from './transcript.ts';

const SEED = Number(process.env['SEED'] ?? 4711);
const random = randomFrom(SEED);
const EPOCH = { scope: 'room', room: 'room', number: 1 } as const;
const [ALICE, BOB] = ['alice', 'bob'].map((id, i) => ({ id, sub: '', fp: new Uint8Array(32).fill(i + 1) })) as [Subject, Subject];
/** What a relay in the middle is to either of them: the other's id, and a key of its own. */
const [AS_ALICE, AS_BOB] = [{ ...ALICE, fp: new Uint8Array(32).fill(0xaa) }, { ...BOB, fp: new Uint8Array(32).fill(0xbb) }];

const draw = () => Uint8Array.from({ length: 32 }, () => Math.floor(random() * 256));
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
/** A code cut to so few bits that an attack can be watched. */
const cut = (key: Uint8Array, bits: number) => (((key[0]! << 8) | key[1]!) >>> (16 - bits));

/** An honest end, and the attacker in place of whom it believes to talk to. */
class Leg {
  readonly #self: Subject;
  readonly #other: Subject;
  readonly #checks: boolean;
  readonly #ceremony: Ceremony;
  /** What the honest end revealed. */
  revealed: string | undefined;
  code: Uint8Array | undefined;

  constructor(self: Subject, other: Subject, checks = true) {
    this.#self = self;
    this.#other = other;
    this.#checks = checks;
    this.#ceremony = new Ceremony([other.id]);
  }

  get phase(): string {
    return this.#ceremony.phase;
  }

  async begin(): Promise<void> {
    await this.#run(this.#ceremony.take({ type: 'begin' }));
  }

  async commit(commit: Uint8Array): Promise<void> {
    await this.#run(this.#ceremony.take({ type: 'commit', from: this.#other.id, epoch: 1, value: toBase64Url(commit) }));
  }

  async reveal(nonce: Uint8Array): Promise<void> {
    await this.#run(this.#ceremony.take({ type: 'reveal', from: this.#other.id, epoch: 1, value: toBase64Url(nonce) }));
  }

  async #run(actions: readonly CeremonyAction[]): Promise<void> {
    for (const action of actions) {
      if (action.do === 'draw') {
        const nonce = draw();
        const commit = toBase64Url(await commitment(EPOCH, this.#self, nonce));
        await this.#run(this.#ceremony.take({ type: 'drawn', epoch: 1, commit, nonce: toBase64Url(nonce) }));
      } else if (action.do === 'tell' && action.what === 'reveal') {
        this.revealed = action.value;
      } else if (action.do === 'check') {
        const held = toBase64Url(await commitment(EPOCH, this.#other, bytesOf(action.nonce)));
        await this.#run(this.#ceremony.take({ type: 'checked', from: action.from, epoch: 1, matches: !this.#checks || held === action.commit }));
      } else if (action.do === 'derive') {
        const [own, theirs] = [action.own, action.nonces.get(this.#other.id)!].map(bytesOf) as [Uint8Array, Uint8Array];
        const both = [{ ...this.#self, nonce: own }, { ...this.#other, nonce: theirs }];
        this.code = await epochKey(EPOCH, both.sort((a, b) => (a.id < b.id ? -1 : 1)));
      }
    }
  }
}

/** Finishes with Alice first, so that it knows which code Bob has to see. @returns that code, and Bob's end */
async function afterAlice(checks: boolean): Promise<{ target: Uint8Array; bob: Leg }> {
  const [alice, bob] = [new Leg(ALICE, AS_BOB, checks), new Leg(BOB, AS_ALICE, checks)];
  await alice.begin();
  await bob.begin();
  const nonce = draw();
  await alice.commit(await commitment(EPOCH, AS_BOB, nonce));
  await alice.reveal(nonce);
  return { target: alice.code!, bob };
}

/** Tries numbers until Bob's code would be Alice's: 2^bits hashes, which no code of 42 bits withstands on its own. */
function grind(target: Uint8Array, bobs: Uint8Array, bits: number): Uint8Array {
  const head = concat(utf8('rtcroom/sas/v1/room'), Uint8Array.of(0), lengthPrefixed(EPOCH.room), Uint8Array.of(0, 0, 0, 1, 0, 2));
  const part = ({ id, sub, fp }: Subject, nonce: Uint8Array) => concat(lengthPrefixed(id), lengthPrefixed(sub), fp, nonce);
  const nonce = new Uint8Array(32);
  for (let i = 0; ; i++) {
    new DataView(nonce.buffer).setUint32(0, i);
    const key = createHash('sha256').update(head).update(part(AS_ALICE, nonce)).update(part(BOB, bobs)).digest();
    if (cut(key, bits) === cut(target, bits)) return nonce;
  }
}

describe(`a relay in the middle, against codes cut short (seed ${SEED})`, () => {
  for (const [bits, rounds, most] of [[16, 1500, 2], [8, 1500, 20]] as const) {
    it(`succeeds no more often than chance: ${bits} bits, ${rounds} times`, async () => {
      let hits = 0;
      for (let i = 0; i < rounds; i++) {
        const { target, bob } = await afterAlice(true);
        const nonce = draw();
        await bob.commit(await commitment(EPOCH, AS_ALICE, nonce));
        await bob.reveal(nonce);
        if (cut(bob.code!, bits) === cut(target, bits)) hits++;
      }
      assert.ok(hits <= most, `${hits} of ${rounds}, where chance gives ${(rounds / 2 ** bits).toFixed(2)}`);
      assert.ok(bits > 8 || hits > 0, 'chance is seen at all');
    });
  }

  it('is caught when it reveals a number that it chose after it knew theirs', async () => {
    const { target, bob } = await afterAlice(true);
    assert.equal(bob.revealed, undefined, 'nothing is revealed before it is bound');
    await bob.commit(draw());
    await bob.reveal(grind(target, bytesOf(bob.revealed!), 16));
    assert.deepEqual([bob.phase, bob.code], ['mismatch', undefined]);
  });

  it('succeeds every time where nobody checks the commitments', async () => {
    for (let i = 0; i < 5; i++) {
      const { target, bob } = await afterAlice(false);
      await bob.commit(draw());
      await bob.reveal(grind(target, bytesOf(bob.revealed!), 16));
      assert.equal(cut(bob.code!, 16), cut(target, 16));
    }
  });
});
