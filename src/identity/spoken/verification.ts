import { encodeSpokenWord, parseSpokenWord } from '../../protocol/spoken.ts';
import { parseVouch } from '../../protocol/vouch.ts';
import { fromBase64Url } from '../../shared/bytes.ts';
import { RoomError, toRoomError } from '../../shared/errors.ts';
import { after, childScope } from '../../shared/scope.ts';
import { Conductor } from './conductor.ts';
import { Doubt } from './doubt.ts';
import { inOrder } from './transcript.ts';
import { viewOf } from './view.ts';
import type { Backchannel, SpokenWord } from '../../protocol/spoken.ts';
import type { ParticipantId } from '../../protocol/wire.ts';
import type { Phase } from './ceremony.ts';
import type { Person, Pins } from './pins.ts';
import type { Subject } from './transcript.ts';
import type { SpokenCode } from './code.ts';
import type { VerificationView } from './view.ts';

/** Who is here, as the room knows them. */
export interface Present {
  readonly id: ParticipantId;
  readonly name: string;
  readonly state: string;
}

export interface VerificationOptions {
  backchannel: Backchannel;
  pins: Pins;
  onView(view: VerificationView): void;
  onError(error: RoomError): void;
  scope: AbortSignal;
  /** How long each phase may take. @default 10000 */
  phaseMs?: number;
  /** How long a set must have stood before this end begins: eight that join at once are one set. @default 150 */
  settleMs?: number;
  /** How long the relay may take to tell everyone, its owner too, of a vouch. @default 2000 */
  graceMs?: number;
}

/** One code for the whole room, and one for each pair where that fails. Lives for one join. */
export class Verification {
  readonly #options: VerificationOptions;
  #people: ReadonlyMap<ParticipantId, Person> = new Map();
  #present: readonly Present[] = [];
  #sub = '';
  /** The whole room as it is now, and its end. */
  #room: Conductor | undefined;
  #roomEnd: AbortController;
  readonly #pairs = new Map<ParticipantId, { conductor: Conductor; end: AbortController }>();
  /** The highest epoch of each set so far: it may come together again. */
  readonly #epochs = new Map<string, number>();
  /** Said of a set that is not mine yet: the last commitment of each, and what followed it. */
  readonly #early = new Map<ParticipantId, SpokenWord[]>();
  readonly #covered = new WeakMap<SpokenCode, readonly Person[]>();
  #wanted = false;
  /** Why to warn, until somebody here tries again: no word from outside takes that away. */
  #warning: 'differ' | 'tampered' | undefined;

  constructor(options: VerificationOptions) {
    this.#options = options;
    this.#roomEnd = childScope(options.scope);
  }

  /** From now on this end begins by itself. */
  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    if (this.#room?.phase === 'idle') this.#room.take({ type: 'begin' });
    this.#show();
  }

  /** A button: as many tries again. */
  retry(): void {
    this.#warning = undefined;
    this.#room?.take({ type: 'begin' });
    this.#show();
  }

