import { html, nothing, svg } from 'lit';
import { RoomController } from '../controllers/room-controller.ts';
import { qualityWords } from '../internal/english-quality.ts';
import { addMessages } from '../internal/messages.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { StatsController } from '../internal/stats-controller.ts';
import { styles } from './rtc-quality.styles.ts';
import { SteadyQuality, worstOf } from './steady-quality.ts';
import type { PropertyValues, SVGTemplateResult, TemplateResult } from 'lit';
import type { LinkQuality, RoomSnapshot, StatsSample } from '../../src/index.ts';

addMessages(qualityWords);

const BARS = { poor: 1, fair: 2, good: 3 };
const INTERRUPTED: LinkQuality = { level: 'poor', reason: 'interrupted' };

/**
 * How well one is connected, in three bars, and why not better, in words. Measured while it is in sight, and only then.
 *
 * @attr participant - A participant id; oneself without one: the worst of one's connections.
 * @attr quiet - Shows nothing while the connection is good.
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @slot good @slot fair @slot poor - The icon of each step.
 * @csspart quality @csspart icon @csspart text
 * @cssState good @cssState fair @cssState poor - None of them before something was measured.
 */
export class RtcQualityElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, styles];
  static override properties = { participant: {}, quiet: { type: Boolean } };
  declare participant: string;
  declare quiet: boolean;
  protected readonly view = new RoomController(this, ({ participants }) => this.#select(participants));
  readonly #measured = new Map<string, SteadyQuality>();
  // Quiet ones stand on every tile.
  readonly #stats = new StatsController(this, (sample) => { this.#hear(sample); }, () => (this.quiet ? 5000 : 2000));

  constructor() {
    super();
    this.participant = '';
    this.quiet = false;
  }

  override render(): TemplateResult | typeof nothing {
    const quality = this.#quality();
    if (!quality || (this.quiet && quality.level === 'good')) return nothing;
    const words = this.#words(quality);
    return html`<span part="quality" role="img" aria-label=${words} title=${words}>
      <slot name=${quality.level}><svg part="icon" viewBox="0 0 24 24" aria-hidden="true">${
        [1, 2, 3].map((bar) => barAt(bar, bar <= BARS[quality.level]))}</svg></slot>
      <span part="text" aria-hidden="true">${words}</span>
    </span>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#stats.follow(this.isConnected ? this.view.room : undefined, this.participant);
    const level = this.#quality()?.level;
    this.setStates({ good: level === 'good', fair: level === 'fair', poor: level === 'poor' });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** `id state`: whatever else changes of them is no matter here. */
  #select(participants: RoomSnapshot['participants']): string[] {
    return participants.filter(({ id }) => !this.participant || id === this.participant).map(({ id, state }) => `${id} ${state}`);
  }

  #quality(): LinkQuality | undefined {
    const here = (this.view.value ?? []).map((one) => one.split(' '));
    for (const id of this.#measured.keys()) if (!here.some(([known]) => known === id)) this.#measured.delete(id);
    return worstOf(here.flatMap(([id = '', state]) =>
      (state === 'interrupted' ? INTERRUPTED : this.#measured.get(id)?.shown) ?? []));
  }

  #words({ level, reason }: LinkQuality): string {
    const sentence = this.text(`quality:${level}`);
    return reason ? this.text('quality-why', { level: sentence, reason: this.text(`reason:${reason}`) }) : sentence;
  }

  #hear({ participant, quality }: StatsSample): void {
    const steady = this.#measured.get(participant) ?? new SteadyQuality();
    this.#measured.set(participant, steady);
    const before = steady.shown;
    steady.add(quality);
    if (steady.shown !== before) this.requestUpdate();
  }
}

function barAt(bar: number, isOn: boolean): SVGTemplateResult {
  const [x, top] = [bar * 7 - 2, 21 - bar * 6];
  return svg`<path class=${isOn ? 'on' : 'off'} d="M${x} 20V${top}"></path>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-quality': RtcQualityElement;
  }
}
