import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

export interface Program {
  child: ChildProcessWithoutNullStreams;
  output: { out: string; err: string };
  /** Its working directory, empty at the start. */
  cwd: string;
  /** The first match in what it has said, once it has; fails where it ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its code, or signal, once it has ended. */
  ended: Promise<number | string | null>;
}

/** The program as a process of its own, which ends with the test. */
export function runProgram(t: TestContext, args: string[], env: Record<string, string> = {}): Program {
  const cwd = mkdtempSync(join(tmpdir(), 'relay-cli-'));
  const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], { cwd, env: { PATH: process.env['PATH'], ...env } });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => { output.out += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { output.err += chunk.toString(); });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string | null);
  let hasEnded = false;
  void ended.then(() => { hasEnded = true; });
  t.after(() => {
    child.kill('SIGKILL');
    rmSync(cwd, { recursive: true });
  });
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(output.out) ?? pattern.exec(output.err);
      if (match) return match;
      if (hasEnded) throw new Error(`it ended without saying ${String(pattern)}:\n${output.out}\n${output.err}`);
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended]);
    }
  };
  return { child, output, cwd, said, ended };
}

/** Starts `serve` on free ports of loopback. @returns its port too. */
export async function serveProgram(
  t: TestContext, args: string[] = [], env: Record<string, string> = {},
): Promise<Program & { port: number }> {
  const program = runProgram(t, ['serve', '--port', '0', '--host', '127.0.0.1', '--no-stun', ...args], env);
  const [, port] = await program.said(/(?:https?:\/\/localhost:|"port":)(\d+)\b[^]*(?:<rtc-room|the relay listens)/);
  return { ...program, port: Number(port) };
}
