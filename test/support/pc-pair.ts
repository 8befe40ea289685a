import { until } from './until.ts';

/** Two pcs in one page that found each other, and the same channel at both ends. Closed with `end`. */
export async function pcPair(
  options: RTCDataChannelInit = {}, end?: AbortSignal,
): Promise<{ pcs: [RTCPeerConnection, RTCPeerConnection]; dcs: [RTCDataChannel, RTCDataChannel] }> {
  const pcs: [RTCPeerConnection, RTCPeerConnection] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const [a, b] = pcs;
  end?.addEventListener('abort', () => { for (const pc of pcs) pc.close(); });
  a.addEventListener('icecandidate', ({ candidate }) => { void b.addIceCandidate(candidate ?? undefined); });
  b.addEventListener('icecandidate', ({ candidate }) => { void a.addIceCandidate(candidate ?? undefined); });
  const dcs = await openPair(pcs, 0, options, async () => {
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription as RTCSessionDescriptionInit);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription as RTCSessionDescriptionInit);
  });
  return { pcs, dcs };
}

/** One more channel over a pair of pcs, open at both ends. */
export async function openPair(
  [a, b]: readonly [RTCPeerConnection, RTCPeerConnection], id: number, options: RTCDataChannelInit = {},
  connect: () => Promise<void> = () => Promise.resolve(),
): Promise<[RTCDataChannel, RTCDataChannel]> {
  const open = (pc: RTCPeerConnection) => pc.createDataChannel(`test-${id}`, { ...options, negotiated: true, id });
  const dcs: [RTCDataChannel, RTCDataChannel] = [open(a), open(b)];
  await connect();
  for (const dc of dcs) dc.binaryType = 'arraybuffer';
  await until(() => dcs.every(({ readyState }) => readyState === 'open'), 'both ends of the channel are open');
  return dcs;
}
