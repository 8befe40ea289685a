import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { MAX_TOKEN_CHARS } from '../../src/protocol/limits.ts';
import { isPlainObject, isText, own, type Plain } from '../../src/protocol/primitives.ts';
import type { RelayLimits } from '../limits.ts';
import type { Log, LogData } from '../log.ts';
import type { Identity } from '../types.ts';
import { AUTH_CODES, unauthorized, type Authenticate, type AuthRefusal, type Handshake } from './authenticate.ts';
import { toIdentity } from './identity.ts';
import { createJwtCheck } from './jwt.ts';
import { readJwtOptions, type JwtOptions } from './jwt-options.ts';

export interface AuthOptions {
  /** Says who someone is, or why they may not in. Without it and without `jwt` rooms are open to who knows their name. */
  authenticate?: Authenticate;
  /** Authentication by configuration alone. */
  jwt?: JwtOptions;
}

export type Asker = Omit<Handshake, 'token' | 'signal'>;

/** Who everyone is where nobody is asked. */
const NOBODY: Identity = Object.freeze({});

/** Asks the operator's authentication, in bounded time and number, and believes only what it can read. */
export class Gate {
  readonly #limits: RelayLimits;
  readonly #log: Log;
  readonly #check: Promise<Authenticate | undefined>;
  /** Whether nobody is asked who they are. */
  readonly isOpen: boolean;
  /** More of it than the token. */
  readonly readsHandshake: boolean;
  /** How long after its end a token still counts. */
  readonly toleranceMs: number;
  #running = 0;

  /** @throws TypeError for options that cannot be right. */
  constructor({ authenticate, jwt }: AuthOptions, limits: RelayLimits, log: Log) {
    if (authenticate && jwt) throw new TypeError('authenticate and jwt exclude each other: give one of them');
    const rules = jwt && readJwtOptions(jwt);
    this.#limits = limits;
    this.#log = log;
    this.isOpen = !authenticate && !rules;
    this.readsHandshake = authenticate !== undefined;
    this.toleranceMs = rules?.toleranceMs ?? 0;
    this.#check = rules ? createJwtCheck(rules, log) : Promise.resolve(authenticate);
    this.#check.catch(() => undefined); // `ready` tells of it.
    if (this.isOpen) log('info', 'no authentication: rooms are open to who knows their name');
    if (rules && !rules.audience && !('key' in rules.source && rules.source.key.type === 'secret')) {
      log('warn', 'jwt.audience is not set: a token that its issuer made for another service is let in here too');
    }
  }

  /** Rejects where authentication cannot work: a package or a file is missing. */
  async ready(): Promise<void> {
    await this.#check;
  }

  async admit(asker: Asker): Promise<Identity | AuthRefusal> {
    if (this.isOpen) return NOBODY;
    const token = own(asker.auth, 'token') ?? undefined;
    if (token !== undefined && !isText(token, MAX_TOKEN_CHARS, 1)) return unauthorized('The token is too long, or no text.');
    if (this.#running >= this.#limits.authentications) return unavailable('Too many are being asked who they are.');
    this.#running++;
    const ended = new AbortController();
    try {
      return await Promise.race([
        this.#ask({ ...asker, ...(token !== undefined && { token }), signal: ended.signal }),
        this.#tooLate(ended.signal),
      ]);
    } catch (error) {
      this.#log('error', 'authentication failed', nameOf(error));
      return unauthorized('Authentication failed.');
    } finally {
      this.#running--;
      ended.abort();
    }
  }

  async #ask(handshake: Handshake): Promise<Identity | AuthRefusal> {
    const check = await this.#check;
    if (!check) return {};
    const answer: unknown = await check(handshake);
    if (isPlainObject(answer) && 'code' in answer) return toRefusal(answer);
    const identity = answer === undefined ? 'identity' : toIdentity(answer);
    if (typeof identity === 'string') {
      if (answer !== undefined) this.#log('error', 'what authentication gave is no identity', { claim: identity });
      return unauthorized('Not allowed in.');
    }
    const isOver = identity.expiresAt !== undefined && identity.expiresAt + this.toleranceMs <= Date.now();
    if (isOver) return { code: 'token-expired', message: 'The token has expired.' };
    // A hook's tokens are the operator's affair: all may share one.
    const isNameless = !this.readsHandshake && identity.sub === undefined && handshake.token !== undefined;
    return isNameless ? { ...identity, tokenHash: createHash('sha256').update(handshake.token).digest('base64url') } : identity;
  }

  async #tooLate(signal: AbortSignal): Promise<AuthRefusal> {
    await wait(this.#limits.authenticateMs, undefined, { signal, ref: false });
    this.#log('warn', 'authentication took too long');
    return unavailable('Authentication took too long.');
  }
}

function unavailable(message: string): AuthRefusal {
  return { code: 'relay-unavailable', message };
}

/** A hook's own refusal, under one of the codes that there are. */
function toRefusal(answer: Plain): AuthRefusal {
  const message = own(answer, 'message');
  return {
    code: AUTH_CODES.find((code) => code === own(answer, 'code')) ?? 'unauthorized',
    message: isText(message, 500, 1) ? message : 'Not allowed in.',
  };
}

/** What of an error cannot hold a token: an error's message often quotes what it is about. */
function nameOf(error: unknown): LogData {
  const { name, code } = error instanceof Error ? error as NodeJS.ErrnoException : { name: typeof error, code: undefined };
  return { error: name, ...(typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) && { why: code }) };
}
