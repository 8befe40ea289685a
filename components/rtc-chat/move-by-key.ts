const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/**
 * In a list of lines: arrow keys go from one to the next, Enter answers it. Tab goes from the list, or from the buttons of the
 * line one is at, to what comes after the list.
 */
export function moveByKey(event: KeyboardEvent, reply: (id: string) => void): void {
  const target = event.target as HTMLElement;
  const line = target.closest<HTMLElement>('[data-id]');
  if (event.key === 'Enter' && line === target && line.matches(':not(.transfer)')) {
    event.preventDefault();
    reply(line.dataset['id'] ?? '');
    return;
  }
  const step = STEPS[event.key];
  if (!step || target.matches('button, a')) return;
  const lines = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-id]')];
  const next = line ? lines[lines.indexOf(line) + step] : lines.at(-1);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The buttons of one line at a time can be reached by Tab, of some hundred that there are. */
export function openToTab({ target, currentTarget }: FocusEvent): void {
  const line = (target as HTMLElement).closest('[data-id]');
  for (const button of (currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[part=reply], button[part=quote]')) {
    button.tabIndex = line?.contains(button) ? 0 : -1;
  }
}
