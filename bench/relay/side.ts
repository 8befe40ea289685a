import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Side } from '../pairs.ts';
import type { Cost } from './server.ts';

export interface SideProcess {
  readonly port: number;
  cost(): Promise<Cost>;
  stop(): Promise<void>;
}

/** @param built URL of the relay as it ships */
export async function startSide(side: Side, built: string): Promise<SideProcess> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [side, built], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const [port] = await once(child, 'message') as [number];
  return {
    port,
    async cost() {
      const answer = once(child, 'message');
      child.send('cost');
      const [now] = await answer as [Cost];
      return now;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
