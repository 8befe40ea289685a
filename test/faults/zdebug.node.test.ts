import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { describeFaults, startCounting, timed } from '../support/fault-stage.ts';
describeFaults('debug', (stage) => {
  it('hole 40', async (context) => {
    const people = [await stage.join('Ada'), await stage.join('Bo')] as const;
    await startCounting(people[0], people[1]);
    people[1].machine.block();
    await delay(40000);
    stage.network.heal();
    const openMs = performance.now();
    for (const { page, name } of people) await timed(context, `${name} healed`, 3000, openMs, page, () => room.snapshot.participants[0]?.state === 'connected');
    for (let i = 0; i < 3; i++) {
      await delay(3000);
      for (const { page, name } of people) console.log(name, JSON.stringify(await page.evaluate(async () => {
        const out: unknown[] = [];
        for (const pc of probe.pcs) {
          const stats = [...(await pc.getStats()).values()] as Record<string, unknown>[];
          out.push({ state: pc.connectionState, sig: pc.signalingState, tr: pc.getTransceivers().map((t) => [t.mid, t.direction, t.currentDirection, t.sender.track?.readyState, t.sender.track?.id?.slice(0,6), t.receiver.track.muted, t.receiver.track.id.slice(0,6), JSON.stringify(t.sender.getParameters().encodings)]),
            inb: stats.filter((s) => s['type'] === 'inbound-rtp').map((s) => [s['kind'], s['framesDecoded'], s['packetsReceived']]), outb: stats.filter((s) => s['type'] === 'outbound-rtp').map((s) => [s['kind'], s['framesEncoded'], s['packetsSent'], s['active']]) });
        }
        const videos = deepAll('video').map((v) => [v.paused, v.readyState, (v.srcObject as MediaStream | null)?.getTracks().map((t) => [t.kind, t.id.slice(0,6), t.readyState, t.muted])]);
        return { out, videos, presented, tracks: room.snapshot.participants[0]?.tracks.map((t) => [t.source, t.live, t.track?.id.slice(0,6), t.track?.readyState]) };
      }), null, 0));
    }
  });
});
