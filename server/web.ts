import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Admission } from './admission.ts';
import { endWith } from './end-with.ts';
import type { WebHandler } from './http.ts';
import { VOUCH_KEYS_PATH, type RelayIssuer } from './identity/relay-issuer.ts';
import type { StaticFiles } from './static.ts';
import type { RefusalCode } from './types.ts';

export interface WebOptions {
  files: StaticFiles;
  admission: Admission;
  /** Whose public keys are served. */
  issuer: Pick<RelayIssuer, 'jwks'> | undefined;
  /** Why new participants should be sent elsewhere; `undefined`: they are welcome. */
  unready: () => RefusalCode | undefined;
  /** @returns whether metrics are served here. */
  metrics: WebHandler;
}

const FACTS: OutgoingHttpHeaders = {
  'content-type': 'application/json', 'cache-control': 'no-store', 'access-control-allow-origin': '*',
};

/** `/health`, `/ready`, the keys of vouches, `/metrics`, then the files. */
export function createWebHandler({ files, admission, issuer, unready, metrics }: WebOptions): WebHandler {
  return (request, response) => {
    const { pathname, searchParams } = parseUrl(request.url);
    if (pathname === '/health') {
      // A browser's WebSocket does not learn why its handshake was refused; here its page can ask.
      const refusal = admission.check(request, searchParams.get('origin') ?? undefined);
      answer(request, response, 200, { status: 'ok', admission: refusal ?? 'open' });
    } else if (pathname === '/ready') {
      const code = unready();
      answer(request, response, code ? 503 : 200, code ? { status: 'not-ready', code } : { status: 'ready' });
    } else if (pathname === VOUCH_KEYS_PATH && issuer) {
      answer(request, response, 200, issuer.jwks());
    } else {
      return pathname === '/metrics' ? metrics(request, response) : files.handle(request, response);
    }
    return true;
  };
}

function answer({ method }: IncomingMessage, response: ServerResponse, status: number, facts: object): void {
  if (method === 'GET' || method === 'HEAD') endWith(response, status, JSON.stringify(facts), FACTS);
  else endWith(response, 405, 'Method not allowed', { allow: 'GET, HEAD' });
}

function parseUrl(url = '/'): URL {
  return URL.canParse(url, 'http://relay') ? new URL(url, 'http://relay') : new URL('http://relay/');
}
