import { parseArgs } from 'node:util';
import type { RelayOptions } from './options.ts';

export const USAGE = `rtc-elements serve [options]

  --port <n>         port to listen on (PORT, 3000)
  --host <address>   address to listen on (HOST, all interfaces)
  --https            serve https with a self-signed certificate (needs the package selfsigned)
  --origin <origin>  a page's origin that may connect; repeat it, or ORIGINS=a,b; "*" for any
                     (default: loopback, and pages opened by this machine's IP address)
  --allow-no-origin  let programs connect that send no Origin
  --polling          let clients begin with HTTP polling
  --trusted-hops <n> proxies in front that write X-Forwarded-For (0)
  --capacity <n>     participants in a room (8)
  --ice <json>       ICE servers to hand out, as in RTCConfiguration.iceServers
  --stun-port <n>    UDP port of the STUN responder (the number of --port)
  --no-stun          no STUN responder
  --no-demo          do not serve the demo
  --secret-file <f>  where the key of resume tokens is kept (.relay-secret; RELAY_SECRET wins)
  --quiet            log errors only
  --help, --version
`;

/** A mistake in the command line or the environment: a sentence for the operator, no stack. */
export class UsageError extends Error {}

export interface CliOptions {
  relay: RelayOptions;
  https: boolean;
  quiet: boolean;
  ask?: 'help' | 'version';
}

/** @throws UsageError */
export function readCliOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): CliOptions {
  const { values, positionals } = parse(args);
  const { help, version, https = false, quiet = false, origin, polling = false, stun = true, demo = true } = values;
  const extra = positionals.slice(positionals[0] === 'serve' ? 1 : 0);
  if (extra.length > 0) throw new UsageError(`unknown command: ${extra.join(' ')}`);
  const listed = origin ?? env['ORIGINS']?.split(',').map((entry) => entry.trim()).filter(Boolean);
  const host = values.host ?? env['HOST'];
  const capacity = optionalNumber('--capacity', values.capacity, 1024);
  const stunPort = optionalNumber('--stun-port', values['stun-port'], 65_535);
  return {
    https, quiet,
    ...(help ? { ask: 'help' as const } : version ? { ask: 'version' as const } : {}),
    relay: {
      port: optionalNumber('--port or PORT', values.port ?? (env['PORT'] || undefined), 65_535) ?? 3000,
      polling, demo,
      allowNoOrigin: values['allow-no-origin'] ?? false,
      trustedHops: optionalNumber('--trusted-hops', values['trusted-hops'], 16) ?? 0,
      ...(host && { host }),
      ...(listed && { origins: listed.includes('*') ? '*' : listed }),
      ...(capacity !== undefined && { capacity }),
      ...(values.ice !== undefined && { iceServers: parseIce(values.ice) }),
      ...(stun ? stunPort !== undefined && { stunPort } : { stunPort: false as const }),
      ...(values['secret-file'] !== undefined && { secretFile: values['secret-file'] }),
    },
  };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args], allowPositionals: true, allowNegative: true,
      options: {
        port: text, host: text, https: flag, origin: { type: 'string', multiple: true }, 'allow-no-origin': flag,
        polling: flag, 'trusted-hops': text, capacity: text, ice: text, 'stun-port': text, stun: flag, demo: flag,
        'secret-file': text, quiet: flag, help: flag, version: flag,
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function optionalNumber(name: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new UsageError(`${name} is not a whole number from 0 to ${max}: ${text}`);
  return value;
}

function parseIce(json: string): NonNullable<RelayOptions['iceServers']> {
  try {
    const list: unknown = JSON.parse(json);
    if (Array.isArray(list)) return list as NonNullable<RelayOptions['iceServers']>;
  } catch (cause) {
    throw new UsageError('--ice is not JSON', { cause });
  }
  throw new UsageError('--ice is not a list of ICE servers');
}
