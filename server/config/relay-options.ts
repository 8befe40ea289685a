import type { RelayOptions } from '../options.ts';
import { ConfigError } from './config-error.ts';
import { leavesOf } from './leaves.ts';
import { settings, type relaySettings, type Values } from './schema.ts';

/** What was given, as the library takes it: what belongs together is whole. @throws ConfigError */
export function toRelayOptions({ origins, turn, vouch, ...rest }: Values<typeof relaySettings>): RelayOptions {
  return {
    ...rest,
    ...(origins && { origins: origins.includes('*') ? '*' : origins }),
    ...(vouch && { vouch: { ...vouch, issuer: needed('vouch.issuer', vouch.issuer) } }),
    ...(turn && { turn: { ...turn, urls: needed('turn.urls', turn.urls), secret: needed('turn.secret', turn.secret) } }),
  };
}

function needed<T>(key: string, value: T | undefined): T {
  if (value !== undefined) return value;
  const group = `${key.split('.', 1).join('')}.…`;
  throw new ConfigError(`${key} is missing: ${group} was given without it`, leavesOf(settings).find((leaf) => leaf.key === key));
}
