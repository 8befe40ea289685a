import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { DEFAULTS } from './defaults.ts';
import { closeServer, listening, REQUEST_BOUNDS } from './http.ts';
import { endWith } from './end-with.ts';
import type { Census, Meter } from './meter.ts';
import { optionalPackage } from './optional-package.ts';

export interface MetricsOptions {
  /** A port of its own for `/metrics`; 0 picks a free one. Without it, the relay's own port, to the token only. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Bearer token (RFC 6750 section 2.1), at least 16 characters. */
  token?: string;
}

/** @throws TypeError for metrics that nobody, or everybody, could read. */
export function checkMetricsOptions({ port, token }: MetricsOptions): void {
  if (port === undefined && token === undefined) throw new TypeError('metrics needs metrics.port or metrics.token');
  if (token !== undefined && token.length < 16) throw new TypeError('metrics.token is shorter than 16 characters');
}

/** Prometheus' text format, version 0.0.4. */
export class Metrics {
  readonly #options: MetricsOptions;
  readonly #read: () => Promise<string>;
  readonly #contentType: string;
  #server: Server | undefined;

  private constructor(options: MetricsOptions, read: () => Promise<string>, contentType: string) {
    this.#options = options;
    this.#read = read;
    this.#contentType = contentType;
  }

  /** @throws Error where prom-client is missing or the port cannot be had. */
  static async open(options: MetricsOptions, meter: Meter, census: () => Census): Promise<Metrics> {
    const { collectDefaultMetrics, Counter, Gauge, Registry } =
      await optionalPackage('prom-client', '"metrics"', () => import('prom-client'));
    const register = new Registry();
    const registers = [register];
    collectDefaultMetrics({ register, eventLoopMonitoringPrecision: 10 });

    const gauge = (name: keyof Census, help: string) => new Gauge({
      name: `rtc_relay_${name}`, help, registers, collect() { this.set(census()[name]); },
    });
    const counter = (name: string, help: string, read: () => number) => new Counter({
      name: `rtc_relay_${name}_total`, help, registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
    const counterBy = (name: string, help: string, label: string, counts: ReadonlyMap<string, number>) => new Counter({
      name: `rtc_relay_${name}_total`, help, registers, labelNames: [label],
      collect() {
        this.reset();
        for (const [value, count] of counts) this.inc({ [label]: value }, count);
      },
    });
    gauge('participants', 'Places taken in the rooms of this relay, held ones included.');
    gauge('rooms', 'Rooms that somebody is in.');
    gauge('sockets', 'Open connections.');
    counter('joins', 'Places taken, resumed ones included.', () => meter.joins);
    counter('envelopes', 'Envelopes delivered.', () => meter.envelopes);
    counter('received_bytes', 'Bytes that came in over sockets.', () => meter.bytes);
    counter('bans', 'Addresses banned for a flood.', () => meter.bans);
    counterBy('refusals', 'Handshakes and requests refused.', 'code', meter.refusals);
    counterBy('closed', 'Sockets closed by the relay.', 'code', meter.closes);
    counterBy('limited', 'Bounds met.', 'bound', meter.bounds);

    const metrics = new Metrics(options, () => register.metrics(), register.contentType);
    if (options.port !== undefined) await metrics.#listen(options.port);
    return metrics;
  }

  /** The port of its own; absent where there is none. */
  get port(): number | undefined {
    const address = this.#server?.address();
    return typeof address === 'object' ? address?.port : undefined;
  }

  /** Answers where it is served on the relay's own port. @returns whether it is. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#server) return false;
    this.#answer(request, response);
    return true;
  }

  async close(): Promise<void> {
    if (this.#server) await closeServer(this.#server);
  }

  async #listen(port: number): Promise<void> {
    const server = createServer(REQUEST_BOUNDS, (request, response) => {
      if (/^\/metrics(?:\?|$)/.test(request.url ?? '')) this.#answer(request, response);
      else endWith(response, 404, 'Not found');
    });
    await listening(server, { port, host: this.#options.host ?? DEFAULTS.metricsHost });
    this.#server = server;
  }

  #answer({ method, headers }: IncomingMessage, response: ServerResponse): void {
    const { token } = this.#options;
    if (token !== undefined && !isSame(headers.authorization ?? '', `Bearer ${token}`)) {
      endWith(response, 401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
    } else if (method !== 'GET' && method !== 'HEAD') {
      endWith(response, 405, 'Method not allowed', { allow: 'GET, HEAD' });
    } else {
      this.#read().then(
        (text) => { endWith(response, 200, text.trimEnd(), { 'content-type': this.#contentType, 'cache-control': 'no-store' }); },
        () => { endWith(response, 500, 'The metrics could not be read'); },
      );
    }
  }
}

/** In the same time whatever differs, and whatever the length. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
