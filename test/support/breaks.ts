/** Two engines in one page, between which whatever can break does: what each said, and what the other heard of it. */
import { Conversation } from '../../src/peer/conversation.ts';
import { Party } from './guests.ts';
import { randomFrom } from './random.ts';
import { RecordedPc, recordPcs, stopRecording } from './recorded-pcs.ts';
import { until } from './until.ts';
import type { Channel } from '../../src/channels/channel.ts';
import type { PeerLimits } from '../../src/protocol/peer-limits.ts';
import type { PeerParts } from '../../src/peer/dialect.ts';
import type { Guest } from './guests.ts';

/** What goes with a number: nothing, bytes, a text in several parts, or a blob, which takes a while to read. */
function companyOf(n: number): unknown[] {
  if (n % 11 === 3) return [{ deep: [null, new Uint8Array(n % 3000).fill(n)] }];
  if (n % 37 === 5) return [`${n}`.padEnd(66_000, 'x')];
  if (n % 41 === 7) return [new Blob([`${n}`], { type: 'text/x-number' }), new Float64Array([n])];
  return [];
}

function isCompanyOf(n: number, came: readonly unknown[]): boolean {
  const expected = companyOf(n);
  return expected.length === came.length && expected.every((one, i) => flat(one) === flat(came[i]));
}

/** Binary values as what can be compared. */
function flat(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner instanceof Blob ? `${inner.type} ${inner.size}` : ArrayBuffer.isView(inner) ? [inner.constructor.name, ...inner as Uint8Array] : inner);
}

/** One who talks: keeps what they said, what they heard, and what they were told of it. */
export class Talker {
  readonly guest: Guest;
  /** Of the peer of the moment. */
  readonly parts: () => PeerParts;
  readonly heard: number[] = [];
  readonly heardOnChannel: number[] = [];
  /** Request -> how often it was answered here. */
  readonly asked = new Map<number, number>();
  readonly answers: Promise<unknown>[] = [];
  readonly errors: string[] = [];
  said = 0;
  saidOnChannel = 0;
  channel!: Channel;

  constructor(guest: Guest, parts: () => PeerParts) {
    this.guest = guest;
    this.parts = parts;
    const { room } = guest;
    room.on('n', (n, { args: [, ...company] }) => {
      this.heard.push(n as number);
      if (!isCompanyOf(n as number, company)) this.errors.push(`other company of ${String(n)}`);
    });
    room.handle('ask', (n) => {
      this.asked.set(n as number, (this.asked.get(n as number) ?? 0) + 1);
      return n;
    });
    room.lifecycle.on('error', ({ error }) => { this.errors.push(error.code); });
    for (const event of ['participant-left', 'participant-joined'] as const) {
      room.lifecycle.on(event, () => { this.errors.push(event); });
    }
  }

  async openChannel(): Promise<void> {
    this.channel = await this.guest.room.openChannel('numbers');
    this.channel.on('n', (n, { args: [, ...company] }) => {
      this.heardOnChannel.push(n as number);
      if (typeof n === 'number' && !isCompanyOf(n, company)) this.errors.push(`other company of ${n} on the channel`);
    });
    this.channel.lifecycle.on('data', ({ data }) => { this.heardOnChannel.push(new DataView(data).getUint32(0)); });
  }

  say(): void {
    const n = this.said++;
    this.guest.room.emit('n', n, ...companyOf(n));
  }

  sayOnChannel(): void {
    const n = this.saidOnChannel++;
    if (n % 2) this.channel.emit('n', n, ...companyOf(n));
    else this.channel.send(Uint32Array.of(((n & 0xff) << 24) | ((n & 0xff00) << 8)));
  }

  ask(other: Talker): void {
    const n = this.answers.length;
    this.answers.push(this.guest.room.to(other.guest.id).request('ask', n, { timeoutMs: 30_000 }).catch(String));
  }
}

export interface Pair { talkers: [Talker, Talker]; party: Party; close(): void }

/** Two who have met and opened a channel. */
export async function talkingPair(delayMs: () => number = () => 0, limits: Partial<PeerLimits> = {}): Promise<Pair> {
  recordPcs();
  const party = new Party({ delayMs });
  const talkers = ['Ada', 'Bo'].map((name) => {
    let latest: PeerParts | undefined;
    const guest = party.guest(name, { limits }, (parts) => new Conversation((latest = parts)));
    return new Talker(guest, () => latest as PeerParts);
  }) as [Talker, Talker];
  for (const { guest } of talkers) await guest.room.join();
  await party.allMet();
  for (const talker of talkers) talker.errors.length = 0;
  await Promise.all(talkers.map((talker) => talker.openChannel()));
  return { talkers, party, close: () => { party.close(); stopRecording(); } };
}

