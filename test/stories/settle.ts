/** When all that is to be seen is to be seen. */
import { until } from '../support/until.ts';
import type { ReactiveElement } from 'lit';

/** Those of every shadow too, in the order of the page. */
export function allElements(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) =>
    [element, ...(element.shadowRoot ? allElements(element.shadowRoot) : [])]);
}

/** Elements are defined and have rendered, words and pictures are there, and the browser has laid it out. */
export async function settle(root: ParentNode): Promise<void> {
  await until(() => allElements(root).every((element) => !element.localName.startsWith('rtc-') || element.matches(':defined')),
    'all elements are defined');
  // What one renders may bring others, or ask for another rendering.
  for (let waits = 0; waits < 3; waits++) {
    for (const element of allElements(root)) await (element as Partial<ReactiveElement>).updateComplete;
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
  }
  await until(() => allElements(root).every(isDrawn), 'all pictures are there');
  await document.fonts.ready;
}

function isDrawn(element: HTMLElement): boolean {
  if (element instanceof HTMLImageElement) return element.complete;
  return !(element instanceof HTMLVideoElement) || !element.srcObject || !element.checkVisibility() || element.videoWidth > 0;
}
