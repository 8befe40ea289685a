import { RoomError } from '../shared/errors.ts';
import { TokenBucket } from './token-bucket.ts';
import type { EventRule, EventRules, SchemaResult } from './event-rules.ts';

/** Of one participant, for a schema that takes its time. */
const MAX_WAITING = 256;

type Problem = 'rate-limited' | 'invalid-payload';

class Sender {
  readonly buckets = new Map<string, TokenBucket>();
  waiting = 0;
  tail: Promise<unknown> = Promise.resolve();
}

/**
 * Holds what participants say against what the app expects of it. What is too much or does not match is dropped; the rest goes
 * on in the order of its sender, however long a schema takes.
 */
export class Screening {
  readonly #rules: ReadonlyMap<string, EventRule>;
  readonly #senders = new Map<string, Sender>();
  readonly #drop: (from: string, reason: Problem | 'backlog') => void;

  constructor(rules: EventRules, drop: (from: string, reason: Problem | 'backlog') => void) {
    // Not the object itself: names come from strangers, and one of them is `__proto__`.
    this.#rules = new Map(Object.entries(rules));
    this.#drop = drop;
  }

  /** @param take gets the arguments: as they came where there is no schema, else what the schema makes of the first, alone */
  hear(from: string, event: string, args: readonly unknown[], take: (args: readonly unknown[]) => void): void {
    const rule = this.#rules.get(event);
    const sender = this.#sender(from);
    if (!mayCome(sender, event, rule)) { this.#drop(from, 'rate-limited'); return; }
    if (sender.waiting >= MAX_WAITING) { this.#drop(from, 'backlog'); return; }
    const settle = (checked: Checked) => {
      if (this.#senders.get(from) !== sender) return; // They left meanwhile.
      if (checked.ok) take(rule?.schema ? [checked.value] : args); else this.#drop(from, 'invalid-payload');
    };
    const checked = check(rule, args[0]);
    if (sender.waiting === 0 && !(checked instanceof Promise)) { settle(checked); return; }
    sender.waiting++;
    sender.tail = sender.tail.then(() => checked).then((done) => {
      sender.waiting--;
      settle(done);
    });
  }

  /** @returns the payload for the handler. @throws RoomError `rate-limited`, `invalid-payload`. */
  async answerable(from: string, event: string, payload: unknown): Promise<unknown> {
    const rule = this.#rules.get(event);
    const sender = this.#sender(from);
    if (!mayCome(sender, event, rule)) throw this.#refusal(from, 'rate-limited', `"${event}" is asked too often.`);
    const [checked] = await Promise.all([check(rule, payload), sender.tail]);
    if (!checked.ok) throw this.#refusal(from, 'invalid-payload', `The payload of "${event}" is not what is expected there.`);
    return checked.value;
  }

  forget(from: string): void {
    this.#senders.delete(from);
  }

  #refusal(from: string, problem: Problem, hint: string): RoomError {
    this.#drop(from, problem);
    return new RoomError(problem, hint);
  }

  #sender(from: string): Sender {
    let sender = this.#senders.get(from);
    if (!sender) this.#senders.set(from, (sender = new Sender()));
    return sender;
  }
}

type Checked = { ok: true; value: unknown } | { ok: false };

function mayCome({ buckets }: Sender, event: string, rule: EventRule | undefined): boolean {
  if (!rule?.rate) return true;
  let bucket = buckets.get(event);
  if (!bucket) buckets.set(event, (bucket = new TokenBucket(rule.rate)));
  return bucket.take();
}

/** A schema that throws says no: what made it throw came from a stranger. */
function check(rule: EventRule | undefined, value: unknown): Checked | Promise<Checked> {
  if (!rule?.schema) return { ok: true, value };
  const judge = (result: SchemaResult<unknown>): Checked =>
    result.issues || !('value' in result) ? { ok: false } : { ok: true, value: result.value };
  try {
    const result = rule.schema['~standard'].validate(value);
    return result instanceof Promise ? result.then(judge).catch(() => ({ ok: false })) : judge(result);
  } catch {
    return { ok: false };
  }
}
