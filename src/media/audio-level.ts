/** A source that has sent nothing for so long is silent; the browser keeps the last level for ten seconds. */
const FRESH_MS = 1000;

/** How loud what this pc receives is at this moment, 0 to 1. Cheaper than a report: the browser has it at hand (webrtc 5.3). */
export function audioLevel(pc: RTCPeerConnection): number {
  const nowMs = performance.timeOrigin + performance.now();
  const sources = pc.getReceivers().filter(({ track }) => track.kind === 'audio')
    .flatMap((receiver) => receiver.getSynchronizationSources());
  return Math.max(0, ...sources.map(({ audioLevel: level = 0, timestamp }) => nowMs - timestamp < FRESH_MS ? level : 0));
}
