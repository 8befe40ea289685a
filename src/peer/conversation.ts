import { encodeEvent, undelivered } from '../channels/exchange.ts';
import { RemoteTracks } from '../media/remote-tracks.ts';
import {
  CHANNEL, GOODBYE, HEARTBEAT, HELLO, REPLY, REQUEST, TRACKS, parseCount, parseHello, parseTracks,
} from '../protocol/control.ts';
import { MAX_CONTROL_CHARS } from '../protocol/limits.ts';
import { isEventName } from '../protocol/primitives.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { SHOWN, SHOWN_FEATURE, parseShown } from '../protocol/shown.ts';
import { RoomError } from '../shared/errors.ts';
import { after, every } from '../shared/scope.ts';
import { helloMismatch, makeHello } from './hello.ts';
import { HEARTBEAT_MS, Liveness } from './liveness.ts';
import { superviseIce } from './recovery.ts';
import type { ChannelPort } from '../channels/peer-channels.ts';
import type { Envelope } from '../protocol/control.ts';
import type { Dialect, PeerParts } from './dialect.ts';

const HELLO_MS = 5000;
/** A far end that closed its pc to make another says so first; this is how long its word may still be under way. */
const CLOSE_GRACE_MS = 500;

/** The dialect between two of our engines. Until the hello was checked nothing of the peer is heard and nothing is said. */
export class Conversation implements Dialect {
  readonly kind = 'engine';
  readonly sendsMedia = true;
  readonly channelPort: ChannelPort;
  readonly #parts: PeerParts;
  readonly #remote: RemoteTracks;
  readonly #liveness: Liveness;
  /** Came before our end was ready to be spoken to. Bounded: an honest far end waits for our hello. */
  readonly #early: Envelope[] = [];
  #state: 'waiting' | 'greeting' | 'talking' = 'waiting';
  #rebuilding = false;

  constructor(parts: PeerParts) {
    const { pc, control, allocates, handlers, scope } = parts;
    this.#parts = parts;
    this.#remote = new RemoteTracks(pc);
    this.channelPort = {
      pc, allocates, scope, drop: parts.drop,
      heard: () => { this.heard(); },
      notify: (notice) => { control.tell(CHANNEL, notice); },
    };
    superviseIce(pc, handlers, scope);
    // The path answers again; SCTP may wait for 3 s more until it tries.
    pc.addEventListener('connectionstatechange', () => {
      if (pc.connectionState === 'connected') this.heard();
    }, { signal: scope });
    this.#liveness = new Liveness({
      heardMs: parts.heardMs, scope, word: handlers.word,
      onSilent: (silent) => { if (this.#state === 'talking') handlers.onInterrupted(silent, 'silent'); },
      onGone: () => { handlers.onClosed('silent'); },
    });
  }

  get heardMs(): number {
    return this.#liveness.heardMs;
  }

