import { undelivered } from '../channels/exchange.ts';
import { isRequestRefusal } from '../channels/requests.ts';
import { RemoteTracks } from '../media/remote-tracks.ts';
import {
  CHANNEL, GOODBYE, HEARTBEAT, HELLO, REPLY, REQUEST, TRACKS, VERIFY, parseCount, parseHello, parseTracks,
} from '../protocol/control.ts';
import { GESTURE, GESTURES_FEATURE, RECORDING } from '../protocol/gesture.ts';
import { FRAMES_FEATURE } from '../protocol/packed-kind.ts';
import { isEventName } from '../protocol/primitives.ts';
import { isReservedEvent } from '../protocol/reserved.ts';
import { SHOWN, SHOWN_FEATURE, parseShown } from '../protocol/shown.ts';
import { VERIFY_FEATURE } from '../protocol/spoken.ts';
import { HISTORY, TALK, TALK_FEATURE } from '../protocol/talk.ts';
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
  readonly channelPort: ChannelPort;
  verify: Dialect['verify'];
  talk: Dialect['talk'];
  readonly #parts: PeerParts;
  readonly #remote: RemoteTracks;
  readonly #liveness: Liveness;
  /** Came before our end was ready to be spoken to. Bounded: an honest far end waits for our hello. */
  readonly #early: Envelope[] = [];
  #state: 'waiting' | 'greeting' | 'talking' = 'waiting';
  #rebuilding = false;
  #answering = 0;
  /** The last word about our tracks; until the first one there are none. */
  #told = '[]';

  constructor(parts: PeerParts) {
    const { pc, control, allocates, handlers, scope } = parts;
    this.#parts = parts;
    this.#remote = new RemoteTracks(pc);
    this.channelPort = {
      pc, allocates, scope, maxWanted: parts.limits.channels, drop: parts.drop,
      heard: () => { this.heard(); },
      notify: (notice) => { control.tell(CHANNEL, notice); },
    };
    superviseIce(pc, () => this.#liveness.silent, handlers, scope);
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
    control.tell(HELLO, makeHello(this.#parts.view(), exchange.progress, this.#parts.limits));
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

  /** Our engines say it over the control channel, where the relay cannot read it or say it in their name. */
  receiveStream(): void {
    this.#parts.drop('stream');
  }

  closedByPeer(): void {
    const { handlers, scope } = this.#parts;
    after(CLOSE_GRACE_MS, scope, () => { if (!this.#rebuilding) handlers.onClosed('closed'); });
  }

  announce(): void {
    if (this.#state !== 'talking') return;
    const tracks = this.#parts.senders.announcements();
    const told = JSON.stringify(tracks);
    if (told !== this.#told) this.#parts.control.tell(TRACKS, tracks);
    this.#told = told;
    this.#showTracks();
  }

  goodbye(reason: string): void {
    this.#parts.control.tell(GOODBYE, reason);
  }

  #greet({ e, d }: Envelope): void {
    const { handlers, limits, control, scope } = this.#parts;
    const hello = e === HELLO ? parseHello(d) : undefined;
    if (!hello) {
      this.#refuse('hello-missing', 'The far end did not say who it is.');
      return;
    }
    // Whoever was met at the same moment under the same key: one of them only may have it.
    const field = helloMismatch(hello, this.#parts.view()) ?? (handlers.isTaken(hello.fpFrom) && 'fpFrom');
    if (field) {
      this.#refuse('hello-mismatch', `"${field}" differs.`);
      return;
    }
    this.#state = 'talking';
    every(HEARTBEAT_MS, scope, () => { this.#beat(); });
    if (hello.features.includes(VERIFY_FEATURE)) this.verify = (args) => { control.tell(VERIFY, ...args); };
    if (hello.features.includes(TALK_FEATURE)) this.talk = (args) => { control.tell(TALK, ...args); };
    const packs = hello.features.includes(FRAMES_FEATURE);
    if (packs) this.channelPort.packing = { here: limits.eventBytes, there: hello.limits.eventBytes };
    handlers.onConnected();
    this.announce();
    if (hello.features.includes(SHOWN_FEATURE)) this.#tellShown(hello.from);
    if (hello.features.includes(GESTURES_FEATURE)) this.#tellGestures(hello.features.includes(RECORDING));
    // They forgot us meanwhile, and with us what they had of ours.
    const lost = control.admit(hello.limits, hello.progress, packs);
    if (lost > 0) handlers.onError(undelivered(lost, hello.from));
  }

  /** From now on they know how large we show what they send. */
  #tellShown(participant: string): void {
    const { control, viewing, scope } = this.#parts;
    const tell = () => { control.tell(SHOWN, viewing.of(participant)); };
    viewing.onChanged(participant, tell, { signal: scope });
    if (viewing.of(participant).length > 0) tell();
  }

  /** How hand and recording stand, on every connection anew, and what follows. */
  #tellGestures(knowsRecording: boolean): void {
    const { control, gestures, scope } = this.#parts;
    const tell = (args: readonly unknown[]) => { if (knowsRecording || args[0] !== RECORDING) control.tell(GESTURE, ...args); };
    gestures.onSaid(tell, { signal: scope });
    gestures.marks().forEach(tell);
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
    const { exchange, handlers, limits, drop } = this.#parts;
    switch (e) {
      case HEARTBEAT:
        if (!exchange.acknowledged(parseCount(d[0]) ?? 0)) drop('malformed');
        return;
      case TRACKS: {
        const tracks = parseTracks(d, limits.tracks);
        if (!tracks) { drop('malformed'); return; }
        this.#remote.announce(tracks);
        this.#showTracks();
        return;
      }
      case SHOWN: {
        const shown = parseShown(d);
        if (shown) this.#parts.senders.fit(shown); else drop('malformed');
        return;
      }
      case CHANNEL: handlers.onChannelNotice(d); return;
      case VERIFY: handlers.onVerify(d); return;
      case GESTURE: handlers.onGesture(d); return;
      case TALK: handlers.onTalk(d); return;
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
    const { exchange, handlers, limits, drop } = this.#parts;
    if (!Number.isSafeInteger(id)) { drop('malformed'); return; }
    const answer = (...args: unknown[]) => exchange.say(REPLY, [id, ...args], limits.eventBytes);
    this.#answering++;
    try {
      if (event !== HISTORY && (!isEventName(event) || isReservedEvent(event))) throw new RoomError('no-handler', '');
      if (this.#answering > limits.requests) {
        drop('requests');
        throw new RoomError('rate-limited', `At most ${limits.requests} requests wait there.`);
      }
      await answer(true, await handlers.onRequest(event, payload));
    } catch (error) {
      // What went wrong inside a handler is not the asker's business; that it was not even asked is.
      const refusal = error instanceof RoomError && isRequestRefusal(error.code) ? error : undefined;
      try {
        void answer(false, refusal?.code ?? 'request-failed', refusal?.hint ?? '');
      } catch {
        drop('unanswered'); // It asks faster than it reads answers: for it this one times out.
      }
    } finally {
      this.#answering--;
    }
  }

  #showTracks(): void {
    this.#parts.handlers.onTracks(this.#remote.views);
  }
}
