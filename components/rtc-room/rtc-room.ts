import { html } from 'lit';
import { createRoom } from '../../src/index.ts';
import { RoomProvider } from '../context/room-provider.ts';
import { SnapshotController } from '../controllers/snapshot-controller.ts';
import { RtcBeforeJoinEvent, RtcBeforeLeaveEvent } from '../events.ts';
import { askFirst } from '../internal/ask-first.ts';
import { buttons } from '../internal/button.styles.ts';
import { followCommands } from './commands.ts';
import { DefaultInterface, isArranged } from './default-interface.ts';
import { Failures } from './failures.ts';
import { followKeys } from './follow-keys.ts';
import { forwardEvents } from './forward-events.ts';
import { LazyAnnouncer } from './lazy-announcer.ts';
import { Notices } from './notices.ts';
import { ensureSecret, hasServer, inviteUrlOf, mistakeOf, OPTIONS, optionsOf } from './options.ts';
import { RoomOptionsElement } from './options-element.ts';
import { putNameOfPage } from './page-name.ts';
import { captionLines, styles } from './rtc-room.styles.ts';
import { statesOf } from './states.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { CaptureSource, Room, RoomError } from '../../src/index.ts';
import type { Panel, RoomAction, RoomHost } from '../internal/room-request.ts';

/**
 * A room. Empty, it shows a whole interface; elements inside it, or elsewhere with `for`, replace that.
 *
 * @attr name - The room's name: 1 to 64 letters, digits, `_` or `-`.
 * @attr name-in-url - The name stands in the page's address too, `?room=…`: what stands there wins, and a join writes it.
 * @attr server - The relay's URL, or `loopback` for others in the same page. Needed unless `rtc.js` came from the relay.
 * @attr no-shortcuts - Single keys, such as M for the microphone, do nothing.
 * @attr no-storage - The lobby does not remember the name in the browser's storage.
 * @attr display-name - What others call this person. @attr autojoin - Joins by itself, to listen: nothing is captured.
 * @attr token - For a relay that asks who one is. Changed during a call it takes the place of the one that ends.
 * @attr relay-only - Shows no address to other participants (TURN only).
 * @attr private-name - Keeps the display name from the relay; other participants see none then.
 * @attr link - A secret in the page's address, made where there is none: only who holds it comes in, the relay reads nothing.
 * @prop linkSecret - The same, from elsewhere than the address.
 * @attr vouch-keys - The URL where the page finds the public keys of who vouches; as property also the key set.
 * @attr vouch-issuer - The issuer that vouches must name. @default whoever has one of the keys
 * @attr require-vouch - Connects to nobody without a valid vouch.
 * @prop getVouch - Asks the page's backend to vouch for this person; without it the relay may.
 * @prop room - The engine's room: `emit`, `on`, `publish` … A page may hand in its own.
 * @prop getToken - Asked for a token at every connect; wins over `token`. @command --join @command --leave
 * @command --toggle-microphone @command --toggle-camera @command --toggle-screen @command --toggle-chat @command --raise-hand
 * @fires rtc-before-join @fires rtc-before-leave @fires rtc-joined @fires rtc-left @fires rtc-participant-joined
 * @fires rtc-participant-left @fires rtc-track-added @fires rtc-track-removed @fires rtc-identity-changed @fires rtc-reaction
 * @fires rtc-recording-started @fires rtc-recording-stopped @fires rtc-recorded @fires rtc-lock-changed @fires rtc-error
 * @fires rtc-message-received @fires rtc-state-changed @fires rtc-knock @fires rtc-knock-ended @fires rtc-muted-by-host
 * @fires rtc-token-expiring @slot - Elements of one's own arrangement. @slot chat @slot participants @slot close - Icons.
 * @slot captions - Lines of text over the pictures of the default interface. An empty one is not seen.
 * @csspart error @csspart dismiss @csspart notice @csspart lobby @csspart stage @csspart grid @csspart bar @csspart controls
 * @csspart chat-toggle @csspart participants-toggle @csspart badge @csspart panel @csspart panel-header @csspart chat
 * @csspart participants @csspart close @csspart knocks @csspart knock @csspart admit @csspart refuse @csspart toasts
 * @csspart tile @csspart empty @csspart button @csspart devices-panel @csspart menu @csspart reactions @csspart reaction
 * @csspart message @csspart message-text @csspart participant @csspart toast @csspart sound @csspart preview @csspart form
 * @csspart heading @csspart waiting @csspart join @csspart join-without @csspart give-up @csspart recording @csspart dialog
 * @csspart captions @csspart invite @csspart copy-link @csspart invite-link - To whoever is alone.
 * @cssState joining @cssState waiting @cssState joined @cssState reconnecting @cssState error @cssState empty
 * @cssState arranged @cssState microphone @cssState camera @cssState screen @command --toggle-participants
 * @command --show-shortcuts @csspart shortcuts @csspart shortcut @csspart key - The list of keys.
 */
