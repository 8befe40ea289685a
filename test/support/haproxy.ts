/** A real HAProxy with the configuration of `deploy/`, in front of relays on loopback. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/lib/root.mjs';
import { freePort } from './relay.ts';
import { findProgram } from './system-program.ts';

const START_MS = 30_000;

export interface Haproxy {
  readonly origin: string;
  /** Room -> the id of the relay it is on. */
  rooms(): Promise<Map<string, number>>;
  /** How many connections a relay carries at the moment. */
  connectionsOf(relay: number): Promise<number>;
  /** Adds a relay to the running proxy, as docs/several-machines.md says. */
  add(relay: number, port: number): Promise<void>;
  /** Reads its configuration again, in which there is one relay more; open connections stay with the old process for a minute. */
  reloadWith(relay: number, port: number): Promise<void>;
  stop(): Promise<void>;
}

/** @returns the executable, or the reason to skip */
export function findHaproxy(): ReturnType<typeof findProgram> {
  return findProgram(['/usr/sbin/haproxy', '/usr/local/sbin/haproxy', '/opt/homebrew/bin/haproxy'], 'haproxy');
}

/** @param relayPorts of the relays 1 and 2 */
export async function startHaproxy(path: string, relayPorts: readonly [number, number]): Promise<Haproxy> {
  const folder = await mkdtemp(join(tmpdir(), 'haproxy-'));
  const [port, peerPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  const admin = `${folder}/admin.sock`;
  let config = adapt(await readFile(join(root, 'deploy/haproxy.cfg'), 'utf8'), [
    [/^ {4}(?:log|user|group) .*\n/gm, ''],
    [/\/run\/haproxy\/admin\.sock/, admin],
    [/127\.0\.0\.1:10000/, `127.0.0.1:${peerPort}`],
    [/^ {4}bind :80$/m, `    bind 127.0.0.1:${port}`],
    ...relayPorts.map((relayPort, index): Change => [new RegExp(`10\\.0\\.0\\.1${index + 1}:3000`, 'g'), `127.0.0.1:${relayPort}`]),
  ]);
  const file = `${folder}/haproxy.cfg`;
  await writeFile(file, config);
  let output = '';
  const child = spawn(path, ['-W', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });

  const ask = async (command: string): Promise<string> => {
    const socket = connect(admin);
    socket.write(`${command}\n`); // Half-closed, it would not answer.
    return text(socket);
  };
  const stateOf = async (relay: number): Promise<Record<string, string | undefined>> => {
    const [names = [], ...rows] = (await ask('show stat')).split('\n').map((row) => row.split(','));
    const row = rows.find(([backend, server]) => backend === 'rooms' && server === `relay${relay}`);
    return Object.fromEntries(names.map((name, column) => [name, row?.[column]]));
  };
  const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    for (const deadline = performance.now() + START_MS; ;) {
      if (await holds().catch(() => false)) return;
      if (child.exitCode !== null) throw new Error(`haproxy ended with ${child.exitCode}:\n${output}`);
      if (performance.now() > deadline) throw new Error(`haproxy was never ${what}:\n${await ask('show stat').catch(String)}\n${output}`);
      await delay(50);
    }
  };
  const untilUp = (relay: number) => until(`sure of relay ${relay}`, async () => {
    const { status, check_status: checked } = await stateOf(relay);
    return status === 'UP' && checked === 'L7OK'; // Not merely believed to be up.
  });
  const pidOf = async (): Promise<string | undefined> => /^Pid: (\d+)/m.exec(await ask('show info'))?.[1];
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  };

  try {
    for (const relay of [1, 2]) await untilUp(relay);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    origin, stop,
    rooms: async () => new Map([...(await ask('show table rooms')).matchAll(/key=(\S+) .* server_id=(\d+)/g)]
      .map(([, room = '', relay]) => [room, Number(relay)])),
    connectionsOf: async (relay) => Number((await stateOf(relay))['scur']),
    add: async (relay, relayPort) => {
      const checks = 'check inter 500ms fall 2 rise 2 on-marked-down shutdown-sessions';
      await ask(`add server rooms/relay${relay} 127.0.0.1:${relayPort} id ${relay} ${checks}`);
      await ask(`enable health rooms/relay${relay}`);
      await ask(`enable server rooms/relay${relay}`);
      await untilUp(relay);
    },
    reloadWith: async (relay, relayPort) => {
      config = adapt(config, [
        [new RegExp(`# (server relay${relay}) \\S+ `, 'g'), `$1 127.0.0.1:${relayPort} `],
      ]);
      await writeFile(file, config);
      // In its first seconds it waits for somebody else's table, and would not hand over its own.
      await until('done with learning', async () => /^0x.*flags=0x33/m.test(await ask('show peers')));
      const pid = await pidOf();
      child.kill('SIGUSR2');
      await until('reloaded', async () => await pidOf() !== pid);
      await untilUp(relay);
    },
  };
}

type Change = [what: RegExp, into: string];

/** @throws Error where the configuration of `deploy/` is no longer what this expects */
function adapt(config: string, changes: readonly Change[]): string {
  return changes.reduce((changed, [what, into]) => {
    if (changed.search(what) < 0) throw new Error(`deploy/haproxy.cfg has nothing like ${String(what)}.`);
    return changed.replace(what, into);
  }, config);
}
