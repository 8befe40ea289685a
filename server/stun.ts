import { createSocket, type RemoteInfo, type Socket, type SocketType } from 'node:dgram';
import { addressKey } from './address.ts';
import { KeyedBuckets } from './bucket.ts';
import { TokenBucket } from '../src/protocol/token-bucket.ts';
import { describeError, type Log } from './log.ts';
import { answerStun } from './stun-message.ts';

export interface StunOptions {
  port: number;
  host?: string | undefined;
  log: Log;
}

/** Requests of one address, and of all together: source addresses of UDP can be forged. */
const PER_ADDRESS = { burst: 20, perSecond: 5 };
const IN_ALL = { burst: 2_000, perSecond: 1_000 };

/**
 * Whether a request of an address is answered. Each address meets its own limit first: one that floods takes nothing from what is
 * there for all.
 */
export function createStunMeter(): (address: string, nowMs?: number) => boolean {
  const perAddress = new KeyedBuckets(PER_ADDRESS);
  const inAll = new TokenBucket(IN_ALL);
  return (address, nowMs = performance.now()) => perAddress.take(addressKey(address), nowMs) && inAll.take(1, nowMs);
}

/** Answers STUN binding requests over UDP (RFC 8489), so that nobody needs a third party to learn their own address. */
export class StunResponder {
  readonly #socket: Socket;
  readonly port: number;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
  }

  /** @returns `undefined`, and a line in the log, where UDP cannot be had. */
  static async open({ port, host, log }: StunOptions): Promise<StunResponder | undefined> {
    // Without a host: one socket of IPv6 that takes IPv4 as well, or IPv4 alone where there is no IPv6.
    const types: readonly SocketType[] = host === undefined ? ['udp6', 'udp4'] : [host.includes(':') ? 'udp6' : 'udp4'];
    for (const type of types) {
      try {
        return new StunResponder(await bind(type, port, host, log));
      } catch (error) {
        log('warn', 'UDP could not be had for STUN', { port, type, error: describeError(error) });
      }
    }
    return undefined;
  }

  close(): void {
    this.#socket.close();
  }
}

function bind(type: SocketType, port: number, host: string | undefined, log: Log): Promise<Socket> {
  const socket = createSocket(type);
  const meter = createStunMeter();
  const answer = (message: Buffer, { address, port: sourcePort }: RemoteInfo) => {
    if (!meter(address)) return;
    const response = answerStun(message, address, sourcePort);
    // What cannot be delivered is dropped: the asker repeats (RFC 8489 section 6.2.1).
    if (response) socket.send(response, sourcePort, address, () => {});
  };
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => { socket.close(); reject(error); });
    socket.bind({ port, ...(host !== undefined && { address: host }) }, () => {
      socket.removeAllListeners('error');
      socket.on('error', (error) => { log('warn', 'the STUN socket failed', { error: error.message }); });
      socket.on('message', answer);
      resolve(socket);
    });
  });
}
