import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** On everything the relay answers; a page of the demo has a policy of its own. */
export const SECURITY_HEADERS: OutgoingHttpHeaders = {
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
};
const NOTHING_TO_RUN: OutgoingHttpHeaders = {
  'content-type': 'text/plain; charset=utf-8', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** A short text, or what a header says it is. */
export function endWith(response: ServerResponse, status: number, text: string, headers: OutgoingHttpHeaders = {}): void {
  if (response.headersSent) { response.destroy(); return; }
  response.writeHead(status, { ...SECURITY_HEADERS, ...NOTHING_TO_RUN, ...headers });
  response.end(`${text}\n`);
}
