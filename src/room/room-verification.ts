import { Pins } from '../identity/spoken/pins.ts';
import { Verification } from '../identity/spoken/verification.ts';
import { NO_VERIFICATION } from '../identity/spoken/view.ts';
import { RoomError } from '../shared/errors.ts';
import { childScope } from '../shared/scope.ts';
import { Store } from '../shared/store.ts';
import type { SpokenCode } from '../identity/spoken/code.ts';
import type { VerificationView } from '../identity/spoken/view.ts';
import type { Emitter, ListenOptions } from '../shared/emitter.ts';
import type { ReadableStore } from '../shared/store.ts';
import type { Topology } from '../topology/topology.ts';
import type { LocalChange } from './reducer.ts';
import type { RoomEvents } from './room-events.ts';
import type { RoomSnapshot } from './snapshot.ts';

/** What it needs of its room. */
export interface VerificationHost {
  readonly store: ReadableStore<RoomSnapshot>;
  readonly session: { readonly topology: Topology } | undefined;
  readonly lifecycle: Pick<Emitter<RoomEvents>, 'emit'>;
}

/**
 * The spoken code of a room (docs/identity.md): people read it to each other, and where all read the same, nobody stands between
 * them. Loaded with the first who asks for it, here or elsewhere; over leaves and joins.
 */
export class RoomVerification implements ReadableStore<VerificationView> {
  readonly #host: VerificationHost;
  readonly #apply: (change: LocalChange) => void;
  readonly #scope: AbortSignal;
  readonly #store = new Store<VerificationView>(NO_VERIFICATION);
  readonly #pins = new Pins();
  #current: { of: Topology; verification: Verification; end: AbortController } | undefined;
  #started = false;

  constructor(host: VerificationHost, apply: (change: LocalChange) => void, scope: AbortSignal) {
    this.#host = host;
    this.#apply = apply;
    this.#scope = scope;
    host.store.subscribe(() => { this.#follow(); }, { signal: scope });
    this.#follow();
  }

  get snapshot(): VerificationView {
    return this.#store.snapshot;
  }

  subscribe(listener: (view: VerificationView) => void, options?: ListenOptions): () => void {
    return this.#store.subscribe(listener, options);
  }

  /** This end begins by itself from now on. @throws RoomError `insecure-context` where the browser has no WebCrypto. */
  start(): void {
    const subtle = crypto.subtle as SubtleCrypto | undefined;
    if (!subtle) throw new RoomError('insecure-context', 'WebCrypto needs https or localhost.');
    this.#started = true;
    this.#current?.verification.start();
  }

  /** Makes another code, after a time-out or a warning. */
  retry(): void {
    this.#current?.verification.retry();
  }

  /** "They match": its members are verified, under the keys they have. @throws TypeError for a code that is not of this room. */
  confirm(code: SpokenCode): void {
    this.#current?.verification.confirm(code);
  }

  /** "They differ." @throws TypeError */
  reject(code: SpokenCode): void {
    this.#current?.verification.reject(code);
  }

  /** What a participant says on the way. @returns false for what cannot be taken up */
  hear(from: string, args: readonly unknown[]): boolean {
    this.#follow(); // Who speaks may have connected in this very task.
    return this.#current?.verification.hear(from, args) ?? false;
  }

  #follow(): void {
    const { snapshot } = this.#host.store;
    const topology = snapshot.local.id ? this.#host.session?.topology : undefined;
    if (topology !== this.#current?.of) {
      this.#current?.end.abort();
      this.#store.update(() => NO_VERIFICATION);
      this.#current = topology && this.#begin(topology);
      if (this.#started) this.#current?.verification.start();
    }
    this.#current?.verification.present(snapshot.participants);
  }

  #begin(of: Topology): { of: Topology; verification: Verification; end: AbortController } | undefined {
    const { backchannel } = of;
    if (!backchannel) return undefined;
    const end = childScope(this.#scope);
    const verification = new Verification({
      backchannel, pins: this.#pins, scope: end.signal,
      onView: (view) => { this.#show(view); },
      onError: (error) => { this.#host.lifecycle.emit('error', { error }); },
    });
    return { of, verification, end };
  }

  #show(view: VerificationView): void {
    this.#store.update(() => view);
    for (const { id, identity } of this.#host.store.snapshot.participants) {
      const verified = view.verified.includes(id);
      if (verified === (identity === 'verified')) continue;
      this.#apply({ type: 'identified', id, verified });
    }
  }
}
