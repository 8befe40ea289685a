import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export type WebServer = HttpServer | HttpsServer;
export type WebHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface Tls {
  key: string;
  cert: string;
  /** Tells browsers to come back over https only (RFC 6797): where the certificate is one that they trust. */
  hsts?: boolean;
}

/** Slow senders of headers and bodies hold a connection no longer than this. */
const REQUEST_MS = 10_000;
export const REQUEST_BOUNDS = {
  requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, connectionsCheckingInterval: REQUEST_MS / 2, maxHeaderSize: 16_384,
};

export function createWebServer(
  tls: Tls | undefined, handle: (request: IncomingMessage, response: ServerResponse) => void,
): WebServer {
  if (!tls) return createServer(REQUEST_BOUNDS, handle);
  const { key, cert, hsts = false } = tls;
  return createHttpsServer({ key, cert, ...REQUEST_BOUNDS, handshakeTimeout: REQUEST_MS }, (request, response) => {
    if (hsts) response.setHeader('strict-transport-security', 'max-age=31536000');
    handle(request, response);
  });
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
