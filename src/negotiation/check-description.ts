/**
 * The gate: every remote description passes it before it is set, the first one, renegotiations and ICE restarts alike
 * (docs/security.md; RFC 8122, RFC 8827 section 6.5, OWASP ASVS 5.0 17.2). Pure.
 */
import { MAX_SDP_MEDIA_SECTIONS } from '../protocol/limits.ts';
import { toBase64Url } from '../shared/ids.ts';

export type GateProblem =
  | 'no-fingerprint' | 'weak-fingerprint' | 'fingerprint-differs' | 'too-many-sections' | 'not-bundled' | 'malformed';

export type GateResult =
  /** `fp`: SHA-256 of the certificate's DER form, base64url. `sessionId`: one for each of the far end's pcs (RFC 8829 5.2.1). */
  | { ok: true; fp: string; sessionId: string }
  | { ok: false; problem: GateProblem };

/** @param expected the pinned fingerprint (base64url), or `undefined` to take the one that is there. */
export function checkDescription(sdp: string, expected: string | undefined): GateResult {
  const refuse = (problem: GateProblem): GateResult => ({ ok: false, problem });
  const [session = '', ...sections] = sdp.split(/(?:^|\r?\n)(?=m=)/);
  // A lone CR or any other character that one parser takes for a line end and another does not.
  if (/\r(?!\n)|(?![\r\n\t])\p{Cc}|[\u2028\u2029]/u.test(sdp)) return refuse('malformed');
  if (sections.length > MAX_SDP_MEDIA_SECTIONS) return refuse('too-many-sections');

  // All of them, wherever they stand, whatever the case: Chromium uses the last one, others the first.
  const prints = [...sdp.matchAll(/^[ \t]*a[ \t]*=[ \t]*fingerprint[ \t]*:[ \t]*(.*)$/gim)].map(([, value = '']) => value.trim());
  if (prints.length === 0) return refuse('no-fingerprint');
  let fp = expected;
  for (const print of prints) {
    const [algorithm = '', hex = '', ...rest] = print.split(/[ \t]+/);
    if (algorithm.toLowerCase() !== 'sha-256') return refuse('weak-fingerprint');
    if (rest.length > 0 || !/^[0-9a-f]{2}(:[0-9a-f]{2}){31}$/i.test(hex)) return refuse('malformed');
    const found = fingerprintFromHex(hex);
    if (found !== (fp ??= found)) return refuse('fingerprint-differs');
  }

  const bundled = new Set(/^a=group:BUNDLE ([^\r\n]*)/m.exec(session)?.[1]?.trim().split(/ +/) ?? []);
  for (const section of sections) {
    const port = /^m=[^ ]+ (\d+)/.exec(section)?.[1];
    const mid = /^a=mid:([^\r\n]*)/m.exec(section)?.[1];
    const rejected = port === '0' && !/^a=bundle-only/m.test(section);
    if (!rejected && (mid === undefined || !bundled.has(mid))) return refuse('not-bundled');
  }

  const sessionId = /^o=[^ ]+ ([^ ]+) /m.exec(session)?.[1];
  return fp !== undefined && sessionId ? { ok: true, fp, sessionId } : refuse('malformed');
}

/** `AB:CD:…` -> base64url of the bytes. */
export function fingerprintFromHex(hex: string): string {
  return toBase64Url(Uint8Array.from(hex.split(':'), (byte) => parseInt(byte, 16)));
}
