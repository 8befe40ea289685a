import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { DEFAULTS } from '../defaults.ts';

const PUBLIC_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const;
export const JWT_ALGORITHMS = ['HS256', ...PUBLIC_ALGORITHMS] as const;
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];

/** Exactly one of `secret`, `publicKey` and `jwks`. docs/relay.md has the claims. */
export interface JwtOptions {
  /** For HS256; at least 32 bytes (RFC 7518 section 3.2). */
  secret?: string;
  /** SPKI in PEM: RSA of 2,048 bits or more, P-256, P-384 or Ed25519. */
  publicKey?: string;
  /** A file or an https URL with a JSON Web Key Set (RFC 7517 section 5); keys are chosen by `kid`. */
  jwks?: string;
  /** What a token's `alg` may be. Default: all that fit the key. */
  algorithms?: readonly JwtAlgorithm[];
  issuer?: string | readonly string[];
  audience?: string | readonly string[];
  /** How far the clocks may be apart, for `nbf` and `exp`. Default 5. */
  clockToleranceS?: number;
  /** Lets tokens without `exp` in. Default false. */
  allowNoExpiry?: boolean;
}

export type KeySource = { readonly key: KeyObject } | { readonly file: string } | { readonly url: URL };

/** {@link JwtOptions}, found good. */
export interface JwtRules {
  readonly source: KeySource;
  readonly algorithms: JwtAlgorithm[];
  readonly issuer?: string[];
  readonly audience?: string[];
  readonly toleranceMs: number;
  readonly requiresExpiry: boolean;
}

const MIN_SECRET_BYTES = 32;
const MIN_RSA_BITS = 2048;

/** @throws TypeError that names the option, what is wrong with it and an example; never its value. */
export function readJwtOptions(options: JwtOptions): JwtRules {
  const { source, fitting } = readSource(options);
  const { algorithms = fitting, issuer, audience, clockToleranceS = DEFAULTS.clockToleranceS, allowNoExpiry = false } = options;
  if (algorithms.length === 0 || !algorithms.every((algorithm) => fitting.includes(algorithm))) {
    throw new TypeError(`jwt.algorithms may hold what fits the key: ${fitting.join(', ')}`);
  }
  if (!(clockToleranceS >= 0 && clockToleranceS <= 600)) {
    throw new TypeError('jwt.clockToleranceS is not a number of seconds from 0 to 600: 5, for example');
  }
  return {
    source,
    algorithms: [...algorithms],
    ...(issuer !== undefined && { issuer: readTexts('issuer', issuer) }),
    ...(audience !== undefined && { audience: readTexts('audience', audience) }),
    toleranceMs: clockToleranceS * 1000,
    requiresExpiry: !allowNoExpiry,
  };
}

function readSource({ secret, publicKey, jwks }: JwtOptions): { source: KeySource; fitting: readonly JwtAlgorithm[] } {
  if ([secret, publicKey, jwks].filter((given) => given !== undefined).length !== 1) {
    throw new TypeError("jwt takes exactly one of secret, publicKey and jwks: { secret: process.env.JWT_SECRET }, for example");
  }
  if (secret !== undefined) return { source: { key: readSecret(secret) }, fitting: ['HS256'] };
  if (publicKey !== undefined) {
    const key = readPublicKey(publicKey);
    return { source: { key }, fitting: algorithmsOf(key) };
  }
  return { source: readJwks(jwks ?? ''), fitting: PUBLIC_ALGORITHMS };
}

export function readSecret(secret: string): KeyObject {
  // Whoever takes a public key for a secret lets everybody sign.
  if (/-----BEGIN|^\s*\{/.test(secret)) throw new TypeError('jwt.secret is a key file: give a public key as jwt.publicKey');
  const key = createSecretKey(secret, 'utf8');
  if ((key.symmetricKeySize ?? 0) >= MIN_SECRET_BYTES) return key;
  throw new TypeError(`jwt.secret is shorter than ${MIN_SECRET_BYTES} bytes; make one: openssl rand -base64 48`);
}

function readPublicKey(pem: string): KeyObject {
  if (pem.includes('PRIVATE KEY')) {
    throw new TypeError('jwt.publicKey is a private key; its public half is enough: openssl pkey -in key.pem -pubout');
  }
  try {
    return createPublicKey(pem);
  } catch (cause) {
    throw new TypeError('jwt.publicKey is no PEM of a public key, such as "-----BEGIN PUBLIC KEY-----…"', { cause });
  }
}

/**
 * What a key, public or private, can do; each key type has its own algorithms, so that none is ever taken for another's.
 * @throws TypeError
 */
export function algorithmsOf(key: KeyObject): readonly JwtAlgorithm[] {
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa': if (modulusLength >= MIN_RSA_BITS) return ['RS256', 'PS256']; break;
    case 'ec':
      if (namedCurve === 'prime256v1') return ['ES256'];
      if (namedCurve === 'secp384r1') return ['ES384'];
      break;
    case 'ed25519': return ['EdDSA'];
    default:
  }
  throw new TypeError(`the key for tokens has to be RSA of ${MIN_RSA_BITS} bits or more, P-256, P-384 or Ed25519`);
}

function readJwks(place: string): KeySource {
  if (!/^https?:/i.test(place)) return { file: place };
  const url = URL.canParse(place) ? new URL(place) : undefined;
  const isLocal = url !== undefined && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url && (url.protocol === 'https:' || isLocal)) return { url };
  throw new TypeError('jwt.jwks is no file and no https URL: https://id.example.com/.well-known/jwks.json, for example');
}

function readTexts(name: string, given: string | readonly string[]): string[] {
  const list = typeof given === 'string' ? [given] : [...given];
  if (list.length > 0 && list.every((text) => typeof text === 'string' && text !== '')) return list;
  throw new TypeError(`jwt.${name} is empty: https://id.example.com, for example`);
}
