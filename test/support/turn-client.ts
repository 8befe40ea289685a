/** As much of TURN over UDP (RFC 8656) as it takes to ask a server for an allocation, and for permissions in it. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { addressBytes } from '../../server/address.ts';

const MAGIC_COOKIE = 0x2112a442;
const ALLOCATE = 0x003;
const CREATE_PERMISSION = 0x008;
const [USERNAME, INTEGRITY, ERROR_CODE, PEER_ADDRESS, REALM, NONCE, FAMILY, TRANSPORT] = [
  0x0006, 0x0008, 0x0009, 0x0012, 0x0014, 0x0015, 0x0017, 0x0019,
] as const;
const UDP = Buffer.from([17, 0, 0, 0]);
const ANSWER_MS = 5000;

type Attribute = readonly [type: number, value: Buffer];

export class TurnClient {
  readonly #socket: Socket = createSocket('udp4');
  readonly #port: number;
  readonly #username: string;
  readonly #password: string;
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);

  constructor(port: number, { username = '', credential = '' }: { username?: string; credential?: string }) {
    this.#port = port;
    this.#username = username;
    this.#password = credential;
  }

  /** @returns `ok`, or the code of the refusal (the first 401, which only tells realm and nonce, is answered) */
  async allocate(family: 4 | 6 = 4): Promise<'ok' | number> {
    const wish: Attribute[] = [[TRANSPORT, UDP], ...(family === 6 ? [[FAMILY, Buffer.from([2, 0, 0, 0])] as const] : [])];
    const challenge = await this.#ask(ALLOCATE, wish);
    this.#realm = challenge.attributes.get(REALM) ?? this.#realm;
    this.#nonce = challenge.attributes.get(NONCE) ?? this.#nonce;
    return (await this.#ask(ALLOCATE, wish)).code;
  }

  /** Asks to be allowed to exchange packets with this address; nothing is sent there. */
  async permit(address: string): Promise<'ok' | number> {
    const short = addressBytes(address);
    if (!short) throw new Error(`No address: ${address}`);
    const mapped = isIPv6(address) && short.length === 4; // Which the relay itself takes for IPv4.
    const bytes = mapped ? Buffer.concat([Buffer.alloc(10), Buffer.from([255, 255]), short]) : Buffer.from(short);
    const key = Buffer.alloc(4);
    key.writeUInt32BE(MAGIC_COOKIE);
    return (await this.#ask(CREATE_PERMISSION, (id) => {
      const mask = Buffer.concat([key, id]);
      const head = Buffer.from([0, isIPv6(address) ? 2 : 1, 9 ^ key.readUInt8(0), 9 ^ key.readUInt8(1)]);
      return [[PEER_ADDRESS, Buffer.concat([head, bytes.map((byte, at) => byte ^ mask.readUInt8(at))])]];
    })).code;
  }

  close(): void {
    this.#socket.close();
  }

  async #ask(method: number, wish: Attribute[] | ((id: Buffer) => Attribute[])) {
    const id = randomBytes(12);
    const attributes = typeof wish === 'function' ? wish(id) : wish;
    const request = this.#nonce.length > 0 ? this.#sign(method, id, attributes) : message(method, id, attributes);
    this.#socket.send(request, this.#port, '127.0.0.1');
    const [answer] = await once(this.#socket, 'message', { signal: AbortSignal.timeout(ANSWER_MS) }) as [Buffer];
    const found = new Map<number, Buffer>();
    for (let at = 20; at + 4 <= answer.length;) {
      const length = answer.readUInt16BE(at + 2);
      found.set(answer.readUInt16BE(at), answer.subarray(at + 4, at + 4 + length));
      at += 4 + Math.ceil(length / 4) * 4;
    }
    const error = found.get(ERROR_CODE);
    const code = error ? error.readUInt8(2) * 100 + error.readUInt8(3) : 'ok' as const;
    return { code, attributes: found };
  }

  /** Long-term credentials (RFC 8489 sections 9.2.2 and 14.5): the length already counts the integrity that follows. */
  #sign(method: number, id: Buffer, attributes: readonly Attribute[]): Buffer {
    const key = createHash('md5').update(`${this.#username}:${this.#realm.toString()}:${this.#password}`).digest();
    const unsigned = message(method, id, [
      ...attributes, [USERNAME, Buffer.from(this.#username)], [REALM, this.#realm], [NONCE, this.#nonce],
    ]);
    unsigned.writeUInt16BE(unsigned.length - 20 + 24, 2);
    return Buffer.concat([unsigned, attribute([INTEGRITY, createHmac('sha1', key).update(unsigned).digest()])]);
  }
}

function message(method: number, id: Buffer, attributes: readonly Attribute[]): Buffer {
  const body = Buffer.concat(attributes.map(attribute));
  const head = Buffer.alloc(8);
  head.writeUInt16BE(method, 0);
  head.writeUInt16BE(body.length, 2);
  head.writeUInt32BE(MAGIC_COOKIE, 4);
  return Buffer.concat([head, id, body]);
}

function attribute([type, value]: Attribute): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - value.length % 4) % 4)]);
}
