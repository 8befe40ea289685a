import { randomBytes, sign } from 'node:crypto';
import { MAX_VOUCH_CHARS } from '../../src/protocol/limits.ts';
import { parseVouch, VOUCH_ALGORITHM, VOUCH_AUDIENCE, VOUCH_LIFE_S, VOUCH_TYPE } from '../../src/protocol/vouch.ts';
import { readPublicJwk, readSigningKey, type PublicJwk } from './signing-key.ts';

export interface IssuerOptions {
  /** What the badge of a participant names, such as the URL of the app. */
  issuer: string;
  /** Private P-256 key in PEM; `generateVouchKey()` makes one. */
  key: string;
  /** The key before, or its public half: what it signed holds for ten minutes more. */
  previousKey?: string | undefined;
}

/** What is vouched for: that this key is this person's, in this room. */
export interface VouchSubject {
  room: string;
  participant: string;
  /** SHA-256 of the participant's certificate, base64url: `fp` of what `getVouch` was given. */
  fp: string;
  /** Who it is, unique at the issuer: what the app's own session says, never what the browser sent. */
  sub: string;
  name?: string | undefined;
  roles?: readonly string[] | undefined;
}

export interface Issuer {
  /** @returns a vouch of ten minutes. @throws TypeError for a subject that no engine would take. */
  issue(subject: VouchSubject): string;
  /** The public keys, for `vouch-keys`: serve it as JSON. */
  jwks(): { keys: PublicJwk[] };
}

/** Signs vouches (docs/identity.md). @throws TypeError that names the option that is wrong. */
export function createIssuer({ issuer, key: pem, previousKey }: IssuerOptions): Issuer {
  if (typeof issuer !== 'string' || issuer === '' || issuer.length > 255) {
    throw new TypeError('issuer is no text of 1 to 255 characters: https://app.example.com, for example');
  }
  const { key, kid, jwk } = readSigningKey(pem, 'key');
  const keys = [jwk, ...(previousKey === undefined ? [] : [readPublicJwk(previousKey, 'previousKey')])];
  const header = encode({ alg: VOUCH_ALGORITHM, typ: VOUCH_TYPE, kid });
  return {
    issue({ room, participant, fp, sub, name, roles }) {
      const iat = Math.floor(Date.now() / 1000);
      const said = `${header}.${encode({
        iss: issuer, aud: VOUCH_AUDIENCE, room, pid: participant, sub, name, roles,
        iat, nbf: iat, exp: iat + VOUCH_LIFE_S, jti: randomBytes(16).toString('base64url'), cnf: { 'x5t#S256': fp },
      })}`;
      const signature = sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
      const vouch = `${said}.${signature}`;
      if (parseVouch(vouch)) return vouch;
      throw new TypeError(vouch.length > MAX_VOUCH_CHARS ? 'name and roles are too long for a vouch of 2,048 characters'
        : 'room, participant, fp, sub, name or roles is nothing that an engine takes');
    },
    jwks: () => ({ keys: [...keys] }),
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
