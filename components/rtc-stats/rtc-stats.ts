import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RoomController } from '../controllers/room-controller.ts';
import { buttons } from '../internal/button.styles.ts';
import { Copying } from '../internal/copying.ts';
import { fieldStyles } from '../internal/field.styles.ts';
import { onDemand } from '../internal/english-on-demand.ts';
import { moreIcons } from '../internal/icons-on-demand.ts';
import { addMessages } from '../internal/messages.ts';
import { nameTemplate, roomLabels } from '../internal/name-labels.ts';
import { ownWidth } from '../internal/own-width.styles.ts';
import { RtcPartElement } from '../internal/rtc-element.ts';
import { StatsController } from '../internal/stats-controller.ts';
import { GRAPH, linePath, METRICS } from './metrics.ts';
import { styles } from './rtc-stats.styles.ts';
import { StatsHistory } from './stats-history.ts';
import { graphTable, streamTable } from './stats-tables.ts';
import type { PropertyValues, TemplateResult } from 'lit';
import type { NameLabel } from '../internal/name-labels.ts';
import type { ParticipantStats } from './stats-history.ts';

addMessages(onDemand);

/**
 * The connections in numbers: round trip, loss, bit rates and frame rate of the last two minutes as graphs, and each picture and
 * sound. Measured while it is in sight, and only then.
 *
 * @attr participant - A participant id; everyone without one.
 * @attr for - The id of a `<rtc-room>` elsewhere in the page.
 * @csspart panel @csspart heading @csspart button @csspart copy @csspart participant @csspart name @csspart name-mark
 * @csspart link - How the packets travel. @csspart graphs @csspart graph @csspart value @csspart streams @csspart note
 * @csspart status @csspart copy-text @csspart icon
 * @cssState empty - Nobody else is here.
 */
export class RtcStatsElement extends RtcPartElement {
  static override styles = [...RtcPartElement.styles, ownWidth, buttons, fieldStyles, styles];
  static override properties = { participant: {} };
  declare participant: string;
  protected readonly view = new RoomController(this, ({ local, participants }) => ({ local, participants }));
  readonly #history = new StatsHistory();
  readonly #copying = new Copying(this, 'stats-copied');
  readonly #stats = new StatsController(this, (sample) => {
    this.#history.add(sample, performance.now());
    this.requestUpdate();
  });

  constructor() {
    super();
    this.participant = '';
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.view.value;
    if (!view) return nothing;
    const { local, participants } = view;
    const labels = roomLabels({ local, participants }, this.text('guest'));
    const shown = participants.filter(({ id }) => !this.participant || id === this.participant);
    this.#history.keep(new Set(shown.map(({ id }) => id)));
    return html`<section part="panel" aria-labelledby="heading">
      <header><h2 part="heading" id="heading">${this.text('stats')}</h2>
        <button type="button" part="button copy" @click=${() => this.#copying.copy(this.#history.toJson(performance.now()))}
          >${moreIcons.copy}${this.text('stats-copy')}</button></header>
      ${this.#copying.render(this.text('stats'))}
      ${shown.length === 0 ? html`<p part="note">${this.text('stats-nobody')}</p>` : nothing}
      ${repeat(shown, ({ id }) => id, ({ id }) => this.#person(labels.get(id) ?? { name: '', mark: '' }, this.#history.of(id)))}
    </section>`;
  }

  #person(label: NameLabel, stats: ParticipantStats | undefined): TemplateResult {
    const path = stats?.last.path;
    return html`<section part="participant">
      <h3>${nameTemplate(label)}</h3>
      ${path ? html`<p part="link">${this.text('stats:path')}: ${this.text(`path:${path.via}`, { protocol: path.protocol.toUpperCase() })}</p>`
        : nothing}
      ${stats ? html`<div part="graphs" aria-hidden="true">${this.#graphs(stats)}</div>
        ${graphTable(stats.points, this.speech)}${streamTable(stats.last.streams, this.speech)}`
        : html`<p part="note">${this.text('stats-measuring')}</p>`}
    </section>`;
  }

  #graphs({ points }: ParticipantStats): TemplateResult[] {
    const nowMs = performance.now();
    return METRICS.map((metric) => {
      const value = points.map(metric.of).at(-1);
      return html`<figure part="graph">
        <figcaption>${this.text(metric.title)}
          <span part="value">${value === undefined ? '–' : metric.format(value, this.speech.locale)}</span></figcaption>
        <svg viewBox="0 0 ${GRAPH.width} ${GRAPH.height}" preserveAspectRatio="none"><path d=${linePath(metric, points, nowMs)}></path></svg>
      </figure>`;
    });
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#stats.follow(this.isConnected ? this.view.room : undefined, this.participant);
    this.setStates({ empty: this.view.value?.participants.length === 0 });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-stats': RtcStatsElement;
  }
}
