import type { CDPSession } from 'puppeteer-core';

export interface WireCounts {
  /** Envelopes with a description: offers and answers. */
  descriptions: number;
  /** All envelopes between participants, candidates included. */
  envelopes: number;
  /** Passages through the relay that had to wait for each other: join, offer, answer make three. */
  hops: number;
}

interface Frame { socket: string; event: string; args: unknown[] }

/**
 * Counts what passes through the relay, from the frames of the page's WebSockets. Hops are a Lamport clock: what a socket
 * sends is one hop later than the latest announcement or description it has received. Candidates wait for nothing and
 * hold nothing up.
 */
export class WireCounter {
  #counts: WireCounts = { descriptions: 0, envelopes: 0, hops: 0 };
  /** Of each socket: the hops behind what it has received. */
  readonly #depths = new Map<string, number>();
  /** Of each description on its way: the hops it will have taken. */
  readonly #sent = new Map<string, number>();

  async watch(session: CDPSession): Promise<void> {
    await session.send('Network.enable');
    session.on('Network.webSocketFrameSent', ({ requestId, response }) => {
      this.#onSent(parseFrame(requestId, response.payloadData));
    });
    session.on('Network.webSocketFrameReceived', ({ requestId, response }) => {
      this.#onReceived(parseFrame(requestId, response.payloadData));
    });
  }

  /** @returns what was counted since the last time. */
  take(): WireCounts {
    const counts = this.#counts;
    this.#counts = { descriptions: 0, envelopes: 0, hops: 0 };
    this.#depths.clear();
    this.#sent.clear();
    return counts;
  }

  #onSent(frame: Frame | undefined): void {
    if (!frame?.event.endsWith('message')) return;
    this.#counts.envelopes++;
    const key = sdpOf(frame);
    if (key === undefined) return;
    this.#counts.descriptions++;
    this.#sent.set(key, (this.#depths.get(frame.socket) ?? 0) + 1);
  }

  #onReceived(frame: Frame | undefined): void {
    if (!frame) return;
    const key = sdpOf(frame);
    // Of what the relay says by itself only the word to make an offer starts something: it answers a join.
    const hops = key !== undefined ? this.#sent.get(key) : frame.event.endsWith('init-offer') ? 1 : undefined;
    if (hops === undefined) return;
    this.#depths.set(frame.socket, Math.max(this.#depths.get(frame.socket) ?? 0, hops));
    this.#counts.hops = Math.max(this.#counts.hops, hops);
  }
}

/** An event packet of socket.io over engine.io 4: `42`, perhaps an ack id, then a JSON array. */
function parseFrame(socket: string, payload: string): Frame | undefined {
  const json = /^42\d*(\[.*)$/s.exec(payload)?.[1];
  if (json === undefined) return undefined;
  const [event, ...args] = JSON.parse(json) as [string, ...unknown[]];
  return { socket, event, args };
}

/**
 * A description on both sides' wires is the only text called `sdp`; it tells one description from all others. Sealed, it is
 * what is longer than any candidate.
 */
function sdpOf({ args }: Frame): string | undefined {
  return /"sdp":("(?:[^"\\]|\\.)*")|"sealed":("[^"]{600,}")/.exec(JSON.stringify(args))?.slice(1).find(Boolean);
}
