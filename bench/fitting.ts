import { cpuSeconds } from './cpu.ts';
import type { Bench } from './setup.ts';

export interface FittingCost { cpuSeconds: number; bytes: number }

/** Encoders settle and the bandwidth estimate grows; what is shown smaller is sent smaller after 2 s. */
const SETTLE_MS = 4000;
const WINDOW_MS = 5000;

/**
 * What a mesh of four costs in a window of steady state: everything runs in one browser, so that its processes hold all of it.
 * @param fitted whether the receivers say what they show: one of three large, one small, one not at all
 * @throws Error where they do not receive what they should
 */
export async function fittingCost({ page, browserPid, servers }: Bench, fitted: boolean): Promise<FittingCost> {
  const room = `fitting-${Date.now()}`;
  await page.evaluate((...args) => fitting.start(...args), servers.ours, room, fitted);
  await pause(SETTLE_MS);
  // To count is work as well: it is done before the CPU time is looked at first, and after it is last.
  const before = await page.evaluate(() => fitting.count());
  const cpuBefore = cpuSeconds(browserPid);
  await pause(WINDOW_MS);
  const cpuAfter = cpuSeconds(browserPid);
  const after = await page.evaluate(() => fitting.count());
  await page.evaluate(() => { fitting.end(); });
  check(after.widths, fitted);
  return { cpuSeconds: cpuAfter - cpuBefore, bytes: after.bytes - before.bytes };
}

/** Twelve pictures are received: all large, or four of each. */
function check(widths: readonly number[], fitted: boolean): void {
  const count = (is: (width: number) => boolean) => widths.filter(is).length;
  const large = count((width) => width >= 480);
  const small = count((width) => width > 0 && width <= 240);
  const none = count((width) => width === 0);
  const right = fitted ? large === 4 && small === 4 && none === 4 : large === 12;
  if (!right) throw new Error(`Received with these widths: ${widths.join(', ')}.`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
