/** A mesh of four in one page, each sending the same camera to the other three, which they show large, small and not at all. */
import type * as Engine from '../../src/index.ts';

export interface FittingCounts {
  /** Of pictures and sound, sent so far by all four. */
  bytes: number;
  /** Pictures received, by the width they have at this moment; 0 for those that do not come. */
  widths: number[];
  /** Decoded so far. */
  frames: number;
}

const SIZES = [
  { width: 640, height: 480, visible: true },
  { width: 160, height: 120, visible: true },
  { width: 160, height: 120, visible: false },
];

const pcs = new Set<RTCPeerConnection>();
const Native = RTCPeerConnection;
let rooms: Engine.Room[] = [];

/** @param fitted whether each says what it shows */
export async function startFitting(server: string, name: string, fitted: boolean): Promise<void> {
  const path = '/engine.js';
  const { createRoom } = await import(path) as typeof Engine;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      pcs.add(this);
    }
  };
  rooms = Array.from({ length: 4 }, () => createRoom({ server, name }));
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 20 } });
  const met = Promise.all(rooms.map((room) => new Promise<void>((resolve) => {
    let seen = 0;
    room.lifecycle.on('track-added', ({ participant, track }) => {
      // Somebody has to look, or nothing is decoded.
      const srcObject = track.track ? new MediaStream([track.track]) : null;
      void Object.assign(document.createElement('video'), { srcObject, muted: true }).play();
      if (fitted) room.show(participant.id, 'camera').set(SIZES[seen]);
      if (++seen === 3) resolve();
    });
  })));
  for (const room of rooms) room.publish({ source: 'camera', stream });
  await Promise.all(rooms.map((room) => room.join()));
  await met;
}

export async function countFitting(): Promise<FittingCounts> {
  const counts: FittingCounts = { bytes: 0, widths: [], frames: 0 };
  const before = await reports('inbound-rtp');
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  const now = await reports('inbound-rtp');
  for (const [i, { framesDecoded, frameWidth }] of now.entries()) {
    counts.widths.push(framesDecoded > (before[i]?.framesDecoded ?? 0) ? frameWidth : 0);
    counts.frames += framesDecoded;
  }
  for (const { bytesSent } of await reports('outbound-rtp')) counts.bytes += bytesSent;
  return counts;
}

export function endFitting(): void {
  for (const room of rooms) {
    for (const { track } of room.snapshot.local.tracks) track?.stop();
    room.close();
  }
  pcs.clear();
  globalThis.RTCPeerConnection = Native;
}

interface Rtp { framesDecoded: number; frameWidth: number; bytesSent: number }

async function reports(type: string): Promise<Rtp[]> {
  const all: Rtp[] = [];
  for (const pc of pcs) {
    for (const [, entry] of await pc.getStats() as unknown as Iterable<[string, Rtp & { type: string; kind: string }]>) {
      if (entry.type === type && entry.kind === 'video') {
        all.push({ framesDecoded: entry.framesDecoded || 0, frameWidth: entry.frameWidth || 0, bytesSent: entry.bytesSent || 0 });
      }
    }
  }
  return all;
}
