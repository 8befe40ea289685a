/** What is to be said of the page as it stands. Each function gives the failures, one a line; none is what is wanted. */
import { allElements } from './settle.ts';

const CONTROLS = 'button, a[href], input, select, textarea, summary, [tabindex="0"]';
const LEAST_TARGET_PX = 24;

/** WCAG 2.2, 1.4.10: nobody has to scroll both ways. */
export function scrollsSideways(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [`${scrollWidth} of ${clientWidth} px`, ...allElements(document).filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return right > clientWidth + 1 || left < -1;
  }).map(named)];
}

/** Controls that are out of reach: outside of the page, or under something else (WCAG 2.2, 2.4.11). */
export async function outOfReach(): Promise<string[]> {
  const failures: string[] = [];
  for (const control of controls()) {
    control.scrollIntoView({ block: 'nearest', behavior: 'instant' }); // As the focus does.
    if (!obstacleOf(control)) continue;
    // It may give way to what was scrolled.
    for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => { requestAnimationFrame(resolve); });
    const obstacle = control.isConnected && obstacleOf(control);
    if (obstacle) failures.push(`${named(control)} ${obstacle}`);
  }
  return failures;
}

function obstacleOf(control: HTMLElement): string | undefined {
  const { left, right, top, bottom, width } = control.getBoundingClientRect();
  if (left < -1 || right > innerWidth + 1) return 'is outside';
  const hit = deepElementFromPoint(left + width / 2, (top + bottom) / 2);
  if (!hit || around(hit).includes(control) || around(control).includes(hit)) return undefined;
  // What is open for a moment may lie over others; it closes by Escape or by a click beside it.
  return around(hit).some((element) => element.matches(':popover-open, :modal')) ? undefined : `is under ${named(hit)}`;
}

/** WCAG 2.2, 2.5.8. A link in a sentence is as high as its line; a box to tick is as large as its label. */
export function tooSmall(): string[] {
  return controls().flatMap((control) => {
    const target = control instanceof HTMLInputElement ? control.closest('label') ?? control : control;
    const { width, height } = target.getBoundingClientRect();
    return control instanceof HTMLAnchorElement || Math.min(width, height) >= LEAST_TARGET_PX - 0.5 ? [] : [named(control)];
  });
}

/** Words that stand out of their button. What is long may end in an ellipsis. */
export function cutOff(): string[] {
  return controls().filter((control) => control instanceof HTMLButtonElement && getComputedStyle(control).overflow === 'visible')
    .filter((control) => {
      const box = control.getBoundingClientRect();
      return wordsIn(control).some(({ left, right, top, bottom }) =>
        left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1);
    }).map(named);
}

/** Where its words stand, except for those in a badge at its corner. */
function wordsIn(control: HTMLElement): DOMRect[] {
  const words = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
  const boxes: DOMRect[] = [];
  while (words.nextNode()) {
    const { currentNode: node } = words;
    if (!node.parentElement || getComputedStyle(node.parentElement).position === 'absolute') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    boxes.push(...range.getClientRects());
  }
  return boxes;
}

/** WCAG 2.2, 1.4.12. */
export function spaceOut(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }');
  for (const root of roots()) root.adoptedStyleSheets.push(sheet);
}

/** Where colours are the person's own: a control that has no edge, and a state that nothing tells. */
export function told(): string[] {
  return controls().filter((control) => control instanceof HTMLButtonElement).flatMap((control) => {
    const isSeen = looksOf(control).edge || control.querySelector('svg, slot') !== null;
    const failures = isSeen ? [] : [`${named(control)} has neither an edge nor an icon`];
    const pressed = control.getAttribute('aria-pressed');
    if (pressed === null) return failures;
    const before = JSON.stringify(looksOf(control));
    control.setAttribute('aria-pressed', pressed === 'true' ? 'false' : 'true');
    const isTold = JSON.stringify(looksOf(control)) !== before;
    control.setAttribute('aria-pressed', pressed);
    return isTold ? failures : [...failures, `${named(control)} looks the same pressed or not`];
  });
}

/** What moves, or would. */
export function moving(): string[] {
  return [...new Set(roots().flatMap((root) => root.getAnimations()))]
    .map(({ effect }) => (effect instanceof KeyframeEffect && effect.target ? named(effect.target) : 'something'));
}

function looksOf(control: HTMLElement): { readonly edge: boolean } & Readonly<Record<string, unknown>> {
  const style = getComputedStyle(control);
  const { borderWidth, borderColor, outlineStyle, backgroundColor, color, textDecorationLine } = style;
  const edge = /[1-9]/.test(borderWidth) || textDecorationLine !== 'none';
  return { edge, borderWidth, borderColor, outlineStyle, backgroundColor, color };
}

function controls(): HTMLElement[] {
  return allElements(document).filter((element) => element.matches(CONTROLS)
    && element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.clientWidth > 1);
}

function roots(): (Document | ShadowRoot)[] {
  return [document, ...allElements(document).flatMap(({ shadowRoot }) => shadowRoot ?? [])];
}

function deepElementFromPoint(x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  for (;;) {
    const inner = hit?.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === hit) return hit;
    hit = inner;
  }
}

/** Through shadows and slots, itself first. */
function around(element: Element): Element[] {
  const outer = element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  return [element, ...(outer ? around(outer) : [])];
}

/** `rtc-chat button[send]` */
function named(element: Element): string {
  const host = (element.getRootNode() as Partial<ShadowRoot>).host?.localName ?? '';
  const { width, height } = element.getBoundingClientRect();
  return `${host} ${element.localName}[${element.getAttribute('part') ?? element.className}] ${Math.round(width)}×${Math.round(height)}`.trim();
}
