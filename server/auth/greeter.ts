import type { Link } from '../link.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../meter.ts';
import type { Identity, RefusalCode, RelaySocket } from '../types.ts';
import { isRefusal } from './authenticate.ts';
import type { Asker, Gate } from './gate.ts';
import { Pass } from './pass.ts';

interface Known { readonly asker: Asker; readonly identity: Identity }

const UNREAD: Asker = { auth: {}, headers: {}, address: '' };

/** Stands before the first event of a socket: nobody hears or says anything before it is known who they are. */
export class Greeter {
  readonly #gate: Gate;
  readonly #log: Log;
  readonly #meter: Meter;
  readonly #known = new WeakMap<RelaySocket, Known>();

  constructor(gate: Gate, log: Log, meter: Meter) {
    this.#gate = gate;
    this.#log = log;
    this.#meter = meter;
  }

  /** @returns the error for socket.io's `connect_error`, of which `data` is `{code, message}`; its connection is closed then. */
  async greet(socket: RelaySocket, link: Link | undefined, address: string): Promise<Error | undefined> {
    if (!link?.greet()) return this.#turnAway(link, { code: 'already-joined', message: 'One socket a connection.' });
    const { auth, headers } = socket.handshake;
    const { origin } = headers;
    const asker = { auth, headers, address, ...(origin !== undefined && { origin }) };
    const identity = await this.#gate.admit(asker);
    if (isRefusal(identity)) return this.#turnAway(link, identity);
    // What only a hook reads is kept for it alone, to be asked again at a renewal.
    this.#known.set(socket, { asker: this.#gate.readsHandshake ? asker : UNREAD, identity });
    return undefined;
  }

  /** Of a socket that was let in. */
  passFor(socket: RelaySocket, link: Link): Pass | undefined {
    const known = this.#known.get(socket);
    this.#known.delete(socket);
    return known && new Pass(known.identity, known.asker, this.#gate, link);
  }

  #turnAway(link: Link | undefined, { code, message }: { code: RefusalCode; message: string }): Error {
    this.#meter.refused(code);
    this.#log('info', 'a socket was refused', { code });
    // socket.io hands the error to the transport in the next tick.
    setImmediate(() => { link?.close(code, message); });
    return Object.assign(new Error(message), { data: { code, message } });
  }
}