  opened(): void {
    const { control, exchange, scope } = this.#parts;
    control.tell(HELLO, makeHello(this.#parts.view(), exchange.progress));
    this.#state = 'greeting';
    after(HELLO_MS, scope, () => {
      if (this.#state !== 'talking') this.#refuse('hello-missing', 'The far end did not say who it is.');
    });
    for (const envelope of this.#early.splice(0)) this.receive(envelope);
  }

  heard(): void {
    this.#liveness.heard();
  }

  receive(envelope: Envelope): void {
    if (this.#state === 'waiting') {
      if (this.#early.length < 16) this.#early.push(envelope); else this.#parts.drop('early');
    } else if (this.#state === 'greeting') {
      this.#greet(envelope);
    } else {
      this.#hear(envelope);
      if (this.#parts.exchange.owes) this.#beat();
    }
  }

  closedByPeer(): void {
    const { handlers, scope } = this.#parts;
    after(CLOSE_GRACE_MS, scope, () => { if (!this.#rebuilding) handlers.onClosed('closed'); });
  }

  announce(): void {
    if (this.#state !== 'talking') return;
    this.#parts.control.tell(TRACKS, this.#parts.senders.announcements());
    this.#showTracks();
  }

  request(event: string, payload: unknown, { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal }): Promise<unknown> {
    const { exchange } = this.#parts;
    return exchange.requests.ask((id) => {
      exchange.push(encodeEvent(REQUEST, [id, event, payload], MAX_CONTROL_CHARS));
    }, { timeoutMs, name: event, ...(signal && { signal }) });
  }

  goodbye(reason: string): void {
    this.#parts.control.tell(GOODBYE, reason);
  }

  #greet({ e, d }: Envelope): void {
    const { handlers, control, scope } = this.#parts;
    const hello = e === HELLO ? parseHello(d) : undefined;
    if (!hello) {
      this.#refuse('hello-missing', 'The far end did not say who it is.');
      return;
    }
    const field = helloMismatch(hello, this.#parts.view());
    if (field) {
      this.#refuse('hello-mismatch', `"${field}" differs.`);
      return;
    }
    this.#state = 'talking';
    every(HEARTBEAT_MS, scope, () => { this.#beat(); });
    handlers.onConnected();
    this.announce();
    if (hello.features.includes(SHOWN_FEATURE)) this.#tellShown(hello.from);
    // They forgot us meanwhile, and with us what they had of ours.
    const lost = control.admit(hello.limits, hello.progress);
    if (lost > 0) handlers.onError(undelivered(lost, hello.from));
  }

  /** From now on they know how large we show what they send. */
  #tellShown(participant: string): void {
    const { control, viewing, scope } = this.#parts;
    const tell = () => { control.tell(SHOWN, viewing.of(participant)); };
    viewing.onChanged(participant, tell, { signal: scope });
    if (viewing.of(participant).length > 0) tell();
  }

  /** I live, and have got so many frames of yours. */
  #beat(): void {
    const { control, exchange } = this.#parts;
    control.tell(HEARTBEAT, exchange.acknowledgement());
  }

  #refuse(code: 'hello-missing' | 'hello-mismatch', hint: string): void {
    this.#parts.handlers.onClosed(code, new RoomError(code, hint));
  }

  #hear({ e, d }: Envelope): void {
    const { exchange, handlers, drop } = this.#parts;
    switch (e) {
      case HEARTBEAT:
        if (!exchange.acknowledged(parseCount(d[0]) ?? 0)) drop('malformed');
        return;
      case TRACKS: {
        const tracks = parseTracks(d);
        if (tracks) this.#remote.announce(tracks);
        this.#showTracks();
        return;
      }
      case SHOWN: {
        const shown = parseShown(d);
        if (shown) this.#parts.senders.fit(shown); else drop('malformed');
        return;
      }
      case CHANNEL: handlers.onChannelNotice(d); return;
      case REQUEST: void this.#reply(d); return;
      case REPLY: exchange.requests.settle(d); return;
      case GOODBYE:
        if (d[0] === 'rebuild') this.#rebuilding = true;
        else handlers.onClosed('left');
        return;
      default:
        if (isReservedEvent(e)) drop('reserved');
        else handlers.onEvent(e, d);
    }
  }

  /** By the exchange, which a rebuilt pc does not end: a request is heard once, and so is its answer. */
  async #reply([id, event, payload]: readonly unknown[]): Promise<void> {
    if (!Number.isSafeInteger(id)) return;
    const { exchange, handlers } = this.#parts;
    const answer = (...args: unknown[]) => { exchange.push(encodeEvent(REPLY, [id, ...args], MAX_CONTROL_CHARS)); };
    try {
      if (!isEventName(event) || isReservedEvent(event)) throw new RoomError('no-handler', '');
      answer(true, await handlers.onRequest(event, payload));
    } catch (error) {
      // What went wrong inside a handler is not the asker's business; that nobody answers is.
      const nobody = error instanceof RoomError && error.code === 'no-handler';
      try {
        if (nobody) answer(false, error.code, error.hint); else answer(false, 'request-failed', '');
      } catch {
        this.#parts.drop('unanswered'); // It asks faster than it reads answers: for it this one times out.
      }
    }
  }

  #showTracks(): void {
    this.#parts.handlers.onTracks(this.#remote.views);
  }
}