  /** "They match". @throws TypeError for a code that was not made here. */
  confirm(code: SpokenCode): void {
    for (const person of this.#coveredBy(code)) this.#options.pins.verify(person);
    if (this.#warning === 'differ') this.#warning = undefined;
    this.#show();
  }

  /** "They differ". Of a whole room nobody knows who is at fault; one alone is verified no more. @throws TypeError */
  reject(code: SpokenCode): void {
    const people = this.#coveredBy(code);
    if (people.length === 1) for (const person of people) this.#options.pins.revoke(person);
    this.#warning = 'differ';
    this.#show();
  }

  /** Who is here, whenever that changed. */
  present(list: readonly Present[]): void {
    const { backchannel } = this.#options;
    const before = this.#people;
    const lost = new Set(this.#present.filter(({ state }) => state === 'interrupted').map(({ id }) => id));
    const returned = list.filter(({ id, state }) => state === 'connected' && lost.has(id));
    this.#present = list;
    this.#people = new Map(list.flatMap(({ id, name, state }): [ParticipantId, Person][] => {
      // While a connection is made anew they are still who they were.
      const key = state === 'connecting' ? undefined : backchannel.keyOf(id);
      if (key) return [[id, { id, name, fp: key.fp, sub: subOf(key.vouch) }]];
      const known = state === 'interrupted' && before.get(id);
      return known ? [[id, known]] : [];
    }));
    const sub = subOf(backchannel.self.vouch);
    const changed = sub !== this.#sub || signatureOf(before) !== signatureOf(this.#people);
    this.#sub = sub;
    if (changed) this.#gather(before);
    for (const { id } of returned) for (const conductor of this.#all) conductor.take({ type: 'reconnected', id });
    this.#show();
  }

  /** @returns false for what nobody may say. */
  hear(from: ParticipantId, args: readonly unknown[]): boolean {
    const word = parseSpokenWord(args);
    const person = this.#people.get(from);
    if (!word || !person) return false;
    if (word.scope === 'pair') return take(this.#pairWith(person), from, word);
    if (take(this.#room, from, word)) return true;
    this.#early.set(from, word.what === 'commit' ? [word] : [...this.#early.get(from) ?? [], word].slice(-2));
    return true;
  }

  get #all(): Conductor[] {
    return [...(this.#room ? [this.#room] : []), ...[...this.#pairs.values()].map(({ conductor }) => conductor)];
  }

  /** Another set, or the same under other keys. */
  #gather(before: ReadonlyMap<ParticipantId, Person>): void {
    if (this.#room) this.#epochs.set(this.#room.of.join(), this.#room.epoch);
    this.#roomEnd.abort();
    this.#roomEnd = childScope(this.#options.scope);
    for (const [id, { end }] of this.#pairs) {
      if (signatureOf(before, id) === signatureOf(this.#people, id)) continue;
      end.abort();
      this.#pairs.delete(id);
    }
    for (const id of this.#early.keys()) if (!this.#people.has(id)) this.#early.delete(id);
    this.#room = undefined;
    if (this.#people.size === 0) return;
    const room = (this.#room = this.#conduct('room', [...this.#people.values()], this.#roomEnd.signal));
    for (const [from, words] of this.#early) for (const word of words) if (take(room, from, word)) this.#early.delete(from);
    after(this.#options.settleMs ?? 150, this.#roomEnd.signal, () => {
      if (this.#wanted && room.phase === 'idle') room.take({ type: 'begin' });
    });
  }

  #pairWith(person: Person): Conductor {
    let pair = this.#pairs.get(person.id);
    if (!pair) {
      const end = childScope(this.#options.scope);
      pair = { end, conductor: this.#conduct('pair', [person], end.signal) };
      this.#pairs.set(person.id, pair);
    }
    return pair.conductor;
  }

  #conduct(scope: 'room' | 'pair', people: readonly Person[], signal: AbortSignal): Conductor {
    const { backchannel, phaseMs = 10_000, onError } = this.#options;
    const { room, self: { id, fp } } = backchannel;
    const doubt = new Doubt();
    let phase: Phase = 'idle';
    const conductor = new Conductor({
      scope, room, phaseMs, signal, self: subjectOf({ id, fp, sub: this.#sub }), others: people.map(subjectOf),
      epochOf: (of) => (scope === 'room' ? this.#epochs.get(of.join()) : undefined) ?? 0,
      tell: (to, word) => { backchannel.tell(to, encodeSpokenWord(word)); },
      onChanged: () => {
        if (conductor.phase !== phase) {
          phase = conductor.phase;
          const verdict = doubt.judge(phase);
          if (verdict === 'again') this.#compareAgain(conductor, signal);
          if (verdict === 'warn') this.#warn(conductor);
          if (phase === 'stalled' && scope === 'room') this.#pairUp();
        }
        this.#show();
      },
      onError: (error) => { onError(toRoomError(error)); },
    });
    return conductor;
  }

  /** Unless there is another set by then, because the relay told of a vouch meanwhile. */
  #compareAgain(conductor: Conductor, signal: AbortSignal): void {
    after(this.#options.graceMs ?? 2000, signal, () => {
      this.present(this.#present);
      if (conductor.phase === 'mismatch') conductor.take({ type: 'begin' });
    });
  }

  #warn({ of }: Conductor): void {
    this.#warning ??= 'tampered';
    this.#options.onError(new RoomError('verification-mismatch', `A member of ${of.join()} said two things.`));
  }

  /** Who never answers keeps nobody else from comparing. */
  #pairUp(): void {
    if (!this.#wanted || this.#people.size < 2) return;
    for (const person of this.#people.values()) {
      const pair = this.#pairWith(person);
      if (pair.phase === 'idle' || pair.phase === 'stalled' || pair.phase === 'mismatch') pair.take({ type: 'begin' });
    }
  }

  #coveredBy(code: SpokenCode): readonly Person[] {
    const people = this.#covered.get(code);
    if (!people) throw new TypeError('That is no code of this room.');
    return people;
  }

  #show(): void {
    if (this.#options.scope.aborted) return;
    const { pins, onView } = this.#options;
    onView(viewOf({
      pins, people: [...this.#people.values()], present: this.#present, wanted: this.#wanted, warning: this.#warning,
      room: this.#room, pairs: [...this.#pairs.values()].map(({ conductor }) => conductor),
      remember: (code) => {
        if (!this.#covered.has(code)) this.#covered.set(code, code.members.flatMap((id) => this.#people.get(id) ?? []));
      },
    }));
  }
}

/** @returns whether it is of this set */
function take(conductor: Conductor | undefined, from: ParticipantId, { what, epoch, of, value }: SpokenWord): boolean {
  if (conductor?.of.join() !== of.join()) return false;
  conductor.take({ type: what, from, epoch, value });
  return true;
}

/** Whether or not anybody here has keys for it: what counts is that all see the same. */
function subOf(vouch: string | undefined): string {
  return (vouch && parseVouch(vouch)?.claims.sub) ?? '';
}

function subjectOf({ id, sub, fp }: Pick<Person, 'id' | 'sub' | 'fp'>): Subject {
  const bytes = fromBase64Url(fp);
  if (bytes?.length !== 32) throw new TypeError(`"${fp}" is no fingerprint.`);
  return { id, sub, fp: bytes };
}

function signatureOf(people: ReadonlyMap<ParticipantId, Person>, ...ids: ParticipantId[]): string {
  return inOrder(ids.length > 0 ? ids : people.keys()).map((id) => {
    const person = people.get(id);
    return JSON.stringify([id, person?.fp, person?.sub]);
  }).join();
}
