/** Stands in front of a TURN server, on one port over UDP and TCP, and keeps every byte that it carries either way. */
import { createSocket } from 'node:dgram';
import type { Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { freePort } from './relay.ts';

export interface TurnRecorder {
  readonly port: number;
  /** One character a byte, so that text in it can be searched for. */
  carried(over: 'udp' | 'tcp'): string;
  close(): void;
}

export async function startTurnRecorder(turnPort: number): Promise<TurnRecorder> {
  const port = await freePort();
  const recorded: Record<'udp' | 'tcp', Buffer[]> = { udp: [], tcp: [] };
  const udp = await recordUdp(port, turnPort, recorded.udp);
  const closeTcp = await recordTcp(port, turnPort, recorded.tcp);
  return {
    port,
    carried: (over) => Buffer.concat(recorded[over]).toString('latin1'),
    close() {
      udp();
      closeTcp();
    },
  };
}

async function recordUdp(port: number, turnPort: number, recording: Buffer[]): Promise<() => void> {
  const front = createSocket('udp4');
  const backs = new Map<string, UdpSocket>();
  front.on('message', (bytes, from) => {
    recording.push(bytes);
    const key = `${from.address}:${from.port}`;
    let back = backs.get(key);
    if (!back) {
      backs.set(key, back = createSocket('udp4'));
      back.on('message', (answer) => {
        recording.push(answer);
        front.send(answer, from.port, from.address);
      });
    }
    back.send(bytes, turnPort, '127.0.0.1');
  });
  front.bind(port, '127.0.0.1');
  await once(front, 'listening');
  return () => { for (const socket of [front, ...backs.values()]) socket.close(); };
}

async function recordTcp(port: number, turnPort: number, recording: Buffer[]): Promise<() => void> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const turn = connect(turnPort, '127.0.0.1');
    for (const [socket, other] of [[client, turn], [turn, client]] as const) {
      sockets.add(socket);
      socket.on('data', (bytes) => { recording.push(bytes); }).pipe(other);
      socket.on('error', () => { other.destroy(); }).on('close', () => { sockets.delete(socket); other.destroy(); });
    }
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
}
