import { ControlChannel } from '../channels/control-channel.ts';
import { audioLevel } from '../media/audio-level.ts';
import { SenderSync } from '../media/sender-sync.ts';
import { checkDescription } from '../negotiation/check-description.ts';
import { remoteFingerprints } from '../negotiation/certificate.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { LIMITS } from './hello.ts';
import { watchTurn } from './watch-turn.ts';
import { RoomError, toRoomError } from '../shared/errors.ts';
import { childScope, onEnd } from '../shared/scope.ts';
import type { Exchange } from '../channels/exchange.ts';
import type { MediaCounts } from '../media/sender-sync.ts';
import type { PublicationList } from '../media/publication.ts';
import type { Viewing } from '../media/viewing.ts';
import type { JoinCertificate } from '../negotiation/certificate.ts';
import type { DescriptionSignal, NegotiationSignal } from '../protocol/wire.ts';
import type { Log } from '../shared/logger.ts';
import type { Dialect, DialectFactory, PeerHandlers } from './dialect.ts';

export interface PeerOptions {
  room: string;
  self: { id: string; certificate: JoinCertificate };
  peer: { id: string; /** Pinned, or what the relay announced; else the first description's. */ fp: string | undefined };
  polite: boolean;
  allocates: boolean;
  configuration: RTCConfiguration;
  publications: PublicationList;
  viewing: Viewing;
  dialect: DialectFactory;
  exchange: Exchange;
  heardMs: number;
  handlers: PeerHandlers;
  log: Log;
  scope: AbortSignal;
}

const DROP_LOG_MS = 1000;
/** Of one generation. */
const MAX_CANDIDATES = 100;

/** The far end of exactly one pc: wires negotiation, the control channel, media and a dialect together. */
export class Peer {
  readonly #options: PeerOptions;
  readonly #end: AbortController;
  readonly #pc: RTCPeerConnection;
  readonly #negotiator: Negotiator;
  readonly #senders: SenderSync;
  readonly dialect: Dialect;
  #fp: string | undefined;
  /** The far pc's, from its `o=` line: another one is another pc. */
  #sessionId: string | undefined;
  /** Until the offer that fills our m-lines has come, publications wait for it. */
  #attachesMedia: boolean;
  /** The far end holds the key it was announced with. */
  #proven = false;
  #candidates = 0;
  #drops = 0;
  #dropLoggedMs = -DROP_LOG_MS;

