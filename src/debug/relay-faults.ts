import { INTERNALS } from '../shared/internals.ts';
import type { RelaySocket } from '../signaling/relay-socket.ts';
import type { Signaling } from '../signaling/signaling.ts';

/** As socket.io waits for an answer. */
const TIMEOUT_MS = 10_000;

export function loseRelay(signaling: Signaling): () => void {
  const relay = relayOf(signaling);
  const end = failConnects(relay, 0);
  relay.io.io.engine.close();
  return end;
}

/** Both ends find out by what they do not hear. */
export function silenceRelay(signaling: Signaling): () => void {
  const relay = relayOf(signaling);
  const end = failConnects(relay, TIMEOUT_MS);
  const { ws } = relay.io.io.engine.transport as unknown as { ws: WebSocket };
  const { onmessage } = ws;
  let closed = false;
  ws.onmessage = null;
  ws.send = () => {};
  ws.close = () => { closed = true; };
  return () => {
    for (const method of ['send', 'close']) Reflect.deleteProperty(ws, method); // Those of its class show again.
    if (closed) ws.close(); else ws.onmessage = onmessage;
    end();
  };
}

function failConnects(relay: RelaySocket, afterMs: number): () => void {
  relay.connect = () => {
    setTimeout(() => {
      for (const listener of relay.io.listeners('connect_error')) listener(new Error('simulated'));
    }, afterMs);
  };
  return () => { Reflect.deleteProperty(relay, 'connect'); };
}

function relayOf(signaling: Signaling): RelaySocket {
  const relay = (signaling as { [INTERNALS]?: RelaySocket })[INTERNALS];
  if (!relay) throw new TypeError('The room has no relay that could break.');
  return relay;
}
