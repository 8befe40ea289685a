import { html, nothing } from 'lit';
import { RtcCodeComparedEvent } from '../events.ts';
import { adoptMore } from '../internal/adopt-more.ts';
import { verifying } from '../internal/english-verifying.ts';
import { lazilyFor } from '../internal/lazily-for.ts';
import { addMessages } from '../internal/messages.ts';
import { plainName, roomLabels } from '../internal/name-labels.ts';
import { ownWidth } from '../internal/own-width.styles.ts';
import { codeTemplate, spokenText } from './code-template.ts';
import { styles } from './rtc-verify.styles.ts';
import { loadWords } from './words/words.ts';
import type { TemplateResult } from 'lit';
import type {
  LocalView, PairView, ParticipantView, Room, RoomState, RoomVerification, SpokenCode, VerificationView,
} from '../../src/index.ts';
import type { Text } from '../internal/messages.ts';
import type { RtcElement } from '../internal/rtc-element.ts';
import type { Words } from './words/words.ts';

export interface Around {
  readonly state: RoomState;
  readonly local: LocalView;
  readonly participants: readonly ParticipantView[];
}

addMessages(verifying);

/** What `<rtc-verify>` shows, once somebody looks. */
export class VerifyPanel {
  readonly #host: RtcElement;
  readonly #setStates: (states: Readonly<Record<string, boolean>>) => void;
  readonly #text: Text;
  #room: Room | undefined;
  #end: AbortController | undefined;
  #verification: RoomVerification | undefined;
  #language: string | undefined;
  #words: Words = { language: 'en', words: [] };
  #asNumbers = false;
  /** The focus was on a button that is gone: it goes on from the heading. */
  #hadFocus = false;

  constructor(host: RtcElement, setStates: (states: Readonly<Record<string, boolean>>) => void) {
    this.#host = host;
    this.#text = host.text;
    this.#setStates = setStates;
    adoptMore(host, [ownWidth, styles]);
  }

