import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { isParticipantId } from '../src/protocol/primitives.ts';
import type { ParticipantId, RoomId } from '../src/protocol/wire.ts';
import { describeError, type Log } from './log.ts';

const MIN_SECRET_CHARS = 16;

/**
 * Resume tokens: `<participant id>.<expiry, epoch ms, base 36>.<HMAC-SHA256, base64url>`, the HMAC over room, participant id
 * and expiry, and over the subject of the participant's identity where it has one: nobody else comes back with it. Whoever
 * holds the secret accepts them: the same relay after a restart, or a second one.
 */
export class ResumeTokens {
  readonly #secret: string;
  readonly lifeMs: number;

  /** @throws TypeError for a secret that could be guessed. */
  constructor(secret: string, lifeMs: number) {
    if (secret.length < MIN_SECRET_CHARS) throw new TypeError(`the relay secret has fewer than ${MIN_SECRET_CHARS} characters`);
    this.#secret = secret;
    this.lifeMs = lifeMs;
  }

  issue(roomId: RoomId, id: ParticipantId, subject?: string, nowMs = Date.now()): string {
    const expiry = Math.floor(nowMs + this.lifeMs).toString(36);
    return `${id}.${expiry}.${this.#sign(roomId, id, expiry, subject).toString('base64url')}`;
  }

  /** @returns whose token it is, if it was issued for this room and subject and has not expired. */
  verify(roomId: RoomId, token: string, subject?: string, nowMs = Date.now()): ParticipantId | undefined {
    const [id, expiry, signature, more] = token.split('.');
    if (!isParticipantId(id) || expiry === undefined || signature === undefined || more !== undefined) return undefined;
    const expected = this.#sign(roomId, id, expiry, subject);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return Number.parseInt(expiry, 36) > nowMs ? id : undefined;
  }

  #sign(roomId: RoomId, id: ParticipantId, expiry: string, subject: string | undefined): Buffer {
    // None of the first three can contain a full stop: the parts cannot be shifted against each other.
    const parts = ['rtc-elements/resume/v1', roomId, id, expiry, ...(subject === undefined ? [] : [subject])];
    return createHmac('sha256', this.#secret).update(parts.join('.')).digest();
  }
}

/** The secret kept in `file` (mode 0600), made at the first start. Where it cannot be kept, tokens end with this process. */
export function loadSecret(file: string, log: Log): string {
  const fresh = randomBytes(32).toString('base64url');
  try {
    writeFileSync(file, `${fresh}\n`, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch (error) {
    const kept = readSecret(file);
    if (kept !== undefined) return kept;
    log('warn', 'the relay secret cannot be kept: nobody can resume after a restart', { file, error: describeError(error) });
    return fresh;
  }
}

function readSecret(file: string): string | undefined {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    return secret.length >= MIN_SECRET_CHARS ? secret : undefined;
  } catch {
    return undefined; // The caller says what follows from it.
  }
}
