import { ControlChannel } from '../channels/control-channel.ts';
import { audioLevel } from '../media/audio-level.ts';
import { SenderSync } from '../media/sender-sync.ts';
import { checkDescription } from '../negotiation/check-description.ts';
import { remoteFingerprints } from '../negotiation/certificate.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { watchTurn } from './watch-turn.ts';
import { RoomError, toRoomError } from '../shared/errors.ts';
import { INTERNALS } from '../shared/internals.ts';
import { childScope, onEnd } from '../shared/scope.ts';
import type { Exchange } from '../channels/exchange.ts';
import type { MediaCounts } from '../media/sender-sync.ts';
import type { PublicationList } from '../media/publication.ts';
import type { Viewing } from '../media/viewing.ts';
import type { Proof } from '../identity/proof.ts';
import type { JoinCertificate } from '../negotiation/certificate.ts';
import type { Gesturing } from '../protocol/gesture.ts';
import type { PeerLimits } from '../protocol/peer-limits.ts';
import type { DescriptionSignal, PeerSignal } from '../protocol/wire.ts';
import type { Log } from '../shared/logger.ts';
import type { Dialect, DialectFactory, PeerHandlers } from './dialect.ts';

export interface PeerOptions {
  room: string;
  self: { id: string; certificate: JoinCertificate };
  peer: { id: string; /** Pinned, or what the relay announced; else the first description's. */ fp: string | undefined };
  /** What is known about who they are, as of now. */
  proof(): Proof | undefined;
  polite: boolean;
  allocates: boolean;
  configuration: RTCConfiguration;
  publications: PublicationList;
  viewing: Viewing;
  gestures: Gesturing;
  dialect: DialectFactory;
  exchange: Exchange;
  heardMs: number;
  handlers: PeerHandlers;
  limits: PeerLimits;
  log: Log;
  scope: AbortSignal;
}

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
  /** This machine came into a network, perhaps another one: what was gathered before may lead nowhere. */
  #moved = false;

  /** @param reserve given by the side that offers: what the far end would like to send. */
  constructor(options: PeerOptions, reserve?: MediaCounts) {
    const { scope, handlers, limits, publications, log } = options;
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
      exchange, receive: limits,
      onOpen: () => { void this.#opened(); },
      onClose: () => { this.dialect.closedByPeer(); },
      onHeard: () => { this.dialect.heard(); },
      onEnvelope: (envelope) => { this.dialect.receive(envelope); },
      drop: handlers.onDropped,
      scope: signal,
    });
    this.#senders = new SenderSync(pc, publications, signal, (error) => {
      log('warn', 'a sender could not be changed', { error: String(error) });
    });
    this.dialect = options.dialect({
      pc, control, exchange, senders: this.#senders, viewing: options.viewing, gestures: options.gestures,
      allocates: options.allocates, heardMs: options.heardMs, handlers, limits, drop: handlers.onDropped, scope: signal,
      view: () => ({
        room: options.room,
        self: { id: options.self.id, fp: options.self.certificate.fp, vouch: options.proof()?.mine },
        peer: { id: options.peer.id, fp: this.#fp ?? '', vouch: options.proof()?.theirs },
      }),
    });
    this.#attachesMedia = reserve !== undefined;
    this.#syncMedia();
    if (reserve) this.#senders.reserve(reserve);
    publications.onChanged(() => { this.#syncMedia(); }, signal);
    pc.addEventListener('signalingstatechange', () => {
      if (pc.signalingState !== 'stable') return;
      this.#senders.tune();
      this.dialect.announce();
    }, { signal });
    window.addEventListener('online', () => { this.#moved = true; }, { signal });
    watchTurn(pc, (error) => { handlers.onError(error); }, signal);
    // Every channel of this engine is negotiated: one that arrives was opened by something else.
    pc.addEventListener('datachannel', ({ channel }) => {
      channel.close();
      handlers.onDropped('in-band');
    }, { signal });
  }

  get [INTERNALS](): RTCPeerConnection {
    return this.#pc;
  }

  /** The fingerprint this pc is held to. */
  get fp(): string | undefined {
    return this.#fp;
  }

  /** Whether a description is of another pc of theirs than the ones before. (An rtc.io client has a key for each pc.) */
  isForeign({ description }: DescriptionSignal): boolean {
    if (this.#sessionId === undefined) return false;
    const checked = checkDescription(description.sdp, this.dialect.kind === 'engine' ? this.#fp : undefined);
    return checked.ok && checked.sessionId !== this.#sessionId;
  }

  /** In the order of the wire. */
  receive(data: PeerSignal): void {
    if (this.#end.signal.aborted) return;
    const { handlers, limits } = this.#options;
    if ('description' in data) {
      const checked = checkDescription(data.description.sdp, this.#fp);
      const problem = !checked.ok ? checked.problem : handlers.isTaken(checked.fp) && 'fingerprint-taken';
      if (!checked.ok || problem) { this.#refuseDescription(`description refused: ${problem}`); return; }
      this.#fp = checked.fp;
      this.#sessionId = checked.sessionId;
      this.#candidates = 0;
      this.#negotiator.receiveDescription(data.description);
    } else if ('candidate' in data) {
      // Each candidate is an address that we send to: nobody may name more of them than a host has.
      if (this.#candidates++ < limits.candidates) this.#negotiator.receiveCandidate(data); else handlers.onDropped('candidate');
    } else {
      this.dialect.receiveStream(data);
    }
  }

  /** Signaling is back after a break, in which anything may have been lost. */
  signalingReturned(): void {
    this.#negotiator.resend();
    if (this.#moved || this.#pc.connectionState !== 'connected') this.#pc.restartIce();
    this.#moved = false;
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
    if (!this.#attachesMedia) return;
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

  /** It ends a peer that is being met. One that has proved its key is not ended by what anyone on the way could forge. */
  #refuseDescription(why: string): void {
    if (this.#proven) this.#options.handlers.onDropped(why); else this.#refuse(why);
  }

  #refuse(why: string): void {
    this.#options.handlers.onClosed('identity-mismatch', new RoomError('identity-mismatch', `Participant ${this.#options.peer.id}: ${why}.`));
  }
}
