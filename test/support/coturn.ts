/** A real coturn on loopback: `turnserver` with a shared secret, and nothing of this machine's own configuration. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSocket } from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './relay.ts';
import { findProgram } from './system-program.ts';

export const TURN_SECRET = 'the secret that relay and coturn share';
const START_MS = 30_000;

export interface Coturn {
  /** UDP and TCP. */
  readonly port: number;
  /** All that it has written. */
  readonly output: string;
  stop(): Promise<void>;
}

/** @returns the executable, or the reason to skip */
export function findTurnserver(): ReturnType<typeof findProgram> {
  return findProgram(['/usr/bin/turnserver', '/usr/local/bin/turnserver', '/opt/homebrew/bin/turnserver'], 'coturn');
}

/** Takes credentials minted from {@link TURN_SECRET}. @param port the one it had before, to come back on it */
export async function startCoturn(path: string, port?: number): Promise<Coturn> {
  return startTurnserver(path, port ?? await freePort(), [
    '-n', '--use-auth-secret', `--static-auth-secret=${TURN_SECRET}`, '--realm=turn.test', '--relay-ip=127.0.0.1', '--no-tls', '--no-dtls',
    '--allow-loopback-peers',
  ]);
}

/** @param flags everything but where it listens and what it writes */
export async function startTurnserver(path: string, port: number, flags: readonly string[]): Promise<Coturn> {
  const folder = await mkdtemp(join(tmpdir(), 'coturn-'));
  let output = '';
  const child = spawn(path, [
    ...flags, `--listening-port=${port}`, '--listening-ip=127.0.0.1', '--no-cli', '--log-file=stdout', '--simple-log', '-v',
    `--userdb=${folder}/turndb`, `--pidfile=${folder}/pid`,
  ], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { output += text.toString(); });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL'); // SIGTERM drains for seconds.
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilAnswers(port, () => {
      if (child.exitCode !== null) throw new Error(`turnserver ended with ${child.exitCode}:\n${output}`);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, get output() { return output; }, stop };
}

/** Asks for a binding (RFC 8489) until it is given. */
async function untilAnswers(port: number, check: () => void): Promise<void> {
  const request = Buffer.alloc(20);
  request.writeUInt16BE(1, 0);
  request.writeUInt32BE(0x2112a442, 4);
  const socket = createSocket('udp4');
  let answered = false;
  const hasAnswered = () => answered;
  socket.on('message', () => { answered = true; }).on('error', () => { answered = false; });
  try {
    const deadline = performance.now() + START_MS;
    while (!hasAnswered()) {
      check();
      if (performance.now() > deadline) throw new Error(`turnserver did not answer within ${START_MS} ms.`);
      socket.send(request, port, '127.0.0.1');
      await delay(50);
    }
  } finally {
    socket.close();
  }
}
