import { css, html, nothing } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { icons } from '../internal/icons.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { canChooseSpeaker, DEFAULT_SPEAKER, speakerOf } from '../internal/speaker.ts';
import { streamOf } from '../internal/streams.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Room, RoomSnapshot } from '../../src/index.ts';

/** Who plays a room's sound: the first in the list alone. What the page places comes before the room's own. */
const players = new WeakMap<Room, RtcAudioElement[]>();

/**
 * The sound of everyone else, once. `<rtc-room>` brings its own; one that the page places takes its place. Where the browser
 * refuses to play before a click, it shows a button; otherwise it shows nothing.
 *
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot icon @slot label - Of the button.
 * @csspart button
 * @cssState blocked - The browser wants a click first.
 */
export class RtcAudioElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, buttons, css`:host(:not(:state(blocked))) { display: contents; }`];
  static override properties = { fallback: { attribute: false }, blocked: { state: true } };
  /** Stands back for any other `<rtc-audio>` of the room. */
  declare fallback: boolean;
  declare private blocked: boolean;
  protected readonly view = new RoomController(this, heard);
  readonly #playing = new Map<MediaStreamTrack, HTMLAudioElement>();
  #claimed: Room | undefined;
  #forgetSpeaker: (() => void) | undefined;

  constructor() {
    super();
    this.fallback = false;
    this.blocked = false;
  }

  override render(): TemplateResult | typeof nothing {
    return this.blocked ? html`<button type="button" part="button" class="primary" @click=${() => { this.#playAll(); }}
      ><slot name="icon">${icons.sound}</slot><slot name="label">${this.text('sound-blocked')}</slot></button>` : nothing;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#claim(this.isConnected ? this.view.room : undefined);
    this.#sync();
    this.setStates({ blocked: this.blocked });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#claim(undefined);
    this.#sync();
  }

  #claim(room: Room | undefined): void {
    const before = this.#claimed;
    if (room === before) return;
    this.#claimed = room;
    this.#forgetSpeaker?.();
    this.#forgetSpeaker = room && speakerOf(room).onChanged(() => { this.requestUpdate(); });
    const others = (of: Room) => (players.get(of) ?? []).filter((player) => player !== this);
    if (before) players.set(before, others(before));
    if (room) players.set(room, this.fallback ? [...others(room), this] : [this, ...others(room)]);
    for (const of of [before, room]) if (of) for (const player of others(of)) player.requestUpdate();
  }

  #sync(): void {
    const room = this.#claimed;
    const wanted = room && players.get(room)?.[0] === this ? new Set(this.view.value) : new Set<MediaStreamTrack>();
    for (const [track, audio] of this.#playing) {
      if (wanted.has(track)) continue;
      audio.srcObject = null;
      audio.remove();
      this.#playing.delete(track);
    }
    for (const track of wanted) {
      if (this.#playing.has(track)) continue;
      const audio = new Audio();
      audio.srcObject = streamOf(track);
      this.#playing.set(track, audio);
      this.renderRoot.prepend(audio); // Before lit's own part: what stands behind it is lit's to remove.
      this.#play(audio);
    }
    if (wanted.size === 0) this.blocked = false;
    if (room && canChooseSpeaker()) this.#route(speakerOf(room).inUse);
  }

  #route(speaker: string): void {
    for (const audio of this.#playing.values()) {
      // Unplugged in this moment: the room is about to say so, and then it is the system's own.
      if (audio.sinkId !== speaker) audio.setSinkId(speaker).catch(() => audio.setSinkId(DEFAULT_SPEAKER)).catch(reportError);
    }
  }

  #playAll(): void {
    this.blocked = false;
    for (const audio of this.#playing.values()) this.#play(audio);
  }

  #play(audio: HTMLAudioElement): void {
    audio.play().catch((error: unknown) => {
      // NotAllowedError: no click yet (HTML 4.8.11.8). AbortError: taken away while it was about to start.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.blocked = true;
    });
  }
}

/** Muted ones too: a path that stays does not lose the first word. */
function heard({ participants }: RoomSnapshot): MediaStreamTrack[] {
  return participants.flatMap(({ tracks }) => tracks.flatMap(({ kind, track }) => kind === 'audio' && track ? [track] : []));
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-audio': RtcAudioElement;
  }
}
