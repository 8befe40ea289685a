/** What went wrong at the start, as a sentence for the operator. */
export function explain(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case 'EADDRINUSE': return `port ${String(port)} is in use. Choose another one: --port 3001, or end what listens there.`;
    case 'EACCES': return `port ${String(port)} needs more rights. Choose one above 1023: --port 3000.`;
    case 'EADDRNOTAVAIL': case 'ENOTFOUND': return `this machine has no such address to listen on (--host): ${message}`;
    default: return message;
  }
}
