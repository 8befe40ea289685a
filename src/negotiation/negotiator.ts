import { every } from '../shared/scope.ts';
import { hideAddress } from './hide-address.ts';
import { judgeDescription } from './judge-description.ts';
import type { CandidateSignal, DescriptionSignal } from '../protocol/wire.ts';

export interface NegotiatorOptions {
  /** The side that yields when two offers cross. */
  polite: boolean;
  send(signal: DescriptionSignal | CandidateSignal): void;
  /** Called once a remote offer is set and before it is answered: attach to it what one has to send. */
  beforeAnswer(): void;
  onError(error: unknown): void;
  /** An offer that cannot be taken: the far end waits for an answer that will not come. */
  onStuck(): void;
  scope: AbortSignal;
}

/** An answer takes a round trip or two over the relay; one of which nothing is heard for so long was lost there. */
const UNANSWERED_MS = 2000;

/**
 * Perfect negotiation on one pc (W3C WebRTC 10.7). The browser owns the state machine and queues operations; this only
 * knows the three things it cannot tell. `receive` must be called in the order of the wire and does not wait.
 */
export class Negotiator {
  readonly #pc: RTCPeerConnection;
  readonly #options: NegotiatorOptions;
  #makingOffer = false;
  #settingAnswer = false;
  #ignoring = false;
  #cancelReminder: (() => void) | undefined;
  /** An offer that is made and sent, and set only with its answer. */
  #held: RTCSessionDescriptionInit | undefined;
  /** The far end's session version (RFC 8829 5.2.2) that was taken last: what is said again after a break is known by it. */
  #taken = -1;

  constructor(pc: RTCPeerConnection, options: NegotiatorOptions) {
    this.#pc = pc;
    this.#options = options;
    const { scope: signal } = options;
    pc.addEventListener('negotiationneeded', () => { void this.#offer(); }, { signal });
    pc.addEventListener('signalingstatechange', () => { this.#remind(); }, { signal });
    pc.addEventListener('icecandidate', ({ candidate }) => {
      // Browsers open TCP and never listen (RFC 6544 4.1): at the far end one of these meets nothing.
      if (!candidate || candidate.tcpType === 'active') return;
      options.send({ candidate: { ...candidate.toJSON(), candidate: hideAddress(candidate.candidate) } });
    }, { signal });
  }

  /** After signaling broke both ends say again what may have been lost: the last answer, and the offer that is pending. */
  resend(): void {
    this.#sendAnswer();
    this.#sendPending();
  }

  /** The description has passed the gate. */
  receiveDescription(description: DescriptionSignal['description']): void {
    const version = Number(/^o=\S+ \S+ (\d+)/m.exec(description.sdp)?.[1]);
    if (version <= this.#taken) {
      if (version === this.#taken && description.type === 'offer') this.#sendAnswer(); // It was lost.
      return;
    }
    const judgement = judgeDescription({
      type: description.type, polite: this.#options.polite,
      signalingState: this.#held ? 'have-local-offer' : this.#pc.signalingState,
      makingOffer: this.#makingOffer, settingAnswer: this.#settingAnswer,
    });
    // A stray answer says nothing about the candidates of the offer we made.
    if (description.type === 'offer') this.#ignoring = judgement === 'ignore';
    if (judgement === 'ignore') {
      // Ours may have gone to a pc of theirs that this offer's has replaced; who has it knows it by its version.
      if (description.type === 'offer') this.#sendPending();
      return;
    }
    this.#taken = version;
    void (description.type === 'offer' ? this.#answer(description) : this.#accept(description));
  }

  receiveCandidate({ candidate }: CandidateSignal): void {
    this.#pc.addIceCandidate(candidate).catch((error: unknown) => {
      if (!this.#ignoring) this.#fail(error);
    });
  }

  async #offer(): Promise<void> {
    this.#makingOffer = true;
    try {
      if (this.#holdsOffers) await this.#offerHeld(); else await this.#offerSet();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  async #offerSet(): Promise<void> {
    await this.#pc.setLocalDescription();
    this.#sendLocal();
  }

  async #offerHeld(): Promise<void> {
    const taken = this.#taken;
    const offer = await this.#pc.createOffer();
    // Theirs came first. What it leaves open, the browser wants to negotiate after it.
    if (taken !== this.#taken) return;
    this.#hold(offer);
    this.#sendPending();
  }

  /**
   * Whoever yields would have to take an offer back that is set, and what Chromium received before then stands still for good.
   * What is not set needs no taking back. (A first offer gathers candidates, and nothing is received yet: it is set at once.)
   */
  get #holdsOffers(): boolean {
    return this.#options.polite && this.#pc.currentRemoteDescription !== null;
  }

  #hold(offer: RTCSessionDescriptionInit | undefined): void {
    this.#held = offer;
    this.#remind();
  }

  async #answer(offer: DescriptionSignal['description']): Promise<void> {
    this.#hold(undefined);
    try {
      await this.#pc.setRemoteDescription(offer);
      if (this.#pc.signalingState !== 'have-remote-offer') return; // The next envelope has overtaken this one.
      this.#options.beforeAnswer();
      await this.#pc.setLocalDescription();
      this.#sendLocal();
    } catch (error) {
      if (this.#fail(error)) this.#options.onStuck();
    }
  }

  async #accept(answer: DescriptionSignal['description']): Promise<void> {
    const held = this.#held;
    this.#hold(undefined);
    this.#settingAnswer = true;
    try {
      // Together: the candidates that follow are for both.
      await Promise.all([held && this.#pc.setLocalDescription(held), this.#pc.setRemoteDescription(answer)]);
    } catch (error) {
      // It answered another offer than the one pending: one was sent again over a break.
      if (this.#fail(error)) this.#options.onStuck();
    } finally {
      this.#settingAnswer = false;
    }
  }

  /** Until something is heard of it. */
  #remind(): void {
    this.#cancelReminder?.();
    if (this.#pending) this.#cancelReminder = every(UNANSWERED_MS, this.#options.scope, () => { this.#sendPending(); });
  }

  #sendAnswer(): void {
    const { currentLocalDescription: current } = this.#pc;
    if (current?.type === 'answer') this.#send(current);
  }

  get #pending(): RTCSessionDescriptionInit | null {
    return this.#held ?? this.#pc.pendingLocalDescription;
  }

  #sendPending(): void {
    if (this.#pending) this.#send(this.#pending);
  }

  #sendLocal(): void {
    const { localDescription } = this.#pc;
    // Rolled back while we waited: what we would send now is not what we made.
    if (localDescription) this.#send(localDescription);
  }

  #send({ type, sdp = '' }: RTCSessionDescriptionInit): void {
    if (type === 'offer' || type === 'answer') this.#options.send({ description: { type, sdp: hideAddress(sdp) } });
  }

  /** What fails because the pc was closed meanwhile is no failure. */
  #fail(error: unknown): boolean {
    const failed = this.#pc.signalingState !== 'closed' && !this.#options.scope.aborted;
    if (failed) this.#options.onError(error);
    return failed;
  }
}
