const GAP_PX = 8;

/**
 * Above what opens it, else below; where all of it fits in neither, it scrolls in the larger of them. Within the window, and
 * there as well once that has turned. The focus goes into it, and back when it closes.
 *
 * @param popover - Hidden by `visibility` until it is in its place.
 */
export function openOver(opener: HTMLElement, popover: HTMLElement): void {
  if (!popover.matches(':popover-open')) return; // It was closed while what it shows was being loaded.
  // Of the window it stands in, which may be a floating one.
  const view = opener.ownerDocument.defaultView ?? window;
  const end = new AbortController();
  view.addEventListener('resize', () => {
    if (!popover.isConnected) end.abort(); // Taken away, which nothing else tells of.
    else if (opener.checkVisibility()) place(opener, popover, view);
    else popover.hidePopover();
  }, end);
  popover.addEventListener('beforetoggle', () => {
    end.abort();
    // Within a shadow Chromium 156 leaves it on what is hidden then.
    if (popover.contains((popover.getRootNode() as ShadowRoot).activeElement)) opener.focus();
  }, { once: true });
  place(opener, popover, view);
  [...popover.querySelectorAll<HTMLElement>('button, select')].find((control) => control.checkVisibility())?.focus();
}

function place(opener: Element, popover: HTMLElement, { innerHeight, document }: Window): void {
  const at = opener.getBoundingClientRect();
  const { style } = popover;
  style.maxBlockSize = ''; // Of another place.
  const { offsetWidth, offsetHeight } = popover;
  const rightmost = document.documentElement.clientWidth - offsetWidth - GAP_PX;
  const left = Math.max(GAP_PX, Math.min(at.left + (at.width - offsetWidth) / 2, rightmost));
  const above = at.top - 2 * GAP_PX;
  const below = innerHeight - at.bottom - 2 * GAP_PX;
  const isAbove = offsetHeight <= above || (offsetHeight > below && above > below);
  const space = isAbove ? above : below;
  const top = isAbove ? at.top - GAP_PX - Math.min(offsetHeight, space) : at.bottom + GAP_PX;
  Object.assign(style, { inset: `${top}px auto auto ${left}px`, margin: '0', maxBlockSize: `${space}px`, visibility: 'visible' });
}
