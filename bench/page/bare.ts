/** The least code that does the work: one RTCPeerConnection a peer, one negotiated channel, trickled candidates. */
import { io } from 'socket.io-client';
import { HIGH_WATER, LOW_WATER } from './side.ts';
import type { Bulk, Participant } from './side.ts';

type Data = { description: RTCSessionDescriptionInit } | { candidate: RTCIceCandidateInit };
interface Peer { pc: RTCPeerConnection; control: RTCDataChannel }

export function createBare(server: string, room: string): Participant {
  const peers = new Map<string, Peer>();
  let onPeer = (_: string): void => undefined;
  let onMessage = (_from: string, _text: string): void => undefined;
  let onPicture = (_from: string, _track: MediaStreamTrack): void => undefined;
  let stream: MediaStream | undefined;
  const socket = io(server, { transports: ['websocket'], autoConnect: false, forceNew: true });

  function peerOf(id: string): Peer {
    const known = peers.get(id);
    if (known) return known;
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
    const control = pc.createDataChannel('control', { negotiated: true, id: 0 });
    const peer = { pc, control };
    peers.set(id, peer);
    for (const track of stream?.getTracks() ?? []) pc.addTrack(track, stream as MediaStream);
    pc.addEventListener('track', ({ track }) => { onPicture(id, track); });
    pc.addEventListener('icecandidate', ({ candidate }) => { if (candidate) socket.emit('message', id, { candidate }); });
    control.addEventListener('open', () => { onPeer(id); });
    control.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { e, d: [text] } = JSON.parse(data) as { e: string; d: [string] };
      if (e === 'look') void activate(pc, text === 'seen'); else onMessage(id, text);
    });
    return peer;
  }

  async function describe(id: string, pc: RTCPeerConnection): Promise<void> {
    await pc.setLocalDescription();
    socket.emit('message', id, { description: pc.localDescription });
  }

  socket.on('init-offer', (id: string) => { void describe(id, peerOf(id).pc); });
  socket.on('message', (id: string, data: Data) => {
    const { pc } = peerOf(id);
    if ('candidate' in data) {
      void pc.addIceCandidate(data.candidate);
    } else {
      void pc.setRemoteDescription(data.description).then(() => data.description.type === 'offer' ? describe(id, pc) : undefined);
    }
  });

  return {
    join: () => new Promise((resolve) => {
      socket.once('connect', () => { socket.emit('join-room', room); resolve(); });
      socket.connect();
    }),
    onPeer: (listener) => { onPeer = listener; },
    onMessage: (listener) => { onMessage = listener; },
    send: (to, text) => { peers.get(to)?.control.send(JSON.stringify({ e: 'x', d: [text] })); },
    publish: (own) => { stream = own; },
    onPicture: (listener) => { onPicture = listener; },
    look: (from, seen) => { peers.get(from)?.control.send(JSON.stringify({ e: 'look', d: [seen ? 'seen' : 'unseen'] })); },
    openBulk: () => {
      const [peer] = peers.values();
      if (!peer) throw new Error('Nobody is there.');
      return openBulk(peer.pc);
    },
    leave: () => {
      socket.disconnect();
      for (const { pc } of peers.values()) pc.close();
    },
  };
}

async function activate(pc: RTCPeerConnection, active: boolean): Promise<void> {
  for (const sender of pc.getSenders()) {
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) encoding.active = active;
    await sender.setParameters(parameters);
  }
}

async function openBulk(pc: RTCPeerConnection): Promise<Bulk> {
  const channel = pc.createDataChannel('bulk', { negotiated: true, id: 7 });
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = LOW_WATER;
  const listeners = new Map<string, (payload: unknown) => void>();
  let onData = (_: ArrayBuffer): void => undefined;
  channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== 'string') { onData(data); return; }
    const { e, d: [payload] } = JSON.parse(data) as { e: string; d: unknown[] };
    listeners.get(e)?.(payload);
  });
  if (channel.readyState !== 'open') {
    await new Promise((resolve) => { channel.addEventListener('open', resolve, { once: true }); });
  }
  return {
    send: (data) => { channel.send(data); return channel.bufferedAmount < HIGH_WATER; },
    drained: () => new Promise((resolve) => {
      channel.addEventListener('bufferedamountlow', () => { resolve(); }, { once: true });
    }),
    onData: (listener) => { onData = listener; },
    emit: (e, payload) => { channel.send(JSON.stringify({ e, d: [payload] })); return channel.bufferedAmount < HIGH_WATER; },
    onEvent: (event, listener) => { listeners.set(event, listener); },
  };
}