export class RtcRoomElement extends RoomOptionsElement implements RoomHost {
  static override styles = [...RoomOptionsElement.styles, buttons, captionLines, styles];
  static override properties = { ...RoomOptionsElement.properties, room: { attribute: false, noAccessor: true } };
  #room: Room | undefined;
  /** Handed in by the page, which then configures it. */
  #isForeign = false;
  #attachment: AbortController | undefined;
  #mayAutojoin = false;
  readonly #provider = new RoomProvider(this);
  readonly #view = new SnapshotController(this, (snapshot) => snapshot);
  readonly #interface = new DefaultInterface(this);
  readonly #failures = new Failures(this);
  readonly #announcer = new LazyAnnouncer(this);
  readonly #notices = new Notices(this);
  readonly #report = (cause: unknown): void => { this.#failures.report(cause, this.room.snapshot); };

  constructor() {
    super();
    this.addEventListener('rtc-request', (event) => {
      event.stopPropagation();
      event.outcome = this.#run(event.action, event.isQuestion);
    });
  }

  get room(): Room {
    return (this.#room ??= createRoom({ name: this.name }));
  }

  set room(room: Room | undefined) {
    if (room === this.#room) return;
    this.#detach();
    if (!this.#isForeign) this.#room?.close();
    [this.#room, this.#isForeign] = [room, room !== undefined];
    this.#configure();
    if (this.isConnected) this.#attach();
  }

  /** @throws RoomError (see `Room.join`), which the element shows as well; AbortError where `rtc-before-join` was prevented. */
  async join(): Promise<void> {
    if (this.isConnected && !this.hasUpdated) await this.updateComplete; // Which takes over what was set before the upgrade.
    ensureSecret(this);
    this.#configure();
    const { name, local } = this.room.snapshot;
    askFirst(this, new RtcBeforeJoinEvent({ name, displayName: local.name }));
    await this.room.join();
  }

  /** A name may come in the framework's next breath. */
  get isEntering(): boolean {
    const { state, name } = this.room.snapshot;
    const isReady = this.isConnected && (this.#isForeign || (hasServer(this) && name !== ''));
    return this.autojoin && (state === 'joining' || (state === 'idle' && this.#mayAutojoin && isReady));
  }

  /** What to send to whoever shall come: this page's address, with what `name-in-url`, `link` or `linkSecret` ask for. */
  inviteUrl(): string {
    return inviteUrlOf(this, this.room.snapshot.name);
  }

  /** @throws AbortError where `rtc-before-leave` was prevented. */
  async leave(): Promise<void> {
    const { name, state } = this.room.snapshot;
    if (state !== 'idle') askFirst(this, new RtcBeforeLeaveEvent({ name }));
    await this.room.leave();
  }

  toggleMicrophone(): Promise<void> {
    return this.toggle('microphone');
  }

  toggleCamera(): Promise<void> {
    return this.toggle('camera');
  }

  toggleScreen(): Promise<void> {
    return this.toggle('screen');
  }

  /** @throws RoomError with what kept the device off; AbortError when switched off meanwhile. */
  async toggle(source: CaptureSource): Promise<void> {
    if (this.room.snapshot.local[source].state === 'off') await this.room.enable(source);
    else this.room.disable(source);
  }

  /** @internal Nobody need see it any longer. */
  dismiss(error: RoomError | undefined): void {
    this.#failures.dismiss(error);
  }

  togglePanel(panel: Panel): void {
    this.#interface.toggle(panel);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#attachment) this.#mayAutojoin = true; // Else it was moved.
    this.#attach();
    this.setStates({ arranged: isArranged(this) }); // Before the words are there: it decides the size.
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A framework that mounts twice, or moves the element, puts it back within this task: that is not a leave.
    setTimeout(() => {
      if (this.isConnected) return;
      void this.room.leave();
      this.#detach();
    });
  }

  /** Moved by `moveBefore`: its mere presence keeps the browser from disconnecting the element. */
  connectedMoveCallback(): void {
    this.requestUpdate();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('autojoin')) this.#mayAutojoin = true;
    if (OPTIONS.some((option) => changed.has(option))) this.#configure();
    const { snapshot } = this.room;
    if (changed.has('token') && this.token && snapshot.local.id) void this.#run((host) => host.room.renewToken(this.token));
    this.setStates({ ...statesOf(snapshot), error: this.#failures.of(snapshot).length > 0, arranged: isArranged(this) });
  }

  override render(): TemplateResult {
    const { snapshot } = this.room;
    return html`${this.#failures.render(snapshot)}
      ${this.#notices.render(snapshot)}
      <rtc-audio .fallback=${true} exportparts="button: sound"></rtc-audio>
      <slot @slotchange=${() => { this.requestUpdate(); }}></slot>
      ${this.#interface.render(this.room, this.isEntering)}
      ${this.#announcer.region}`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const mistake = this.#isForeign ? undefined : mistakeOf(this);
    for (const code of ['no-server', 'invalid-room'] as const) if (mistake?.code !== code) this.#failures.clear(code);
    if (mistake && (changed.has('server') || changed.has('name'))) this.#report(mistake);
    const { error, state } = this.room.snapshot;
    if (error) this.#report(error);
    const joinsNow = state === 'idle' && this.isEntering;
    if (joinsNow || state !== 'idle') this.#mayAutojoin = false; // Who leaves later wants to be out.
    if (joinsNow) void this.#run((host) => host.join());
  }

  #attach(): void {
    if (this.#attachment) return;
    const { room } = this;
    const { signal } = (this.#attachment = new AbortController());
    this.#provider.setValue(room);
    this.#view.setRoom(room);
    forwardEvents(this, room, signal);
    room.lifecycle.on('joined', () => { if (this.nameInUrl) putNameOfPage(room.snapshot.name); }, { signal });
    this.#failures.follow(room, signal);
    this.#announcer.follow(room, () => isArranged(this) || this.#interface.chatOpen, signal);
    this.#notices.follow(room, signal);
    followCommands(this, signal);
    followKeys(this, (words) => { this.#announcer.say(words); }, signal);
  }

  #detach(): void {
    this.#attachment?.abort();
    this.#attachment = undefined;
    this.#view.setRoom(undefined);
  }

  /** Attributes that change during a call hold from the next join on. */
  #configure(): void {
    if (this.room.snapshot.state === 'idle') this.room.configure(optionsOf(this, this.#isForeign));
  }

  /** Runs what was asked by a click. Nobody awaits it, so what fails is shown and told here. */
  async #run(action: RoomAction, isQuestion = false): Promise<boolean> {
    if (!isQuestion) this.#failures.clear();
    try {
      await action(this);
      return true;
    } catch (error) {
      this.#report(error);
      return false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-room': RtcRoomElement;
  }
}
