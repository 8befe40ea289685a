/** A real redis-server on loopback that keeps nothing. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './relay.ts';
import { findProgram } from './system-program.ts';

const START_MS = 30_000;

export interface Redis {
  readonly port: number;
  readonly url: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Again on the same port, and empty. */
  start(): Promise<void>;
  /** SIGSTOP: its connections stay open, and nothing comes from it any more. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** @returns the executable, or the reason to skip */
export function findRedis(): ReturnType<typeof findProgram> {
  return findProgram(['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'], 'redis-server');
}

/** @param flags such as `--requirepass` */
export async function startRedis(path: string, ...flags: string[]): Promise<Redis> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  const start = async () => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, ...flags];
    const started = (child = spawn(path, args, { stdio: 'ignore' }));
    const deadline = performance.now() + START_MS;
    while (!await answers(port)) {
      if (started.exitCode !== null) throw new Error(`redis-server ended with ${started.exitCode}`);
      if (performance.now() > deadline) throw new Error(`redis-server did not answer within ${START_MS} ms`);
      await delay(20);
    }
  };
  await start();
  return {
    port, url: `redis://127.0.0.1:${port}`, kill, start,
    freeze: () => { child?.kill('SIGSTOP'); }, thaw: () => { child?.kill('SIGCONT'); },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whether it answers anything at all to a PING. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    await once(socket, 'data');
    return true;
  } catch {
    return false; // Not yet.
  } finally {
    socket.destroy();
  }
}
