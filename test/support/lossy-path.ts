import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Page } from 'puppeteer-core';

interface End { readonly socket: Socket; readonly address: string; readonly port: number }

/**
 * A path between the connections of two pages that loses packets of media: each page knows the other by the address of a socket
 * of ours alone, which passes on what comes. What is lost is counted off, not rolled: of n packets of a stream exactly one.
 */
export class LossyPath {
  /** One of so many RTP packets is lost, each way; `Infinity`: none. */
  oneOf = Infinity;
  readonly #ends = new Map<string, End>();
  /** Packets so far, by SSRC. */
  readonly #counts = new Map<number, number>();

  /** Before the page's own scripts run. @param name another one for each of the two */
  async join(page: Page, name: string): Promise<void> {
    await page.exposeFunction('standIn', (address: string, port: number) => this.#standIn(name, address, port));
    await page.evaluateOnNewDocument(() => {
      const { standIn } = globalThis as unknown as { standIn(address: string, port: number): Promise<number> };
      globalThis.RTCPeerConnection = class extends RTCPeerConnection {
        override async addIceCandidate(init?: RTCIceCandidateInit | null): Promise<void> {
          const fields = init?.candidate?.split(' ') ?? [];
          const [, , protocol, , address = '', port] = fields;
          if (protocol?.toLowerCase() !== 'udp' || !address.includes('.')) return;
          const passed = await standIn(address, Number(port));
          if (passed > 0) await super.addIceCandidate({ ...init, candidate: fields.with(5, String(passed)).join(' ') });
        }

        override setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
          // What was gathered early stands in the description as well.
          return super.setRemoteDescription({ type, sdp: sdp.replace(/^a=candidate:.*\r\n/gm, '') });
        }
      };
    });
  }

  close(): void {
    for (const { socket } of this.#ends.values()) socket.close();
  }

  /** @param knower the page that is given the address @returns the port that stands for it there; 0 for a second address */
  async #standIn(knower: string, address: string, port: number): Promise<number> {
    const known = this.#ends.get(knower);
    if (known) return known.address === address && known.port === port ? known.socket.address().port : 0;
    const socket = createSocket('udp4');
    this.#ends.set(knower, { socket, address, port });
    socket.on('message', (packet) => {
      const other = [...this.#ends].find(([name]) => name !== knower)?.[1];
      if (other && !this.#loses(packet)) other.socket.send(packet, port, address);
    });
    socket.bind(0);
    await once(socket, 'listening');
    return socket.address().port;
  }

  /** RTP, and not the RTCP that shares its port (RFC 7983, RFC 5761). */
  #loses(packet: Buffer): boolean {
    const type = (packet[1] ?? 0) & 0x7f;
    if ((packet[0] ?? 0) >> 6 !== 2 || (type >= 64 && type <= 95)) return false;
    const ssrc = packet.readUInt32BE(8);
    const count = (this.#counts.get(ssrc) ?? 0) + 1;
    this.#counts.set(ssrc, count);
    return count % this.oneOf === 0;
  }
}