/** Everything said was heard, once and in order, and every question was answered once. @throws with what is not so */
export async function allArrives({ talkers: [ada, bo] }: Pair, what: string): Promise<void> {
  for (const [one, other] of [[ada, bo], [bo, ada]] as const) {
    const complete = () => other.heard.length >= one.said && other.heardOnChannel.length >= one.saidOnChannel;
    await until(complete, `everything arrived (${what})`, 20_000).catch((error: unknown) => {
      const counts = [other.heard.length, one.said, other.heardOnChannel.length, one.saidOnChannel];
      throw new Error(`${String(error)} ${counts.join()} ${[...one.errors, '|', ...other.errors].join()}`);
    });
    const inOrder = (heard: readonly number[], said: number) => heard.length === said && heard.every((n, i) => n === i);
    if (!inOrder(other.heard, one.said)) throw new Error(`Not once and in order (${what}): ${other.heard.join()}`);
    if (!inOrder(other.heardOnChannel, one.saidOnChannel)) throw new Error(`The channel: not once and in order (${what}): ${other.heardOnChannel.join()}`);
    const answers = await Promise.all(one.answers);
    if (answers.some((answer, i) => answer !== i)) throw new Error(`Other answers (${what}): ${answers.join()}`);
    if ([...other.asked.values()].some((times) => times !== 1)) throw new Error(`Asked more than once (${what}).`);
  }
  const told = [...ada.errors, ...bo.errors];
  if (told.length > 0) throw new Error(`Told of an error (${what}): ${told.join()}`);
}

const rebuild = ({ parts }: Talker) => { parts().handlers.onGiveUp(); };

/** Another pc is made in place of this one's; the far end knows nothing of it yet. */
export async function rebuilt(talker: Talker): Promise<void> {
  const before = talker.parts();
  rebuild(talker);
  for (let turn = 0; talker.parts() === before; turn++) {
    if (turn > 1000) throw new Error('It makes no other pc.');
    await Promise.resolve();
  }
}

/** Until they are collected, closed connections count among the 500 that a page may make. (`gc`: the test runner's options.) */
function collectGarbage(): Promise<unknown> {
  return Promise.resolve<unknown>(globalThis.gc?.({ execution: 'async' }));
}

/** One run of everything that breaks, as the seed has it. */
export async function breakAtRandom(seed: number, limits?: Partial<PeerLimits>): Promise<void> {
  const random = randomFrom(seed);
  const upTo = (n: number) => Math.floor(random() * n);
  const pair = await talkingPair(() => random() * 10, limits);
  try {
    for (let round = 0; round < 8; round++) {
      const [one, other] = random() < 0.5 ? pair.talkers : [pair.talkers[1], pair.talkers[0]];
      for (const talker of pair.talkers) {
        for (let i = upTo(30); i > 0; i--) talker.say();
        for (let i = upTo(30); i > 0; i--) talker.sayOnChannel();
      }
      if (random() < 0.5) one.ask(other);
      const restart = ({ parts }: Talker) => { parts().pc.restartIce(); };
      const pause = () => new Promise<void>((resolve) => { setTimeout(resolve, random() * 30); });
      const breaks = [
        () => { rebuild(one); },
        () => { rebuild(one); rebuild(other); },
        async () => { rebuild(one); await pause(); rebuild(other); },
        async () => { restart(other); await pause(); rebuild(one); },
        () => { restart(one); restart(other); },
        () => { one.guest.signaling.break(); one.guest.signaling.restore(); },
        async () => { rebuild(one); await pause(); one.guest.signaling.break(); await pause(); one.guest.signaling.restore(); },
      ];
      await Promise.resolve<unknown>(breaks[upTo(breaks.length)]?.());
      one.say();
      other.sayOnChannel();
      await pause();
      if (random() < 0.3) await pair.party.allMet();
    }
    await allArrives(pair, `seed ${seed}`);
    const live = RecordedPc.made.filter(({ signalingState }) => signalingState !== 'closed').length;
    if (live !== 2) throw new Error(`${live} connections are left (seed ${seed}).`);
  } finally {
    pair.close();
    RecordedPc.made = [];
    await collectGarbage();
  }
}
