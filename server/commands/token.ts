import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { claimsToIdentity } from '../auth/identity.ts';
import { algorithmsOf, readSecret, type JwtAlgorithm } from '../auth/jwt-options.ts';
import { ConfigError, shown } from '../config/config-error.ts';
import { optionalPackage } from '../optional-package.ts';
import type { RunnableCommand } from './runnable-command.ts';

const DEFAULT_TTL_S = 3600;
const MAX_TTL_S = 366 * 24 * 3600;

/** Prints one token that a relay of the same configuration lets in, for trying out. */
export const token: RunnableCommand = {
  about: 'prints a token for trying out, made with the secret of the configuration or with --jwt-private-key',
  flags: {
    room: { type: 'string', about: 'the room it is for' },
    name: { type: 'string', about: 'display name' },
    role: { type: 'string', about: 'such as host' },
    sub: { type: 'string', about: 'subject: who it is' },
    ttl: { type: 'string', about: `seconds that it lives (${DEFAULT_TTL_S})` },
    'jwt-private-key': { type: 'string', about: 'file with the private key (PEM) of the relay\'s jwt.publicKey or jwt.jwks' },
    kid: { type: 'string', about: 'name of that key in jwt.jwks' },
  },
  async run({ config: { jwt = {} }, values }) {
    const { room, name, role, sub, kid } = values;
    if (room === undefined) throw new ConfigError('--room is missing. Example: token --room lobby --name Ann');
    const identity = claimsToIdentity({ room, name, role, sub });
    const flag = typeof identity === 'string' ? identity.replace(/s$/, '') : '';
    if (flag !== '') throw new ConfigError(`--${flag} is nothing that a relay takes: ${shown(values[flag])}`);

    const { key, algorithms } = readKey(values['jwt-private-key'], jwt.secret);
    const alg = algorithms.find((fitting) => jwt.algorithms?.includes(fitting) ?? true);
    if (alg === undefined) throw new ConfigError(`jwt.algorithms has none that fits the key: ${algorithms.join(', ')}`);

    const { SignJWT } = await optionalPackage('jose', 'token', () => import('jose'));
    const nowS = Math.floor(Date.now() / 1000);
    const given = Object.entries({ room, name, role, sub, iss: jwt.issuer?.[0], aud: jwt.audience?.[0] });
    const signed = await new SignJWT(Object.fromEntries(given.filter(([, value]) => value !== undefined)))
      .setProtectedHeader({ alg, typ: 'JWT', ...(typeof kid === 'string' && { kid }) })
      .setIssuedAt(nowS).setExpirationTime(nowS + readTtl(values['ttl']))
      .sign(key);
    process.stdout.write(`${signed}\n`);
  },
};

function readKey(file: unknown, secret: string | undefined): { key: KeyObject; algorithms: readonly JwtAlgorithm[] } {
  if (typeof file === 'string') {
    const key = readPrivateKey(file);
    return { key, algorithms: algorithmsOf(key) };
  }
  if (secret !== undefined) return { key: readSecret(secret), algorithms: ['HS256'] };
  throw new ConfigError('a token needs a key: JWT_SECRET, --jwt-secret-file FILE, or --jwt-private-key FILE');
}

function readPrivateKey(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (cause) {
    throw new ConfigError(`--jwt-private-key names no file with a private key (PEM): ${file}`, undefined, { cause });
  }
}

function readTtl(text: unknown): number {
  if (text === undefined) return DEFAULT_TTL_S;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= MAX_TTL_S) return seconds;
  throw new ConfigError(`--ttl is not a whole number of seconds from 1 to ${MAX_TTL_S}. Example: --ttl 3600`);
}
