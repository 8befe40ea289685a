import { toRoomError, RoomError } from '../shared/errors.ts';
import { childScope } from '../shared/scope.ts';
import { capture } from './capture.ts';
import { resolveEncodings } from './encodings.ts';
import type { CaptureOptions, CaptureSource } from './capture.ts';
import type { MediaKind, PublicationList } from './publication.ts';

/** A device of one's own: never optimistic, `on` only once the track is live. */
export interface CaptureView {
  readonly state: 'off' | 'pending' | 'on';
  /** The device in use, or last used. */
  readonly deviceId?: string;
  /** Why the last attempt failed, or why the device went off by itself; cleared by the next attempt. */
  readonly error?: RoomError;
}

interface Captured {
  tracks: MediaStreamTrack[];
  view: CaptureView;
  /** Which device was asked for by name; it may be unplugged for a while. */
  chosen?: string;
  /** Ends the attempt under way. */
  attempt?: AbortController;
}

/**
 * The devices that this page itself opened, published under their source's name. Whatever is opened here is stopped
 * here: when switched off, when the scope ends, and when the browser's answer comes after either.
 */
export class LocalMedia {
  readonly #captured = new Map<CaptureSource, Captured>();
  readonly #publications: PublicationList;
  readonly #onChange: (source: CaptureSource, view: CaptureView) => void;
  /** Camera and microphone carry one stream's id, so that receivers keep lips and voice together (RFC 8830 section 2). */
  #person: MediaStream | undefined;

  constructor(publications: PublicationList, onChange: (source: CaptureSource, view: CaptureView) => void) {
    this.#publications = publications;
    this.#onChange = onChange;
  }

  /**
   * Opens the device, or another one in its place.
   * @throws RoomError (see `capture`); AbortError when switched off meanwhile; TypeError for encodings that cannot be.
   */
  async enable(source: CaptureSource, options: CaptureOptions, scope: AbortSignal): Promise<void> {
    if (options.encodings) resolveEncodings(options.encodings); // Before a device is opened for what cannot be.
    const captured = this.#of(source);
    captured.attempt?.abort();
    if (this.#unmute(source, captured, options)) return;
    const attempt = (captured.attempt = childScope(scope));
    const { deviceId } = captured.view;
    this.#show(source, { state: 'pending', ...(deviceId && { deviceId }) });
    try {
      const tracks = await this.#open(source, options, captured);
      // Here and nowhere earlier: between the browser's answer and this line lie moments to be switched off in.
      if (attempt.signal.aborted) stop(tracks);
      attempt.signal.throwIfAborted();
      if (options.deviceId) captured.chosen = options.deviceId;
      this.#use(source, captured, tracks, options);
    } catch (error) {
      if (captured.attempt === attempt) this.#settle(source, captured, attempt.signal.aborted ? undefined : toRoomError(error));
      throw error;
    } finally {
      if (captured.attempt === attempt) delete captured.attempt;
      attempt.abort(); // The call's scope would keep it, and what came of it, for as long as the call lasts.
    }
  }

  /**
   * Switches it off: nothing is sent any more. The device is closed, except where `keepOpen` asks to keep a microphone
   * ready, because opening one takes long enough to lose the first word.
   */
  disable(source: CaptureSource, { keepOpen = false } = {}): void {
    const captured = this.#of(source);
    captured.attempt?.abort();
    delete captured.attempt;
    const publication = this.#publications.get(source);
    if (publication && source === 'screen') this.#publications.remove(publication);
    else for (const kind of publication?.tracks.keys() ?? []) publication?.replaceTrack(kind, null);
    if (keepOpen && source === 'microphone') for (const track of captured.tracks) track.enabled = false;
    else stop(captured.tracks.splice(0));
    const { deviceId } = captured.view;
    this.#show(source, { state: 'off', ...(deviceId && { deviceId }) });
  }

  /** Closes every device; nothing of theirs stays published. */
  stopAll(): void {
    for (const source of this.#captured.keys()) {
      this.disable(source);
      const publication = this.#publications.get(source);
      if (publication) this.#publications.remove(publication);
    }
  }

  #of(source: CaptureSource): Captured {
    let captured = this.#captured.get(source);
    if (!captured) this.#captured.set(source, (captured = { tracks: [], view: { state: 'off' } }));
    return captured;
  }

