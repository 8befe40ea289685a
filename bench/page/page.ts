import { createBare } from './bare.ts';
import { countFitting, endFitting, startFitting } from './fitting.ts';
import { loadOurs } from './ours.ts';
import { firstPictureMs, seenAgainMs } from './pictures.ts';
import { eventDelayMs, eventRate } from './events.ts';
import { joinLines, leaveLines, measureLines } from './lines.ts';
import * as scenarios from './scenarios.ts';
import type { Side } from './side.ts';

export type SideName = 'bare' | 'ours';
export type Servers = Readonly<Record<SideName, string>>;
export interface Scenario {
  name: 'join' | 'mesh' | 'picture' | 'seen' | 'throughput' | 'bulk' | 'messages' | 'events' | 'delay';
  size: number;
}

let rooms = 0;
const sides: Record<SideName, Side> = { bare: createBare, ours: await loadOurs() };

/** What the process that steers calls. */
function run(name: SideName, servers: Servers, { name: scenario, size }: Scenario): Promise<number> {
  const [side, server, room] = [sides[name], servers[name], `bench-${Date.now()}-${++rooms}`];
  switch (scenario) {
    case 'join': return scenarios.joinMs(side, server, room);
    case 'mesh': return scenarios.meshMs(side, server, room, size);
    case 'picture': return firstPictureMs(side, server, room);
    case 'seen': return seenAgainMs(side, server, room);
    case 'throughput': return scenarios.throughput(side, server, room, size);
    case 'bulk': return scenarios.throughput(side, server, room, size, 65_536);
    case 'events': return eventRate(side, server, room, size);
    case 'delay': return eventDelayMs(side, server, room, size);
    case 'messages': return scenarios.messageRate(side, server, room, size);
  }
}

const lineSteps = { join: joinLines, measure: measureLines, leave: leaveLines };
const steps = { start: startFitting, count: countFitting, end: endFitting };

declare global {
  var bench: typeof run;
  var fitting: typeof steps;
  var lines: typeof lineSteps;
}
globalThis.bench = run;
globalThis.fitting = steps;
globalThis.lines = lineSteps;
