import { WebSocket } from 'ws';

/** A 3 kB description for each nine candidates of 200 characters: about what a mesh says while it comes together. */
const SDP = `v=0\r\n${'a=candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host\r\n'.repeat(52)}`;
const PADDING = ' generation 0 network-id 1 network-cost 10'.repeat(4);

/** As little of a client as will do, so that what is measured is the server. */
export class Guest {
  id = '';
  onEnvelope: (delayMs: number) => void = () => {};
  onClose: () => void = () => {};
  readonly #socket: WebSocket;
  #sent = 0;
  #onAnswer: (text: string) => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => { this.#hear(data.toString()); });
    socket.on('close', () => { this.onClose(); });
    // What went wrong shows as a close.
    socket.on('error', () => {});
  }

  /** @param localAddress one of 127.0.0.0/8, so that the limits of an address need no change */
  static async enter(port: number, roomId: string, localAddress: string): Promise<Guest> {
    const guest = new Guest(new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket&room=${roomId}`, {
      localAddress, origin: 'https://bench.example', perMessageDeflate: false,
    }));
    await guest.#answer('0');
    await guest.#ask('40', '40');
    const joined = await guest.#ask(`421["join-room",${JSON.stringify({ roomId, name: 'A guest', engine: { v: 1 } })}]`, '431');
    guest.id = (JSON.parse(joined.slice(3)) as [{ id: string }])[0].id;
    return guest;
  }

  /** The time goes with the envelope: sender and receiver are one process. */
  send(target: string): void {
    const at = `at:${performance.now()}:`;
    const data = this.#sent++ % 10 === 0
      ? { description: { type: 'offer', sdp: `${at}\r\n${SDP}` } }
      : { candidate: { candidate: `${at} candidate${PADDING}`, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'abcd' } };
    this.#socket.send(`42["#rtcio:message",${JSON.stringify({ target, data })}]`);
  }

  /** Bytes that the kernel has not taken. */
  get waiting(): number {
    return this.#socket.bufferedAmount;
  }

  isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.onClose = () => {};
    this.#socket.terminate();
  }

  #hear(text: string): void {
    if (text === '2') this.#socket.send('3');
    else if (text.startsWith('42["#rtcio:message"')) this.onEnvelope(performance.now() - Number(/at:([\d.]+):/.exec(text)?.[1]));
    else this.#onAnswer(text);
  }

  #ask(text: string, beginning: string): Promise<string> {
    this.#socket.send(text);
    return this.#answer(beginning);
  }

  #answer(beginning: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.onClose = () => { reject(new Error('The server closed a guest.')); };
      this.#onAnswer = (text) => { if (text.startsWith(beginning)) resolve(text); };
    });
  }
}
