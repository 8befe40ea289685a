/** What a story is told on: a room without a relay and without a network, in which happens what the story says. */
import { html, nothing, render } from 'lit';
import { createRoom } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { until } from '../support/until.ts';
import { allElements, settle } from './settle.ts';
import type { TemplateResult } from 'lit';
import type { LinkQuality, ParticipantState, Room, StatsSample, TrackView } from '../../src/index.ts';
import type { Fact, Standing } from '../../src/topology/topology.ts';

/** Makes what is to be seen; over when it can be seen. */
export type Story = (stage: Stage) => unknown;
/** By the state they show. */
export type Stories = Readonly<Record<string, Story>>;

const NAMES = 'Ada Bo Chen Dana Eli Fatou Gita Hugo Ines Jun Kofi Lena Mara Nils Omar Pia'.split(' ');
export const LONG_NAME = 'Maximiliane-Alexandra von Hohenfelden-Rosenthal zu Unterbrunn';

/** The same in a page that wants it closer, or with more room. */
export function dense(story: Story, density: number): Story {
  return (stage) => {
    document.documentElement.style.setProperty('--rtc-density', String(density));
    return story(stage);
  };
}

export class Stage {
  readonly room: Room = createRoom({ server: 'https://relay.test', name: 'garden', displayName: 'Mia', topology: FakeTopology.factory });
  readonly #frame: HTMLElement;

  constructor(frame: HTMLElement) {
    this.#frame = frame;
  }

  get network(): FakeTopology {
    if (!FakeTopology.latest) throw new Error('Nobody joined.');
    return FakeTopology.latest;
  }

  /** Elements in a room; the room's own interface without any. */
  async show(content: TemplateResult | typeof nothing = nothing): Promise<void> {
    await this.place(html`<rtc-room .room=${this.room}>${content}</rtc-room>`);
  }

  async place(content: TemplateResult): Promise<void> {
    render(content, this.#frame);
    await this.settled();
  }

  /** In the room, with so many others. */
  async join(content: TemplateResult | typeof nothing = nothing, others = 0, standing?: Partial<Standing>): Promise<void> {
    await this.show(content);
    FakeTopology.standing = standing && { host: false, locked: false, knocks: [], ...standing };
    await this.room.join();
    this.arrive(...NAMES.slice(0, others));
    await this.settled();
  }

  /** Their ids are their names in lower case, with `-` for spaces. */
  arrive(...names: readonly string[]): void {
    for (const name of names) this.network.arrive(idOf(name), name);
  }

  tell(...facts: readonly Fact[]): void {
    for (const fact of facts) this.network.tell(fact);
  }

  stateOf(id: string, state: ParticipantState, more: Partial<Extract<Fact, { type: 'participant-state' }>> = {}): void {
    this.tell({ type: 'participant-state', id, state, levels: [], ...more });
  }

  tracks(id: string, ...tracks: readonly TrackView[]): void {
    this.tell({ type: 'participant-tracks', id, tracks });
  }

  say(id: string, text: string, more: object = {}): void {
    this.network.say(id, 'chat', { id: `${id}-${this.room.snapshot.messages.length}`, text, ...more });
  }

  /** What is measured of the connections, again and again, to whoever asks from now on. */
  measure(...samples: readonly StatsSample[]): void {
    this.room.stats.watch = (listener, options) => {
      const told = samples.filter(({ participant }) => participant === (options?.participant ?? participant));
      const timer = setInterval(() => { told.forEach(listener); }, 50);
      return () => { clearInterval(timer); };
    };
  }

  /** In the page or in any shadow of it, once it is there. */
  async find<E extends HTMLElement = HTMLElement>(selector: string): Promise<E> {
    let found: E | undefined;
    await until(() => (found = allElements(this.#frame).find((element): element is E => element.matches(selector))), `"${selector}" appears`);
    return found as E;
  }

  async press(selector: string): Promise<void> {
    (await this.find(selector)).click();
    await this.settled();
  }

  settled(): Promise<void> {
    return settle(this.#frame);
  }
}

export function idOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

export function sample(participant: string, quality: LinkQuality, more: Partial<StatsSample> = {}): StatsSample {
  return {
    participant, quality, periodMs: 2000, lossFraction: 0, receivedBitsPerSecond: 0, sentBitsPerSecond: 0, streams: [], ...more,
  };
}
