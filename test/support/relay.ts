import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/lib/root.mjs';

/** A loaded machine takes its time. */
const START_MS = 30_000;

/** The built relay in a process of its own. */
export interface RelayProcess {
  readonly origin: string;
  readonly port: number;
  /** All it has written so far. */
  readonly output: string;
  /** `kill -9`: nothing is said to anyone. */
  kill(): Promise<void>;
  /** SIGTERM, as Ctrl-C. */
  stop(): Promise<void>;
  /** SIGSTOP: its sockets stay open, and nothing comes from it any more, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Starts it again on the same port, with the same secret unless another one is given. */
  start(secret?: string): Promise<void>;
}

/** @param flags for `rtc-elements serve` */
export function startRelay(...flags: string[]): Promise<RelayProcess> {
  return startRelayOf(randomBytes(32).toString('hex'), ...flags);
}

/** One of several that accept each other's tokens. */
export async function startRelayOf(firstSecret: string, ...flags: string[]): Promise<RelayProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let output = '';

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  const start = async (secret = firstSecret): Promise<void> => {
    const env = { ...process.env, RELAY_SECRET: secret };
    const args = ['dist/lib/server/main.js', 'serve', '--demo', '--host', '127.0.0.1', '--port', String(port), ...flags];
    const started = (child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }));
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (text: Buffer) => { output += text.toString(); });
    await untilHealthy(origin, () => {
      if (started.exitCode !== null) throw new Error(`The relay ended with ${started.exitCode}:\n${output}`);
    }).catch(async (error: unknown) => {
      await end('SIGKILL');
      throw error;
    });
  };

  await start();
  return {
    origin, port, get output() { return output; },
    start, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'),
    freeze: () => { child?.kill('SIGSTOP'); }, thaw: () => { child?.kill('SIGCONT'); },
  };
}

async function untilHealthy(origin: string, check: () => void): Promise<void> {
  const deadline = performance.now() + START_MS;
  for (;;) {
    check();
    const healthy = await fetch(`${origin}/health`).then(({ ok }) => ok, () => false);
    if (healthy) return;
    if (performance.now() > deadline) throw new Error(`The relay at ${origin} was not healthy within ${START_MS} ms.`);
    await delay(50);
  }
}

/** A TCP port that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}
