interface Input { end(): void }

/** Sounds that become one, and a clock. */
export class SoundMix {
  readonly #context = new AudioContext();
  readonly #output = new MediaStreamAudioDestinationNode(this.#context);
  readonly #inputs = new Map<MediaStreamTrack, Input>();
  readonly #scope: AbortSignal;

  constructor(scope: AbortSignal) {
    this.#scope = scope;
    // Before the first click a browser may refuse; then the picture goes without sound until it does not.
    this.#context.resume().catch(reportError);
    scope.addEventListener('abort', () => {
      this.sync(new Map());
      void this.#context.close();
    }, { once: true });
  }

  get tracks(): MediaStreamTrack[] {
    return this.#output.stream.getAudioTracks();
  }

  /** @param sounds - True for one's own. */
  sync(sounds: ReadonlyMap<MediaStreamTrack, boolean>): void {
    for (const [track, input] of this.#inputs) {
      if (sounds.has(track)) continue;
      input.end();
      this.#inputs.delete(track);
    }
    for (const [track, isOwn] of sounds) if (!this.#inputs.has(track)) this.#inputs.set(track, this.#add(track, isOwn));
  }

  /**
   * Calls until the scope ends. By the clock of the sound, since timers of a page in the background are slowed to one a second
   * (HTML 8.7, note on throttling) and its sound is not.
   */
  every(intervalMs: number, callback: () => void): void {
    if (this.#scope.aborted) return;
    callback();
    const again = () => { this.every(intervalMs, callback); };
    if (this.#context.state !== 'running') {
      setTimeout(again, intervalMs);
      return;
    }
    const beat = new ConstantSourceNode(this.#context, { offset: 0 });
    beat.connect(this.#output);
    beat.addEventListener('ended', () => {
      beat.disconnect();
      again();
    });
    beat.start();
    beat.stop(this.#context.currentTime + intervalMs / 1000);
  }

  #add(track: MediaStreamTrack, isOwn: boolean): Input {
    const mediaStream = new MediaStream([track]);
    const source = new MediaStreamAudioSourceNode(this.#context, { mediaStream });
    source.connect(this.#output);
    // Chromium decodes a remote sound only for who plays it (https://crbug.com/40094084).
    const player = isOwn ? undefined : new Audio();
    if (player) [player.muted, player.srcObject] = [true, mediaStream];
    return {
      end: () => {
        source.disconnect();
        if (player) player.srcObject = null;
      },
    };
  }
}
