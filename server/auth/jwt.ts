import type { JWTVerifyGetKey } from 'jose';
import { optionalPackage } from '../optional-package.ts';
import { describeError, type Log } from '../log.ts';
import { unauthorized, type Authenticate, type AuthRefusal } from './authenticate.ts';
import { claimsToIdentity } from './identity.ts';
import { JwkFile } from './jwk-file.ts';
import type { JwtRules, KeySource } from './jwt-options.ts';

type Jose = typeof import('jose');

/** A key set's server gets this long for an answer: a handshake hangs no longer. */
const JWKS_TIMEOUT_MS = 4_000;
/** How seldom a `kid` that is not in the set makes it be asked for anew. */
const JWKS_COOLDOWN_MS = 30_000;

/** Authentication by JSON Web Tokens (RFC 7519). @throws Error where jose is missing or the key file cannot be read. */
export async function createJwtCheck(rules: JwtRules, log: Log): Promise<Authenticate> {
  const jose = await optionalPackage('jose', 'authentication by JWT', () => import('jose'));
  const findKey = createKeyFinder(rules, jose, log);
  const options = {
    algorithms: rules.algorithms,
    clockTolerance: rules.toleranceMs / 1000,
    requiredClaims: rules.requiresExpiry ? ['exp'] : [],
    ...(rules.issuer && { issuer: rules.issuer }),
    ...(rules.audience && { audience: rules.audience }),
  };
  return async ({ token }) => {
    if (token === undefined) return unauthorized('A token is needed.');
    try {
      const { payload } = await jose.jwtVerify(token, findKey, options);
      const identity = claimsToIdentity(payload);
      if (typeof identity !== 'string') return identity;
      log('info', 'a token was refused', { why: 'malformed claim', claim: identity });
      return unauthorized('A claim of the token is malformed.');
    } catch (error) {
      return toRefusal(error, jose, log);
    }
  };
}

/** It is the keys that cannot be had, not the token that is wrong. */
class KeysMissing extends Error {}

function createKeyFinder({ source }: JwtRules, jose: Jose, log: Log): JWTVerifyGetKey {
  if ('key' in source) return () => source.key;
  const find = createSetFinder(source, jose, log);
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = jose.errors;
      if ([JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported].some((kind) => error instanceof kind)) throw error;
      throw new KeysMissing(describeError(error));
    }
  };
}

function createSetFinder(source: Exclude<KeySource, { key: unknown }>, jose: Jose, log: Log): JWTVerifyGetKey {
  if ('file' in source) {
    const file = new JwkFile(source.file, jose.createLocalJWKSet, log);
    return (header, token) => file.keys(header, token);
  }
  const keys = jose.createRemoteJWKSet(source.url, { timeoutDuration: JWKS_TIMEOUT_MS, cooldownDuration: JWKS_COOLDOWN_MS });
  keys.reload().catch((error: unknown) => {
    log('warn', 'the JWKS cannot be fetched; each handshake tries again', { why: describeError(error) });
  });
  return keys;
}

/** The log gets stable codes only: a message could hold what the token says. */
function toRefusal(error: unknown, { errors }: Jose, log: Log): AuthRefusal {
  if (error instanceof KeysMissing) {
    log('error', 'the keys for tokens cannot be had', { why: error.message });
    return { code: 'relay-unavailable', message: 'Tokens cannot be checked now.' };
  }
  log('info', 'a token was refused', { why: error instanceof errors.JOSEError ? error.code : 'malformed' });
  return error instanceof errors.JWTExpired
    ? { code: 'token-expired', message: 'The token has expired.' }
    : unauthorized('The token is not valid.');
}
