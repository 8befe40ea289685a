import { createBare } from './bare.ts';
import { countFitting, endFitting, startFitting } from './fitting.ts';
import { loadOurs } from './ours.ts';
import * as scenarios from './scenarios.ts';
import type { Side } from './side.ts';

export type SideName = 'bare' | 'ours';
export type Servers = Readonly<Record<SideName, string>>;
export interface Scenario { name: 'join' | 'mesh' | 'throughput' | 'messages'; size: number }

let rooms = 0;
const sides: Record<SideName, Side> = { bare: createBare, ours: await loadOurs() };

/** What the process that steers calls. */
function run(name: SideName, servers: Servers, { name: scenario, size }: Scenario): Promise<number> {
  const [side, server, room] = [sides[name], servers[name], `bench-${Date.now()}-${++rooms}`];
  switch (scenario) {
    case 'join': return scenarios.joinMs(side, server, room);
    case 'mesh': return scenarios.meshMs(side, server, room, size);
    case 'throughput': return scenarios.throughput(side, server, room, size);
    case 'messages': return scenarios.messageRate(side, server, room, size);
  }
}

const steps = { start: startFitting, count: countFitting, end: endFitting };

declare global {
  var bench: typeof run;
  var fitting: typeof steps;
}
globalThis.bench = run;
globalThis.fitting = steps;
