import { LitElement } from 'lit';
import { VERSION } from '../version.ts';
import { adoptMore } from './adopt-more.ts';
import { base } from './base.styles.ts';
import { ElementLanguage } from './element-language.ts';
import { addReader, removeReader } from './message-readers.ts';
import { tellShadowRoot } from './shadow-roots.ts';
import type { CSSResult, PropertyDeclaration, PropertyDeclarations, PropertyValues } from 'lit';
import type { RoomController } from '../controllers/room-controller.ts';

/** How long an element shows nothing, rather than English at first. */
const MAX_WAIT_MS = 1000;

/** What all elements share: tokens, sentences in the language of where they stand, custom states. */
export abstract class RtcElement extends LitElement {
  /** Of the package. */
  static readonly version: string = VERSION;
  static override styles: CSSResult[] = [base];
  readonly speech = new ElementLanguage(this);
  readonly text = this.speech.text;
  // Absent where custom states are (then only `:state()` selectors stay silent).
  readonly #states = this.attachInternals().states as CustomStateSet | undefined;
  readonly #shown = this.ownerDocument.createElement('div');
  /** Until there are words: what the page put into the element stays where it was. */
  readonly #place = this.ownerDocument.createElement('slot');

  override connectedCallback(): void {
    super.connectedCallback();
    addReader(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeReader(this);
  }

  /** Into another window, which knows none of our sheets. */
  adoptedCallback(): void {
    adoptMore(this, []);
  }

  /** A shadow root has neither `lang` nor `dir`: this, which makes no box, has them. */
  protected override createRenderRoot(): HTMLElement {
    this.#shown.className = 'shown';
    const isForeign = this.ownerDocument !== document;
    const root = isForeign ? this.attachShadow({ mode: 'open' }) : super.createRenderRoot() as ShadowRoot;
    if (isForeign) adoptMore(this, []);
    tellShadowRoot(root);
    root.append(this.#shown, this.#place);
    return this.#shown;
  }

  /** Nothing is shown in one language and then in another, if that can be helped. */
  protected override async scheduleUpdate(): Promise<void> {
    const loading = this.speech.follow();
    if (loading && !this.hasUpdated) {
      await Promise.race([loading, new Promise((resolve) => { setTimeout(resolve, MAX_WAIT_MS); })]);
      void this.speech.follow();
    }
    await super.scheduleUpdate();
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    this.#place.remove();
    this.speech.mark(this.#shown);
    this.setStates({ 'from-right': this.speech.isFromRight });
  }

  /** Before something is shown anew: whoever has the focus on what goes then goes on at what this finds. */
  protected keepFocus(next: () => Pick<HTMLElement, 'focus'> | null): void {
    const focused = this.shadowRoot?.activeElement;
    if (focused) void this.updateComplete.then(() => { if (!focused.checkVisibility()) next()?.focus(); });
  }

  protected setStates(states: Readonly<Record<string, boolean>>): void {
    for (const [name, on] of Object.entries(states)) {
      // Even a change to the same makes Chromium style anew what is inside, shadows within shadows included.
      if (this.#states?.has(name) === !on) this.#states[on ? 'add' : 'delete'](name);
    }
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

  /** Without a value, an attribute removed or nothing given by a framework, each property is as the constructor left it. */
  protected static override getPropertyDescriptor(
    name: PropertyKey, key: string | symbol, options: PropertyDeclaration,
  ): PropertyDescriptor {
    const descriptor = super.getPropertyDescriptor(name, key, options);
    let first: unknown; // Which a constructor sets, as all of them do.
    return {
      ...descriptor,
      set(value: unknown) {
        first ??= value;
        descriptor?.set?.call(this, value ?? first);
      },
    };
  }

  /** Moved by `moveBefore`: nothing is torn down, but the room may be another. */
  connectedMoveCallback(): void {
    this.view.find();
    this.requestUpdate();
  }
}
