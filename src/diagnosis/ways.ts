import { gather } from './gather.ts';
import type { IceServer } from '../protocol/wire.ts';
import type { Finding } from './finding.ts';

export type Turn = 'turn-udp' | 'turn-tcp';

/** What of the relay's servers is asked over UDP, and what over TCP or TLS (RFC 7065). */
export function turnServers(servers: readonly IceServer[], check: Turn): IceServer[] {
  const isMeant = (url: string) => /^turns?:/i.test(url)
    && (/^turns:|[?&]transport=tcp/i.test(url) ? 'turn-tcp' : 'turn-udp') === check;
  return servers.map((server) => ({ ...server, urls: [server.urls].flat().filter(isMeant) }))
    .filter(({ urls }) => urls.length > 0);
}

/** @param servers none where the relay gave none */
export async function checkCandidates(servers: readonly IceServer[], scope: AbortSignal): Promise<Finding> {
  const check = 'candidates';
  const { kinds: candidates } = await gather({ iceServers: [...servers] }, scope);
  if (candidates.length === 0) return { check, state: 'bad', code: 'no-candidates', candidates };
  const isSeen = servers.length === 0 || candidates.some((kind) => kind !== 'host');
  return isSeen ? { check, state: 'good', candidates } : { check, state: 'warning', code: 'only-local', candidates };
}

/** Both roads to TURN, by what each really allocates. One that works is enough for calls. */
export async function checkTurn(servers: readonly IceServer[], scope: AbortSignal): Promise<Finding[]> {
  const checks = ['turn-udp', 'turn-tcp'] as const;
  const found = await Promise.all(checks.map(async (check): Promise<Finding> => {
    const iceServers = turnServers(servers, check);
    if (iceServers.length === 0) return { check, state: 'unknown', code: 'turn-missing' };
    const { kinds, isRefused } = await gather({ iceServers, iceTransportPolicy: 'relay' }, scope, 'relay');
    return kinds.includes('relay') ? { check, state: 'good' }
      : { check, state: 'bad', code: isRefused ? 'turn-refused' : 'turn-unreachable' };
  }));
  const works = found.some(({ state }) => state === 'good');
  const isWarning = ({ code }: Finding) => (code === 'turn-missing' && !works) || (code === 'turn-unreachable' && works);
  return found.map((finding) => (isWarning(finding) ? { ...finding, state: 'warning' } : finding));
}
