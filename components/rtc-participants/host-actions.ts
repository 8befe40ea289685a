import { html, nothing } from 'lit';
import { RoomError } from '../../src/index.ts';
import { icons } from '../internal/icons.ts';
import { plainName, withName } from '../internal/name-labels.ts';
import type { TemplateResult } from 'lit';
import type { CaptureSource, Moderation, ParticipantView, RoomSnapshot } from '../../src/index.ts';
import type { Text } from '../internal/messages.ts';
import type { NameLabel } from '../internal/name-labels.ts';
import type { RoomAction } from '../internal/room-request.ts';

interface Host {
  readonly renderRoot: ParentNode;
  readonly updateComplete: Promise<boolean>;
  readonly text: Text;
  requestUpdate(): void;
}
type Listed = readonly { readonly id: string }[];

const SOURCES = ['microphone', 'camera', 'screen'] as const;
/** What is asked back of: it cannot be taken back. */
const END = 'end';
const isOn = ({ tracks }: ParticipantView, source: CaptureSource) =>
  tracks.some((track) => track.source === source && track.live);

/** What a host may ask of the relay, of one and of everyone. Nothing changes here: what the relay does comes back as facts. */
export class HostActions {
  readonly #host: Host;
  readonly #ask: (action: RoomAction) => Promise<boolean>;
  /** Whose actions are shown. */
  #open: string | undefined;
  /** A participant's id, or {@link END}. */
  #asking: string | undefined;

  constructor(host: Host, ask: (action: RoomAction) => Promise<boolean>) {
    this.#host = host;
    this.#ask = ask;
  }

  bar({ locked, participants }: Pick<RoomSnapshot, 'locked' | 'participants'>): TemplateResult {
    const { text } = this.#host;
    const loud = participants.filter((person) => isOn(person, 'microphone'));
    if (this.#asking === END) return this.#question(html`${text('end-sure')}`, text('end'), (moderate) => moderate.end());
    return html`<div part="host" role="group" aria-label=${text('host-actions')}>
      <button type="button" part="button" aria-disabled=${loud.length === 0} @click=${() => { this.#each(loud, 'mute'); }}
        >${text('mute-all')}</button>
      <button type="button" part="button" @click=${() => this.#ask(({ room: { moderate } }) => locked ? moderate.unlock() : moderate.lock())}
        >${text(locked ? 'unlock' : 'lock')}</button>
      <button type="button" part="button end" class="danger" @click=${() => { this.#askBack(END); }}>${text('end')}</button>
    </div>`;
  }

  ofRow(person: ParticipantView, label: NameLabel): TemplateResult {
    const { text } = this.#host;
    const { id } = person;
    const isOpen = this.#open === id;
    return html`<button type="button" part="actions-toggle" class="plain" aria-expanded=${isOpen}
        aria-label=${text('actions-of', { name: plainName(label) })} @click=${() => { this.#toggle(id); }}>${icons.more}</button>
      ${!isOpen ? nothing : this.#asking === id
        ? this.#question(html`${withName(text('remove-sure'), label)}`, text('remove'), (moderate) => moderate.remove(id))
        : html`<div part="actions" role="group" aria-label=${text('actions-of', { name: plainName(label) })}>
          ${SOURCES.filter((source) => isOn(person, source)).map((source) => html`<button type="button" part="button"
            @click=${() => this.#ask((host) => host.room.moderate.mute(id, source))}>${text(`mute:${source}`)}</button>`)}
          <button type="button" part="button remove" class="danger" @click=${() => { this.#askBack(id); }}>${text('remove')}</button>
        </div>`}`;
  }

  /** Nobody is asked about who has gone, nor who is host no longer. */
  follow({ local, participants }: Pick<RoomSnapshot, 'local' | 'participants'>): void {
    const isGone = this.#open !== undefined && !participants.some(({ id }) => id === this.#open);
    if (isGone || !local.host) this.#open = this.#asking = undefined;
  }

  admitAll(knocks: Listed): void {
    this.#each(knocks, 'admit');
  }

  /** One step back. @returns whether there was one. */
  escape(): boolean {
    const open = this.#open;
    if (this.#asking !== undefined) this.#cancel();
    else if (open !== undefined) {
      this.#open = undefined;
      this.#focus(`[data-id="${CSS.escape(open)}"] [part=actions-toggle]`);
    } else return false;
    return true;
  }

  #question(question: TemplateResult, yes: string, action: (moderate: Moderation) => Promise<void>): TemplateResult {
    const answer = () => {
      this.#open = this.#asking = undefined;
      this.#host.requestUpdate();
      void this.#ask((host) => action(host.room.moderate));
    };
    return html`<div part="question" role="group" aria-labelledby="question"><span id="question">${question}</span>
      <button type="button" part="button cancel" @click=${() => { this.#cancel(); }}>${this.#host.text('cancel')}</button>
      <button type="button" part="button sure" class="danger" @click=${answer}>${yes}</button></div>`;
  }

  /** The focus goes to the answer that changes nothing. */
  #askBack(what: string): void {
    if (what === END) this.#open = undefined;
    this.#asking = what;
    this.#focus('[part~=cancel]');
  }

  #cancel(): void {
    const asked = this.#asking === END ? 'end' : 'remove';
    this.#asking = undefined;
    this.#focus(`[part~=${asked}]`);
  }

  #toggle(id: string): void {
    this.#open = this.#open === id ? undefined : id;
    this.#asking = undefined;
    this.#host.requestUpdate();
  }

  /** One after the other, as the relay counts what a host asks for. Whoever left meanwhile needs nothing any more. */
  #each(those: Listed, action: 'mute' | 'admit'): void {
    if (those.length === 0) return;
    void this.#ask(async ({ room: { moderate } }) => {
      for (const { id } of those) {
        await moderate[action](id).catch((error: unknown) => {
          if (!(error instanceof RoomError && error.code === 'unknown-target')) throw error;
        });
      }
    });
  }

  #focus(selector: string): void {
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => { this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus(); });
  }
}
