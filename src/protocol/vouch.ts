/**
 * A vouch: a short-lived statement, signed by an issuer, that a key belongs to somebody in one room (docs/identity.md). A compact
 * JWS with ES256 (RFC 7515, 7518 section 3.4), claims of RFC 7519, the key's fingerprint as in RFC 7800 and RFC 8705.
 */
import { fromBase64Url } from '../shared/bytes.ts';
import { parseJson } from './json.ts';
import { MAX_VOUCH_CHARS } from './limits.ts';
import { parseRoles } from './parse-moderation.ts';
import { cleanName, isParticipantId, isPlainObject, isRoomId, isText, own, type Plain } from './primitives.ts';
import type { ParticipantId, RoomId } from './wire.ts';

export const VOUCH_ALGORITHM = 'ES256';
export const VOUCH_TYPE = 'rtc-vouch+jwt';
export const VOUCH_AUDIENCE = 'rtc-elements/1';
/** Seconds from `iat` to `exp`; who says more is refused. */
export const VOUCH_LIFE_S = 600;
/** `iss` and `sub`. */
export const MAX_SUBJECT_CHARS = 255;

/** What a vouch says. Times are epoch seconds by the issuer's clock. */
export interface VouchClaims {
  readonly iss: string;
  readonly aud: string;
  readonly room: RoomId;
  readonly pid: ParticipantId;
  /** Who it is, unique at the issuer. */
  readonly sub: string;
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly jti: string;
  /** SHA-256 of the certificate's DER form, base64url (`cnf["x5t#S256"]`). */
  readonly fp: string;
}

export interface ParsedVouch { readonly kid: string; readonly claims: VouchClaims }

const HEADER_KEYS = ['alg', 'kid', 'typ'];

/** @returns `undefined` for anything but a vouch of the one algorithm and type; nothing of it is proven yet. */
export function parseVouch(compact: string): ParsedVouch | undefined {
  if (compact.length > MAX_VOUCH_CHARS) return undefined;
  const [head, body, signature, ...more] = compact.split('.').map(fromBase64Url);
  if (!head || !body || signature?.length !== 64 || more.length > 0) return undefined;
  const [header, said] = [readJson(head), readJson(body)];
  if (!header || !said || header['alg'] !== VOUCH_ALGORITHM || header['typ'] !== VOUCH_TYPE) return undefined;
  const kid = own(header, 'kid');
  // Nothing else: `crit`, a key that it brings along, a URL of one.
  if (!isText(kid, 128, 1) || Object.keys(header).sort().join() !== HEADER_KEYS.join()) return undefined;
  const claims = parseClaims(said);
  return claims && { kid, claims };
}

function readJson(bytes: Uint8Array): Plain | undefined {
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return isPlainObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined; // No UTF-8.
    throw error;
  }
}

function parseClaims(said: Plain): VouchClaims | undefined {
  const [iss, aud, room, pid, sub, jti] = ['iss', 'aud', 'room', 'pid', 'sub', 'jti'].map((key) => own(said, key));
  const [iat, nbf, exp] = ['iat', 'nbf', 'exp'].map((key) => own(said, key));
  const [name, given, cnf] = ['name', 'roles', 'cnf'].map((key) => own(said, key));
  const roles = parseRoles(given);
  const fp = isPlainObject(cnf) ? own(cnf, 'x5t#S256') : undefined;
  if (!isName(iss) || !isName(sub) || !isName(aud)) return undefined;
  if (!isRoomId(room) || !isParticipantId(pid) || !isText(jti, 128, 1)) return undefined;
  if (!isTime(iat) || !isTime(nbf) || !isTime(exp) || exp <= iat || exp - iat > VOUCH_LIFE_S) return undefined;
  if (name !== undefined && !isText(name, 256)) return undefined;
  if (given !== undefined && !roles) return undefined;
  if (!isText(fp, 43) || fromBase64Url(fp)?.length !== 32) return undefined;
  const called = cleanName(name ?? '');
  return { iss, aud, room, pid, sub, iat, nbf, exp, jti, fp, ...(called && { name: called }), ...(roles && { roles }) };
}

function isName(value: unknown): value is string {
  return isText(value, MAX_SUBJECT_CHARS, 1);
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