  /** Takes part once the room is joined, and stays with it. */
  follow(room: Room | undefined, joined: boolean): void {
    this.#hadFocus = this.#host.shadowRoot?.activeElement?.localName === 'button';
    this.#speak();
    if (room === this.#room && (this.#end || !joined)) return;
    if (room !== this.#room) {
      this.#end?.abort();
      this.#end = this.#verification = undefined;
      this.#room = room;
    }
    if (!room || !joined) return;
    const { signal } = (this.#end = new AbortController());
    room.verify().then((verification) => {
      if (signal.aborted) return;
      this.#verification = verification;
      verification.subscribe(() => { this.#host.requestUpdate(); }, { signal });
      this.#host.requestUpdate();
    }).catch(reportError);
  }

  updated(): void {
    const root = this.#host.shadowRoot;
    if (this.#hadFocus && !root?.activeElement) root?.querySelector<HTMLElement>('[part~=heading]')?.focus();
    this.#hadFocus = false;
  }

  render(around: Around): TemplateResult {
    const view = around.local.id ? this.#verification?.snapshot : undefined;
    const all = view !== undefined && around.participants.length > 0
      && around.participants.every(({ id }) => view.verified.includes(id));
    const state = view?.state ?? 'off';
    this.#setStates({
      computing: state === 'computing', ready: state === 'ready', stalled: state === 'stalled', warning: state === 'mismatch',
      verified: all,
    });
    return html`<section part="panel" aria-label=${this.#text('verify')}>
      ${view ? this.#main(view, around, all) : html`<p part="note">${this.#text('verify-outside')}</p>`}
      ${view ? this.#notes(view, around) : nothing}
      <p class="hidden" role="status">${
        state === 'computing' ? this.#text('verify-computing') : all ? this.#text('verify-all')
          : state === 'ready' && view?.code ? this.#text('said:code', { code: spokenText(view.code, this.#words, this.#asNumbers) }) : nothing}</p>
      <div role="alert">${state === 'mismatch' && view ? this.#warning(view) : nothing}</div>
    </section>`;
  }

  #main(view: VerificationView, around: Around, all: boolean): TemplateResult | typeof nothing {
    const { state, code } = view;
    if (state === 'alone' || state === 'off') return html`<p part="note">${this.#text('verify-alone')}</p>`;
    if (state === 'computing') return html`<p part="note" class="busy">${this.#text('verify-computing')}</p>`;
    if (state === 'stalled') return this.#stalled(view, around);
    if (state !== 'ready' || !code) return nothing;
    return html`<h2 part="heading" tabindex="-1">${all ? html`<span class="tick" aria-hidden="true">✓</span> ${this.#text('verify-all')}` : this.#text('verify-ask')}</h2>
      ${this.#code(code)}
      ${all ? nothing : html`<p part="how">${this.#text('verify-how')} ${this.#text('about:no-picture')}</p>
        ${this.#answers(code)}`}
      ${this.#form()}`;
  }

  #stalled({ missing, pairs, verified }: VerificationView, around: Around): TemplateResult {
    return html`<h2 part="heading" tabindex="-1">${this.#text('verify-missing', { names: this.#names(missing, around) })}</h2>
      <ul part="pairs">${pairs.map((pair) => html`<li part="pair">${this.#pair(pair, around, verified.includes(pair.id))}</li>`)}</ul>
      <div part="actions">${this.#again()}</div>
      ${pairs.some(({ code }) => code) ? this.#form() : nothing}`;
  }

  #pair({ id, code, state }: PairView, around: Around, verified: boolean): TemplateResult {
    const name = this.#names([id], around);
    if (verified) return html`<h3 part="heading"><span class="tick" aria-hidden="true">✓</span> ${this.#text('identity-is', { name, level: this.#text('identity:verified') })}</h3>`;
    if (!code) return html`<h3 part="heading">${name}</h3><p part="note">${this.#text(state === 'computing' ? 'verify-computing' : 'verify-silent')}</p>`;
    return html`<h3 part="heading">${this.#text('verify-ask-pair', { name })}</h3>${this.#code(code)}${this.#answers(code)}`;
  }

  #warning({ rejected }: VerificationView): TemplateResult {
    return html`<div part="warning"><h2 part="heading" tabindex="-1">${this.#text('verify-warning')}</h2>
      <p>${this.#text(rejected ? 'verify-warning-differ' : 'verify-warning-mismatch')}</p>
      <div part="actions">${this.#again()}</div></div>`;
  }

  #notes({ unable, rekeyed }: VerificationView, around: Around): TemplateResult {
    return html`${unable.length > 0 ? html`<p part="note">${this.#text('verify-unable', { names: this.#names(unable, around) })}</p>` : nothing}
      ${rekeyed.length > 0 ? html`<p part="note rekeyed">${this.#text('verify-rekeyed', { names: this.#names(rekeyed, around) })}</p>` : nothing}`;
  }

  #code(code: SpokenCode): TemplateResult {
    return codeTemplate(code, this.#words, this.#asNumbers);
  }

  #answers(code: SpokenCode): TemplateResult {
    return html`<div part="actions">
      <button type="button" part="button match" class="primary" @click=${() => { this.#compared(code, true); }}>${this.#text('verify-match')}</button>
      <button type="button" part="button differ" @click=${() => { this.#compared(code, false); }}>${this.#text('verify-differ')}</button></div>`;
  }

  #again(): TemplateResult {
    return html`<button type="button" part="button again" @click=${() => { this.#verification?.retry(); }}>${this.#text('verify-again')}</button>`;
  }

  #form(): TemplateResult {
    return html`<button type="button" part="form" class="plain" @click=${() => { this.#asNumbers = !this.#asNumbers; this.#host.requestUpdate(); }}
      >${this.#text(this.#asNumbers ? 'verify-emoji' : 'verify-numbers')}</button>`;
  }

  #compared(code: SpokenCode, matches: boolean): void {
    if (matches) this.#verification?.confirm(code); else this.#verification?.reject(code);
    this.#host.dispatchEvent(new RtcCodeComparedEvent({ matches, participants: code.members }));
  }

  #names(ids: readonly string[], { local, participants }: Around): string {
    const labels = roomLabels({ local, participants }, this.#text('guest'));
    const names = ids.map((id) => labels.get(id)).map((label) => (label ? plainName(label) : ''));
    return new Intl.ListFormat(this.#host.speech.locale).format(names);
  }

  /** In the language of the page around, which may change. */
  #speak(): void {
    const { language } = this.#host.speech;
    if (language === this.#language) return;
    this.#language = language;
    void lazilyFor(this.#host, () => loadWords(language))().then((words) => {
      if (language !== this.#language) return;
      this.#words = words;
      this.#host.requestUpdate();
    });
  }
}
