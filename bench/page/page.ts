import { createBare } from './bare.ts';
import { countFitting, endFitting, startFitting } from './fitting.ts';
import { loadOurs } from './ours.ts';
import { firstPictureMs, seenAgainMs } from './pictures.ts';
import { eventDelayMs, eventRate } from './events.ts';
import { joinLines, leaveLines, measureLines } from './lines.ts';
import * as scenarios from './scenarios.ts';
import type { CreateRoomOptions } from '../../src/index.ts';
import type { Side } from './side.ts';

export type SideName = 'bare' | 'ours';
export type Servers = Readonly<Record<SideName, string>>;
export interface Scenario {
  name: 'join' | 'mesh' | 'picture' | 'seen' | 'throughput' | 'bulk' | 'messages' | 'events' | 'delay';
  size: number;
}

let rooms = 0;
const createOurs = await loadOurs();
const sides: Record<SideName, Side> = { bare: createBare, ours: createOurs };

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

/** A join, as everyone's room asks for it. */
function joinWith(server: string, options: Partial<CreateRoomOptions>): Promise<number> {
  const side: Side = (...where) => createOurs(...where, options);
  return scenarios.joinMs(side, server, `bench-${Date.now()}-${++rooms}`);
}

const lineSteps = { join: joinLines, measure: measureLines, leave: leaveLines };
const steps = { start: startFitting, count: countFitting, end: endFitting };

declare global {
  var bench: typeof run;
  var identity: typeof joinWith;
  var fitting: typeof steps;
  var lines: typeof lineSteps;
}
globalThis.bench = run;
globalThis.identity = joinWith;
globalThis.fitting = steps;
globalThis.lines = lineSteps;
