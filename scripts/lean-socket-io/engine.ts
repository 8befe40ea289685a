export interface EngineOptions {
  /** `http:` or `https:`, without a path. */
  origin: string;
  path: string;
  query: Record<string, string>;
  /** How long a handshake may take. */
  timeout: number;
}

export interface EngineListener {
  open(): void;
  data(text: string): void;
  /** Once, the last of all. */
  close(reason: string, error?: Error): void;
}

/** engine.io's protocol 4 over WebSocket and in text alone. */
export class Engine {
  readonly transport: { readonly ws: WebSocket };
  readonly #listener: EngineListener;
  readonly #ended = new AbortController();
  #pingWithinMs = 0;
  #pingDueAt = Infinity;
  #timer: ReturnType<typeof setTimeout>;

  constructor({ origin, path, query, timeout }: EngineOptions, listener: EngineListener) {
    const search = new URLSearchParams({ ...query, EIO: '4', transport: 'websocket' }).toString();
    const ws = new WebSocket(`${origin.replace('http', 'ws')}${path}/?${search}`);
    this.transport = { ws };
    this.#listener = listener;
    this.#timer = setTimeout(() => { this.#fail('timeout'); }, timeout);
    ws.onmessage = ({ data }) => { this.#hear(data); };
    ws.onerror = () => { this.#fail('websocket error'); };
    ws.onclose = () => { this.#end('transport close'); };
    // A relay on this machine needs no network.
    if (new URL(origin).hostname === 'localhost') return;
    addEventListener('offline', () => { this.#end('transport close'); }, { signal: this.#ended.signal });
  }

  write(text: string): void {
    this.#send(`4${text}`);
  }

  close(): void {
    this.#end('forced close');
  }

  /** Timers stand still while a computer sleeps: that a ping is overdue shows before they fire. */
  isOverdue(): boolean {
    if (Date.now() <= this.#pingDueAt) return false;
    queueMicrotask(() => { this.#end('ping timeout'); });
    return true;
  }

  #hear(packet: unknown): void {
    const [type, text] = typeof packet === 'string' ? [packet[0], packet.slice(1)] : ['', ''];
    if (type === '4') {
      this.#listener.data(text);
    } else if (type === '2') {
      this.#send('3');
      this.#awaitPing();
    } else if (type === '0') {
      this.#open(text);
    } else {
      this.#fail('no packet');
    }
  }

  #open(handshake: string): void {
    try {
      const { pingInterval, pingTimeout } = JSON.parse(handshake) as { pingInterval: number; pingTimeout: number };
      this.#pingWithinMs = pingInterval + pingTimeout;
    } catch {
      this.#fail('no handshake');
      return;
    }
    this.#awaitPing();
    this.#listener.open();
  }

  #awaitPing(): void {
    clearTimeout(this.#timer);
    this.#pingDueAt = Date.now() + this.#pingWithinMs;
    this.#timer = setTimeout(() => { this.#end('ping timeout'); }, this.#pingWithinMs);
  }

  #send(packet: string): void {
    if (!this.#ended.signal.aborted) this.transport.ws.send(packet);
  }

  #fail(why: string): void {
    this.#end('transport error', new Error(why));
  }

  #end(reason: string, error?: Error): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    clearTimeout(this.#timer);
    const { ws } = this.transport;
    ws.onmessage = ws.onerror = ws.onclose = null;
    ws.close();
    this.#listener.close(reason, error);
  }
}