  #show(source: CaptureSource, view: CaptureView): void {
    this.#of(source).view = view;
    this.#onChange(source, view);
  }

  /** A microphone kept open needs no question. */
  #unmute(source: CaptureSource, captured: Captured, options: CaptureOptions): boolean {
    const { deviceId } = options;
    if (captured.view.state !== 'off' || captured.tracks.length === 0) return false;
    if (deviceId && deviceId !== captured.view.deviceId) return false;
    for (const track of captured.tracks) track.enabled = true;
    this.#use(source, captured, captured.tracks, options);
    return true;
  }

  /** What was chosen before, else what there is: nobody is kept off a call. (Chromium 156 heeds no `ideal` of a microphone.) */
  async #open(source: CaptureSource, options: CaptureOptions, captured: Captured): Promise<MediaStreamTrack[]> {
    const { chosen } = captured;
    if (options.deviceId || !chosen) return this.#openOne(source, options, captured);
    try {
      return await this.#openOne(source, { deviceId: chosen }, captured);
    } catch (error) {
      if (!(error instanceof RoomError && error.code === 'device-missing')) throw error;
      return this.#openOne(source, options, captured);
    }
  }

  /** Some machines open one camera at a time: where the second is refused as busy, the first is closed for it. */
  async #openOne(source: CaptureSource, options: CaptureOptions, { tracks }: Captured): Promise<MediaStreamTrack[]> {
    try {
      return await capture(source, options);
    } catch (error) {
      if (!(error instanceof RoomError && error.code === 'device-busy' && tracks.length > 0)) throw error;
      stop(tracks.splice(0));
      return capture(source, options);
    }
  }

  #use(source: CaptureSource, captured: Captured, tracks: MediaStreamTrack[], { encodings }: CaptureOptions): void {
    const before = captured.tracks.filter((track) => !tracks.includes(track));
    // Of a screen with its sound the picture (Chromium lists it last).
    const main = tracks.find(({ kind }) => kind === 'video') ?? tracks[0];
    for (const track of tracks.filter((one) => !captured.tracks.includes(one))) {
      // Fired by the system alone (unplugged, "stop sharing"), never by our own `stop()` (Media Capture 4.3.4).
      track.addEventListener('ended', () => {
        if (!captured.tracks.includes(track)) return;
        if (track === main) this.#lost(source, captured);
        else this.#publications.get(source)?.replaceTrack(track.kind as MediaKind, null);
      }, { signal: lifeOf(track) });
    }
    captured.tracks = tracks;
    const publication = this.#publications.get(source);
    if (publication && encodings) publication.setEncodings(encodings);
    if (publication) {
      // A screen may come without the sound that the last one had.
      for (const { kind } of [...before, ...tracks]) {
        publication.replaceTrack(kind as MediaKind, tracks.find((track) => track.kind === kind) ?? null);
      }
    } else {
      this.#publications.add({ source, stream: this.#streamFor(source), ...(encodings && { encodings }) }, tracks);
    }
    stop(before);
    const deviceId = main?.getSettings().deviceId;
    this.#show(source, { state: 'on', ...(deviceId && { deviceId }) });
  }

  #streamFor(source: CaptureSource): MediaStream {
    return source === 'screen' ? new MediaStream() : (this.#person ??= new MediaStream());
  }

  #lost(source: CaptureSource, captured: Captured): void {
    this.disable(source);
    if (source !== 'screen') this.#settle(source, captured, new RoomError('device-missing', `The ${source} went away.`));
  }

  /** After a failed attempt: what worked before goes on. */
  #settle(source: CaptureSource, captured: Captured, error: RoomError | undefined): void {
    const { deviceId } = captured.view;
    const sending = captured.tracks.some((track) => track.enabled);
    this.#show(source, { state: sending ? 'on' : 'off', ...(deviceId && { deviceId }), ...(error && { error }) });
  }
}

/** Chromium 156 keeps tracks of devices that were stopped, and so would keep whatever listens to them. */
const lives = new WeakMap<MediaStreamTrack, AbortController>();

function lifeOf(track: MediaStreamTrack): AbortSignal {
  const life = new AbortController();
  lives.set(track, life);
  return life.signal;
}

function stop(tracks: readonly MediaStreamTrack[]): void {
  for (const track of tracks) {
    lives.get(track)?.abort();
    lives.delete(track);
    track.stop();
  }
}
