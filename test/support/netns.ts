/**
 * A small network of its own: machines in Linux network namespaces, each behind a veth pair, and this process as the router
 * between them. It needs a namespace itself (`npm run test:faults` starts it in one), so that nothing of it is left when the
 * process ends, however it ends.
 */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from '../../scripts/lib/chromium.mjs';

/** Where the relay and the TURN server listen. */
export const HUB = '10.77.0.1';
/** Set by the runner, and the name of the namespace it came from. */
const OUTSIDE = process.env['FAULTS_OUTSIDE'];

/** @throws Error outside of a namespace of one's own: this machine's network is not to be touched. */
export function startNetwork(): Network {
  if (!OUTSIDE || readlinkSync('/proc/self/ns/net') === OUTSIDE) {
    throw new Error('These tests change the network they run in: start them by `npm run test:faults`.');
  }
  return new Network();
}

export class Network {
  readonly #machines: Machine[] = [];

  constructor() {
    run('ip', 'link', 'set', 'lo', 'up');
    run('ip', 'address', 'replace', `${HUB}/32`, 'dev', 'lo');
    writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
    run('nft', 'flush', 'ruleset');
    nft('add', 'table inet faults');
    nft('add', 'chain inet faults out { type filter hook prerouting priority -300 ; }');
  }

  /** One more machine that reaches the hub and all the others. */
  async addMachine(): Promise<Machine> {
    const machine = await Machine.start(this.#machines.length + 1);
    this.#machines.push(machine);
    return machine;
  }

  /** Nothing is blocked any more. */
  heal(): void {
    nft('flush', 'chain inet faults out');
    for (const machine of this.#machines) machine.heal();
  }

  async close(): Promise<void> {
    this.heal();
    await Promise.all(this.#machines.splice(0).map((machine) => machine.close()));
  }
}

/** In one namespace: an interface, an address, and whatever is started by {@link Machine.command}. */
export class Machine {
  readonly #n: number;
  readonly #holder: ChildProcess;
  readonly #folder: string;
  /** How often it changed its network. */
  #moves = 0;

  private constructor(n: number, holder: ChildProcess, folder: string) {
    this.#n = n;
    this.#holder = holder;
    this.#folder = folder;
  }

  static async start(n: number): Promise<Machine> {
    // It ends with its input, hence with us.
    const holder = spawn('unshare', ['--net', '--', 'sh', '-c', 'echo; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    const machine = new Machine(n, holder, await mkdtemp(join(tmpdir(), 'machine-')));
    try {
      machine.#inside('ip', 'link', 'set', 'lo', 'up');
      machine.#inside('nft', 'add table inet faults');
      machine.#inside('nft', 'add chain inet faults in { type filter hook input priority -300 ; }');
      machine.#plug();
    } catch (error) {
      await machine.#end(); // Else it would keep this process.
      throw error;
    }
    return machine;
  }

  /** The path of a program that runs Chromium here; its pipes are passed on. */
  get chromium(): string {
    const path = join(this.#folder, 'chromium');
    if (!existsSync(path)) {
      writeFileSync(path, `#!/bin/sh\nexec ${this.#enter.join(' ')} '${ensureChromium()}' "$@"\n`, { mode: 0o755 });
    }
    return path;
  }

  /**
   * From now on packets vanish in both directions, without a word to anyone.
   * @param match an nftables expression; nothing: all of them
   */
  block(match = ''): void {
    nft('add', `rule inet faults out iifname "${this.#link}" ${match} drop`);
    this.#inside('nft', `add rule inet faults in iifname != "lo" ${match} drop`);
  }

  heal(): void {
    this.#inside('nft', 'flush chain inet faults in');
  }

  /** Another network: the address and the interface of before are gone at once. */
  move(): void {
    const old = this.#link;
    this.#moves++;
    run('ip', 'link', 'delete', old);
    this.#plug();
  }

  async close(): Promise<void> {
    run('ip', 'link', 'delete', this.#link); // The kernel takes its time to clear a namespace, and the name is needed again.
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#holder.stdin?.end();
    if (this.#holder.exitCode === null) await once(this.#holder, 'exit');
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #link(): string {
    return `m${this.#n}n${this.#moves}`;
  }

  get #enter(): string[] {
    return ['nsenter', `--net=/proc/${this.#holder.pid}/ns/net`, '--'];
  }

  /** A cable: the hub's end is the router of a network of two. */
  #plug(): void {
    const link = this.#link;
    const inner = `net${this.#moves}`;
    const net = `10.77.${this.#n + 50 * this.#moves}`;
    run('ip', 'link', 'add', link, 'type', 'veth', 'peer', 'name', inner, 'netns', String(this.#holder.pid));
    run('ip', 'address', 'add', `${net}.1/24`, 'dev', link);
    run('ip', 'link', 'set', link, 'up');
    this.#inside('ip', 'address', 'add', `${net}.2/24`, 'dev', inner);
    this.#inside('ip', 'link', 'set', inner, 'up');
    this.#inside('ip', 'route', 'add', 'default', 'via', `${net}.1`);
  }

  #inside(...command: string[]): void {
    const [program = '', ...args] = [...this.#enter, ...command];
    run(program, ...args);
  }
}

function nft(verb: 'add' | 'flush', what: string): void {
  run('nft', `${verb} ${what}`);
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
