import { isPlainObject, isText } from '../protocol/primitives.ts';
import { after, onEnd } from '../shared/scope.ts';
import { relayUrl } from '../signaling/refusals.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Finding } from './finding.ts';

const TIMEOUT_MS = 8000;

/** Asks the relay's health page, which tells every origin what a handshake would be told. */
export async function checkRelay(server: string, scope: AbortSignal): Promise<Finding> {
  const check = 'relay';
  if (!server || !URL.canParse(server, location.href)) return { check, state: 'bad', code: 'no-server' };
  const signal = AbortSignal.any([scope, AbortSignal.timeout(TIMEOUT_MS)]);
  const health = await fetch(relayUrl(server, `health?origin=${location.origin}`), { signal, cache: 'no-store' })
    .then<unknown>((response) => response.json()).catch(() => undefined);
  if (!isPlainObject(health)) return { check, state: 'bad', code: 'relay-unreachable' };
  const { admission } = health;
  return isText(admission, 64, 1) && admission !== 'open' ? { check, state: 'bad', code: admission as ErrorCode }
    : { check, state: 'good' };
}

/** Whether a WebSocket to the relay gets through, by the first thing that it says (Engine.IO protocol 4, `open`). */
export async function checkWebSocket(server: string, scope: AbortSignal): Promise<Finding> {
  const url = relayUrl(server, 'socket.io/?EIO=4&transport=websocket&room=diagnosis');
  url.protocol = url.protocol.replace('http', 'ws');
  const end = new AbortController();
  const isOpen = await new Promise<boolean>((resolve) => {
    onEnd(scope, () => { resolve(false); }, end.signal);
    after(TIMEOUT_MS, end.signal, () => { resolve(false); });
    try {
      const socket = new WebSocket(url);
      socket.addEventListener('message', () => { resolve(true); }, { signal: end.signal });
      for (const event of ['error', 'close']) socket.addEventListener(event, () => { resolve(false); }, { signal: end.signal });
      onEnd(end.signal, () => { socket.close(); });
    } catch {
      resolve(false); // SecurityError: `ws:` from a page of https (Mixed Content 4.4).
    }
  });
  end.abort();
  return isOpen ? { check: 'websocket', state: 'good' } : { check: 'websocket', state: 'bad', code: 'websocket-blocked' };
}
