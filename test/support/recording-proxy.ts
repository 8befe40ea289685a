/** Stands in front of a relay and keeps every byte that it receives. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';

export interface RecordingProxy {
  readonly origin: string;
  /** All that the relay received so far, WebSocket frames unmasked. */
  readonly received: string;
  close(): void;
}

export async function startRecordingProxy(relayPort: number): Promise<RecordingProxy> {
  const recordings: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const recording: Buffer[] = [];
    recordings.push(recording);
    const relay = connect(relayPort, '127.0.0.1');
    client.on('data', (bytes) => { recording.push(bytes); });
    client.pipe(relay).pipe(client);
    for (const [socket, other] of [[client, relay], [relay, client]] as const) {
      sockets.add(socket);
      socket.on('error', () => { other.destroy(); }).on('close', () => { sockets.delete(socket); other.destroy(); });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get received() { return recordings.map((chunks) => readable(Buffer.concat(chunks))).join('\n'); },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function readable(bytes: Buffer): string {
  const upgrade = bytes.toString('latin1').search(/\r\nupgrade: websocket\r\n/i);
  if (upgrade < 0) return bytes.toString();
  const end = bytes.indexOf('\r\n\r\n', upgrade) + 4;
  return `${bytes.toString('utf8', 0, end)}${unmask(bytes.subarray(end))}`;
}

/** What a client sends over a WebSocket is masked, so that a search in the bytes would find nothing (RFC 6455 section 5.3). */
function unmask(bytes: Buffer): string {
  const payloads: string[] = [];
  for (let at = 0; at + 6 <= bytes.length;) {
    const short = bytes.readUInt8(at + 1) & 0x7f;
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
    const length = extra === 2 ? bytes.readUInt16BE(at + 2) : extra === 8 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
    const start = at + 2 + extra + 4;
    const mask = bytes.subarray(start - 4, start);
    payloads.push(Buffer.from(bytes.subarray(start, start + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0))).toString());
    at = start + length;
  }
  return payloads.join('\n');
}