  /** @param reserve given by the side that offers: what the far end would like to send. */
  constructor(options: PeerOptions, reserve?: MediaCounts) {
    const { scope, handlers, publications, log } = options;
    this.#options = options;
    this.#fp = options.peer.fp;
    this.#end = childScope(scope);
    const { signal } = this.#end;
    const pc = (this.#pc = new RTCPeerConnection(options.configuration));
    onEnd(signal, () => { pc.close(); });

    this.#negotiator = new Negotiator(pc, {
      polite: options.polite,
      send: (data) => { handlers.send(data); },
      beforeAnswer: () => { this.#attachesMedia = true; this.#syncMedia(); },
      onError: (error) => { log('warn', 'negotiation failed', { peer: options.peer.id, error: String(error) }); },
      onStuck: () => { if (this.dialect.kind === 'engine') handlers.onGiveUp(); },
      scope: signal,
    });
    const { exchange } = options;
    const control = new ControlChannel(pc, {
      exchange, receive: LIMITS,
      onOpen: () => { void this.#opened(); },
      onClose: () => { this.dialect.closedByPeer(); },
      onHeard: () => { this.dialect.heard(); },
      onEnvelope: (envelope) => { this.dialect.receive(envelope); },
      drop: this.#drop,
      scope: signal,
    });
    this.#senders = new SenderSync(pc, publications, signal, (error) => {
      log('warn', 'a sender could not be changed', { error: String(error) });
    });
    this.dialect = options.dialect({
      pc, control, exchange, senders: this.#senders, viewing: options.viewing, allocates: options.allocates,
      heardMs: options.heardMs, handlers, drop: this.#drop, scope: signal,
      view: () => ({
        room: options.room,
        self: { id: options.self.id, fp: options.self.certificate.fp },
        peer: { id: options.peer.id, fp: this.#fp ?? '' },
      }),
    });
    this.#attachesMedia = reserve !== undefined;
    this.#syncMedia();
    if (reserve && this.dialect.sendsMedia) this.#senders.reserve(reserve);
    publications.onChanged(() => { this.#syncMedia(); }, signal);
    pc.addEventListener('signalingstatechange', () => {
      if (pc.signalingState !== 'stable') return;
      this.#senders.tune();
      this.dialect.announce();
    }, { signal });
    watchTurn(pc, (error) => { handlers.onError(error); }, signal);
    // Every channel of this engine is negotiated: one that arrives was opened by something else.
    pc.addEventListener('datachannel', ({ channel }) => { channel.close(); }, { signal });
  }

  /** The fingerprint this pc is held to. */
  get fp(): string | undefined {
    return this.#fp;
  }

  /** Whether a description is of another pc of theirs than the ones before. (An rtc.io client has a key for each pc.) */
  isForeign({ description }: DescriptionSignal): boolean {
    const checked = checkDescription(description.sdp, this.dialect.kind === 'engine' ? this.#fp : undefined);
    return checked.ok && this.#sessionId !== undefined && checked.sessionId !== this.#sessionId;
  }

  /** In the order of the wire. */
  receive(data: NegotiationSignal): void {
    if (this.#end.signal.aborted) return;
    if ('description' in data) {
      const checked = checkDescription(data.description.sdp, this.#fp);
      const problem = !checked.ok ? checked.problem : this.#options.handlers.isTaken(checked.fp) && 'fingerprint-taken';
      if (!checked.ok || problem) { this.#refuseDescription(`description refused: ${problem}`); return; }
      this.#fp = checked.fp;
      this.#sessionId = checked.sessionId;
      this.#candidates = 0;
      this.#negotiator.receiveDescription(data.description);
    } else if ('candidate' in data) {
      // Each candidate is an address that we send to: nobody may name more of them than a host has.
      if (this.#candidates++ < MAX_CANDIDATES) this.#negotiator.receiveCandidate(data); else this.#drop('candidate');
    }
  }

  /** Signaling is back after a break, in which anything may have been lost. */
  signalingReturned(): void {
    this.#negotiator.resend();
    if (this.#pc.connectionState !== 'connected') this.#pc.restartIce();
  }

  /** For what is gathered from now on (W3C WebRTC 4.4.3); the rest of the configuration stays, `iceTransportPolicy` above all. */
  setIceServers(iceServers: RTCIceServer[]): void {
    if (!this.#end.signal.aborted) this.#pc.setConfiguration({ ...this.#pc.getConfiguration(), iceServers });
  }

  getStats(): Promise<RTCStatsReport> {
    return this.#pc.getStats();
  }

  audioLevel(): number {
    return audioLevel(this.#pc);
  }

  close(reason: string): void {
    if (this.#end.signal.aborted) return;
    this.dialect.goodbye(reason);
    this.#end.abort();
  }

  #syncMedia(): void {
    if (!this.#attachesMedia || !this.dialect.sendsMedia) return;
    this.#senders.sync();
    this.dialect.announce();
  }

  async #opened(): Promise<void> {
    try {
      const real = await remoteFingerprints(this.#pc);
      if (this.#end.signal.aborted) return;
      if (real?.some((fp) => fp !== this.#fp)) { this.#refuse('another certificate'); return; }
      this.#proven = true;
      this.dialect.opened();
    } catch (error) {
      this.#options.handlers.onClosed('internal', toRoomError(error));
    }
  }

  /** Counted all, logged at most once a second: whoever floods must not fill the log either. */
  readonly #drop = (reason: string): void => {
    this.#drops++;
    if (performance.now() - this.#dropLoggedMs < DROP_LOG_MS) return;
    this.#dropLoggedMs = performance.now();
    this.#options.log('warn', 'dropped what a peer sent', { peer: this.#options.peer.id, reason, drops: this.#drops });
  };

  /** It ends a peer that is being met. One that has proved its key is not ended by what anyone on the way could forge. */
  #refuseDescription(why: string): void {
    if (this.#proven) this.#drop(why); else this.#refuse(why);
  }

  #refuse(why: string): void {
    this.#options.handlers.onClosed('identity-mismatch', new RoomError('identity-mismatch', `Participant ${this.#options.peer.id}: ${why}.`));
  }
}
