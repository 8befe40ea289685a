/** What need not be there before the first paint is defined once an element of it appears, by a chunk of its own. */
import { onShadowRoot } from '../internal/shadow-roots.ts';
import { tellMissing } from '../internal/tell-missing.ts';
import { tryAgain } from '../internal/try-again.ts';
import { isOfAnotherVersion } from './define.ts';

/** By tag, what loads the module that defines it. */
export type TagLoaders = Readonly<Record<string, () => Promise<unknown>>>;

const stage = (): Promise<unknown> => import('./stage.ts');

export const LAZY_TAGS: TagLoaders = {
  'rtc-video': stage,
  'rtc-audio': stage,
  'rtc-grid': stage,
  'rtc-controls': stage,
  'rtc-verify': stage,
  'rtc-device-select': () => import('./rtc-device-select.ts'),
  'rtc-chat': () => import('./rtc-chat.ts'),
  'rtc-files': () => import('./rtc-files.ts'),
  'rtc-toasts': () => import('./rtc-toasts.ts'),
  'rtc-doctor': () => import('./rtc-doctor.ts'),
  'rtc-invite': () => import('./rtc-invite.ts'),
  'rtc-button': () => import('./rtc-button.ts'),
  'rtc-participants': () => import('./rtc-participants.ts'),
  'rtc-quality': () => import('./rtc-quality.ts'),
  'rtc-stats': () => import('./rtc-stats.ts'),
  'rtc-record': () => import('./rtc-record.ts'),
  'rtc-recording': () => import('./rtc-recording.ts'),
};

/**
 * From now on, in the document and in every shadow of our elements; in other shadows nobody sees them. What cannot be loaded is
 * told once as `load-failed`, by the room it belongs to, and tried again.
 */
export function defineLazily(loaders = LAZY_TAGS, retryMs?: number): void {
  if (!('document' in globalThis) || isOfAnotherVersion()) return;
  const pending = new Map(Object.entries(loaders));
  const look = (within: Element | Document | ShadowRoot): void => {
    for (const [tag, load] of pending) {
      const element = within instanceof Element && within.matches(tag) ? within : within.querySelector(tag);
      if (!element) continue;
      pending.delete(tag);
      const define = async () => { if (!customElements.get(tag)) await load(); };
      void tryAgain(define, { onFailure: (cause) => tellMissing(element, cause) }, retryMs);
    }
    if (pending.size === 0) observer.disconnect();
  };
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) look(node);
  });
  const follow = (root: Document | ShadowRoot): void => {
    if (pending.size === 0) return;
    observer.observe(root, { childList: true, subtree: true });
    look(root);
  };
  onShadowRoot(follow);
  follow(document);
}
