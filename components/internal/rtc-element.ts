import { LitElement } from 'lit';
import { base } from './base.styles.ts';
import { messageReaders } from './messages.ts';
import type { CSSResult, PropertyDeclarations } from 'lit';
import type { RoomController } from '../controllers/room-controller.ts';

/** What all elements share: tokens, sentences that follow the catalogue, custom states. */
export abstract class RtcElement extends LitElement {
  static override styles: CSSResult[] = [base];
  // Absent where custom states are (then only `:state()` selectors stay silent).
  readonly #states = this.attachInternals().states as CustomStateSet | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    messageReaders.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    messageReaders.delete(this);
  }

  protected setStates(states: Readonly<Record<string, boolean>>): void {
    for (const [name, on] of Object.entries(states)) this.#states?.[on ? 'add' : 'delete'](name);
  }
}

/** An element that shows a part of a room: the one it stands in, or the one named by `for`. */
export abstract class RtcPartElement extends RtcElement {
  static override properties: PropertyDeclarations = { for: {} };
  declare for: string;
  protected abstract readonly view: RoomController<unknown>;

  constructor() {
    super();
    this.for = '';
  }

  /** Moved by `moveBefore`: nothing is torn down, but the room may be another. */
  connectedMoveCallback(): void {
    this.view.find();
  }
}
