/** Someone who vouches, in a test: says whatever it is told to. Runs in pages and in Node. */
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { VouchKeySet, VouchRequest } from '../../src/identity/vouch-options.ts';

export interface Said {
  room: string; pid: string; fp: string; sub: string; name?: string; roles?: string[];
  iss?: string; aud?: unknown; iat?: number; nbf?: number; exp?: number; jti?: string;
}

let made = 0;

export class TestIssuer {
  readonly name: string;
  readonly kid: string;
  readonly keys: VouchKeySet;
  readonly #key: CryptoKey;
  /** How many it was asked for. */
  asked = 0;

  private constructor(name: string, kid: string, key: CryptoKey, jwk: object) {
    this.name = name;
    this.kid = kid;
    this.#key = key;
    this.keys = { keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] };
  }

  static async make(name = 'https://issuer.example', kid = `key-${++made}`): Promise<TestIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    return new TestIssuer(name, kid, privateKey, await exportJWK(publicKey));
  }

  /** A vouch in order, but for what is told otherwise. */
  sign({ fp, ...said }: Said, header: object = {}): Promise<string> {
    const { iat = Math.floor(Date.now() / 1000) } = said;
    return this.signRaw({
      iss: this.name, aud: 'rtc-elements/1', iat, nbf: iat, exp: iat + 600, jti: `jti-${++made}`,
      cnf: { 'x5t#S256': fp }, ...said,
    }, header);
  }

  signRaw(payload: Record<string, unknown>, header: object = {}): Promise<string> {
    const protectedHeader = { alg: 'ES256', typ: 'rtc-vouch+jwt', kid: this.kid, ...header };
    return new SignJWT(payload).setProtectedHeader(protectedHeader).sign(this.#key);
  }

  /** As a page's `getVouch` would ask its backend, whose session knows who it is. */
  forPerson(sub: string, more: Partial<Said> = {}): (request: VouchRequest) => Promise<string> {
    return ({ room, participant, fp }) => {
      this.asked++;
      return this.sign({ room, pid: participant, fp, sub, name: sub.toUpperCase(), ...more });
    };
  }
}

/** The same compact JWS with other words in one of its three parts. */
export function rewrite(vouch: string, part: 0 | 1, change: (value: Record<string, unknown>) => object): string {
  const parts = vouch.split('.');
  const value = JSON.parse(atob((parts[part] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
  parts[part] = btoa(JSON.stringify(change(value))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return parts.join('.');
}
