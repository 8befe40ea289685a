#!/usr/bin/env node
import { banner } from './banner.ts';
import { selfSignedCertificate } from './certificate.ts';
import { readCliOptions, USAGE, UsageError } from './cli-options.ts';
import { createRelay, type Log } from './index.ts';
import * as paths from './paths.ts';

const log: Log = (level, message, data = {}) => {
  const facts = Object.entries(data).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const line = [new Date().toISOString(), level, message, ...facts].join(' ');
  (level === 'info' ? process.stdout : process.stderr).write(`${line}\n`);
};

try {
  await main();
} catch (error) {
  process.stderr.write(`rtc-elements: ${explain(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { relay: options, https, quiet, ask } = readCliOptions(process.argv.slice(2), process.env);
  if (ask) { process.stdout.write(ask === 'help' ? USAGE : `${paths.version}\n`); return; }

  const relay = createRelay({
    ...options,
    ...(https && { tls: await selfSignedCertificate() }),
    log: (level, message, data) => { if (!quiet || level === 'error') log(level, message, data); },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void relay.close(); });
  const address = await relay.ready;
  process.stdout.write(`${banner({
    ...address, https, demo: options.demo ?? false, stunWanted: options.stunPort !== false,
    reachable: options.host === undefined || options.host === '0.0.0.0' || options.host === '::',
  })}\n`);
}

function explain(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case 'EADDRINUSE': return `port ${String(port)} is in use. Choose another one: --port 3001, or end what listens there.`;
    case 'EACCES': return `port ${String(port)} needs more rights. Choose one above 1023: --port 3000.`;
    case 'EADDRNOTAVAIL': case 'ENOTFOUND': return `this machine has no such address to listen on (--host): ${message}`;
    default: return error instanceof UsageError ? `${message}\n\n${USAGE}` : message;
  }
}
