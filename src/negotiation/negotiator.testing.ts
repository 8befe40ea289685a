/** Two pcs that negotiate as two peers do, over wires that lose. */
import { LossyWire } from '../../test/support/lossy-wire.ts';
import { PublicationList } from '../media/publication.ts';
import { childScope } from '../shared/scope.ts';
import { RemoteTracks } from '../media/remote-tracks.ts';
import { SenderSync, countMedia } from '../media/sender-sync.ts';
import { Negotiator } from './negotiator.ts';
import type { MediaCounts } from '../media/sender-sync.ts';
import type { CandidateSignal, DescriptionSignal } from '../protocol/wire.ts';

type Signal = CandidateSignal | DescriptionSignal;

/** A pc with its negotiator, and senders that follow what is published, wired as a peer wires them. */
export class End {
  readonly pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  readonly dc = this.pc.createDataChannel('ctrl', { negotiated: true, id: 0 });
  readonly senders: SenderSync;
  readonly negotiator: Negotiator;
  readonly remote = new RemoteTracks(this.pc);
  readonly sent: string[] = [];

  /** @param reserve given to the one that offers; the other attaches its media to its first answer */
  constructor(
    polite: boolean, publications: PublicationList,
    { send, onError, onStuck }: { send(signal: Signal): void; onError(error: unknown): void; onStuck(): void },
    scope: AbortSignal, reserve?: MediaCounts,
  ) {
    let attached = reserve !== undefined;
    const sync = () => { if (attached) this.senders.sync(); };
    this.senders = new SenderSync(this.pc, publications, scope, onError);
    this.negotiator = new Negotiator(this.pc, {
      polite, onError, onStuck, scope,
      beforeAnswer: () => {
        attached = true;
        sync();
      },
      send: (signal) => {
        if ('description' in signal) this.sent.push(signal.description.type);
        send(signal);
      },
    });
    sync();
    if (reserve) this.senders.reserve(reserve);
    publications.onChanged(sync, scope);
    scope.addEventListener('abort', () => { this.pc.close(); });
  }

  receive(signal: Signal): void {
    if ('description' in signal) this.negotiator.receiveDescription(signal.description);
    else this.negotiator.receiveCandidate(signal);
  }

  get mLines(): number {
    return this.pc.localDescription?.sdp.match(/^m=/gm)?.length ?? 0;
  }
}

/** Two who publish, one of whom was there first and offers; politeness has nothing to do with it. */
export class Pair {
  readonly end = new AbortController();
  readonly published = [new PublicationList(), new PublicationList()] as const;
  /** The most that each published at once, which bounds the m-lines. */
  readonly peaks = this.published.map(() => ({ audio: 0, video: 0 }));
  errors: string[] = [];
  rebuilds = 0;
  /** Ends with the pcs of the moment. */
  #life = childScope(this.end.signal);
  #ends: (End | undefined)[] = [];
  readonly #wires: readonly LossyWire<Signal>[];
  readonly #polite: 0 | 1;

  constructor(polite: 0 | 1, delayMs: () => number) {
    this.#polite = polite;
    this.#wires = ([1, 0] as const).map((to) => new LossyWire<Signal>(delayMs, (signal) => {
      if (!this.#ends[to] && 'description' in signal) this.#open(to);
      this.#ends[to]?.receive(signal);
    }));
    for (const [i, list] of this.published.entries()) {
      list.onChanged(() => {
        const [peak, now] = [this.peaks[i]!, countMedia(list)];
        for (const kind of ['audio', 'video'] as const) peak[kind] = Math.max(peak[kind], now[kind]);
      }, this.end.signal);
    }
  }

  start(): void {
    this.#open(0, countMedia(this.published[1]));
  }

  get ends(): readonly End[] {
    return this.#ends.filter((one) => one !== undefined);
  }

  #open(which: 0 | 1, reserve?: MediaCounts): void {
    this.#ends[which] = new End(which === this.#polite, this.published[which], {
      send: (signal) => { this.#wires[which]?.send(signal); },
      onError: (error) => { this.errors.push(String(error)); },
      onStuck: () => { this.#rebuild(which); },
    }, this.#life.signal, reserve);
  }

  /** What two peers do when one of them is at a loss. */
  #rebuild(which: 0 | 1): void {
    this.rebuilds++;
    this.errors = [];
    this.#life.abort();
    this.#life = childScope(this.end.signal);
    this.#ends = [];
    for (const wire of this.#wires) {
      wire.break();
      wire.restore();
    }
    this.#open(which, countMedia(this.published[which === 0 ? 1 : 0]));
  }

  break(): void {
    for (const wire of this.#wires) wire.break();
  }

  /** Nobody was told of the break. */
  mend(): void {
    for (const wire of this.#wires) wire.restore();
  }

  /** What a peer does when signaling is back. */
  restore(): void {
    this.mend();
    for (const { negotiator, pc } of this.ends) {
      negotiator.resend();
      if (pc.connectionState !== 'connected') pc.restartIce();
    }
  }

  /** Nothing is under way, both are connected, and each sees what the other publishes. */
  get isSettled(): boolean {
    const [a, b] = this.ends;
    const sees = (one: End | undefined, other: End | undefined, publications: PublicationList) => {
      const announced = other?.senders.announcements() ?? [];
      one?.remote.announce(announced);
      return one?.remote.views.length === announced.length && announced.length === publications.views.length;
    };
    return this.#wires.every(({ isEmpty }) => isEmpty)
      && this.ends.every(({ pc, dc }) => pc.signalingState === 'stable' && pc.connectionState === 'connected' && dc.readyState === 'open')
      && sees(a, b, this.published[1]) && sees(b, a, this.published[0]);
  }

  get summary(): string {
    const { errors, rebuilds } = this;
    return JSON.stringify([{ errors, rebuilds }, ...this.ends.map(({ pc, sent, senders, remote, mLines }) => ({
      state: `${pc.signalingState} ${pc.connectionState}`, mLines, sent: sent.length > 30 ? sent.length : sent.join(' '),
      announced: senders.announcements().length, seen: remote.views.length,
    }))]);
  }
}
