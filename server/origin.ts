import { isIP } from 'node:net';

export interface OriginPolicy {
  /** Exact origins (RFC 6454 section 6.2), or `'*'` for any; without a list see {@link createOriginCheck}. */
  origins?: readonly string[] | '*' | undefined;
  /** Whether a handshake without `Origin` may pass: programs, not browsers. */
  allowNoOrigin?: boolean | undefined;
}

export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean;

/**
 * Without a list: loopback origins, and an origin equal to the request's `Host` where that is an IP address. A host *name* equal
 * to the origin proves nothing, because whoever owns a name may point it here (DNS rebinding).
 * @throws TypeError for a listed origin that no browser would write.
 */
export function createOriginCheck({ origins, allowNoOrigin = false }: OriginPolicy): OriginCheck {
  const listed = origins === undefined || origins === '*' ? undefined : new Set(origins.map(canonical));
  return (origin, host) => {
    if (origin === undefined) return allowNoOrigin;
    if (origins === '*') return true;
    if (listed) return listed.has(origin);
    return isLoopback(origin) || isOwnAddress(origin, host);
  };
}

function canonical(origin: string): string {
  const url = parseOrigin(origin.replace(/\/$/, ''));
  if (url && !origin.includes('*')) return url.origin;
  throw new TypeError(`origins: not an origin as browsers write it (scheme://host[:port]): ${origin}; ${exampleFor(origin)}, for example`);
}

/** What was meant, perhaps. */
function exampleFor(origin: string): string {
  const meant = URL.canParse(origin) ? new URL(origin) : undefined;
  return meant && /^https?:$/.test(meant.protocol) && !origin.includes('*') ? meant.origin : 'https://app.example.com';
}

/** Only what a browser would write: `http://host:80` or a path is no serialised origin. */
function parseOrigin(origin: string): URL | undefined {
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return undefined;
  const url = new URL(origin);
  return url.origin === origin ? url : undefined;
}

function isLoopback(origin: string): boolean {
  const host = parseOrigin(origin)?.hostname ?? '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
}

function isOwnAddress(origin: string, host: string | undefined): boolean {
  const url = parseOrigin(origin);
  return url !== undefined && url.host === host && isIP(url.hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
