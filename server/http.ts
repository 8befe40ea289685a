import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Admission } from './admission.ts';
import { endWith, type StaticFiles } from './static.ts';

export type WebServer = HttpServer | HttpsServer;
export type WebHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Slow senders of headers and bodies hold a connection no longer than this. */
const REQUEST_MS = 10_000;

/** `/health`, then the files. */
export function createWebHandler(files: StaticFiles, admission: Admission): WebHandler {
  return (request, response) => {
    const { pathname, searchParams } = parseUrl(request.url);
    if (pathname !== '/health') return files.handle(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      endWith(response, 405, 'Method not allowed', { allow: 'GET, HEAD' });
      return true;
    }
    // A browser's WebSocket does not learn why its handshake was refused; here its page can ask.
    const refusal = admission.check(request, searchParams.get('origin') ?? undefined);
    endWith(response, 200, JSON.stringify({ status: 'ok', admission: refusal ?? 'open' }), {
      'content-type': 'application/json', 'cache-control': 'no-store', 'access-control-allow-origin': '*',
    });
    return true;
  };
}

export function createWebServer(tls: { key: string; cert: string } | undefined, handle: WebHandler): WebServer {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    if (!handle(request, response)) endWith(response, 404, 'Not found');
  };
  const bounds = { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, connectionsCheckingInterval: REQUEST_MS / 2 };
  return tls ? createHttpsServer({ ...tls, ...bounds }, listener) : createServer(bounds, listener);
}

/** Resolves with the port once the server listens; rejects if it cannot. */
export function listening(server: WebServer, start?: { port: number; host?: string | undefined }): Promise<number> {
  const portOf = () => (server.address() as AddressInfo).port;
  if (server.listening) return Promise.resolve(portOf());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve(portOf());
    });
    if (start) server.listen(start);
  });
}

export function closeServer(server: WebServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => { resolve(); });
    server.closeAllConnections();
  });
}

function parseUrl(url = '/'): URL {
  return URL.canParse(url, 'http://relay') ? new URL(url, 'http://relay') : new URL('http://relay/');
}
