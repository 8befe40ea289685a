import { readFileSync, readdirSync } from 'node:fs';

/** Of Linux on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU seconds (user and system) that a process and all its living descendants have used so far. Linux alone (proc(5)). */
export function cpuSeconds(pid: number): number {
  const children = new Map<number, number[]>();
  const ticks = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The name may hold spaces and brackets; what follows the last one does not.
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      const parent = Number(fields[1]);
      ticks.set(Number(entry), Number(fields[11]) + Number(fields[12]));
      children.set(parent, [...children.get(parent) ?? [], Number(entry)]);
    } catch {
      continue; // It ended while we looked.
    }
  }
  const sum = (of: number): number =>
    (children.get(of) ?? []).reduce((total, child) => total + sum(child), ticks.get(of) ?? 0);
  return sum(pid) / TICKS_PER_SECOND;
}
