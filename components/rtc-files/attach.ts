import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { FileShelf } from './file-shelf.ts';

type Shelf = Pick<FileShelf, 'isOpen' | 'send'>;

/** Files that are dropped on an element or pasted into it. @param onDropping some are held over it, or no more */
export function takeFiles(element: HTMLElement, shelf: Shelf, onDropping: (dropping: boolean) => void): void {
  const isFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
  element.addEventListener('dragover', (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    onDropping(shelf.isOpen());
  });
  element.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !element.contains(relatedTarget)) onDropping(false);
  });
  element.addEventListener('drop', (event) => {
    onDropping(false);
    if (!isFiles(event)) return;
    event.preventDefault(); // Else the browser goes to the file, out of the call.
    shelf.send(event.dataTransfer?.files ?? []);
  });
  element.addEventListener('paste', (event) => {
    const { files, types } = event.clipboardData ?? { files: [], types: [] };
    if (files.length === 0 || !shelf.isOpen() || isStyledText(types)) return;
    event.preventDefault();
    shelf.send(files);
  });
}

/** Cells of a table and the like bring a picture of themselves. (Finder's files bring their names, as plain text alone.) */
function isStyledText(types: readonly string[]): boolean {
  return types.includes('text/plain') && (types.includes('text/html') || types.includes('text/rtf'));
}

/** A button that opens the browser's choice of files. */
export function attachButton(label: string, icon: TemplateResult, enabled: boolean, shelf: Shelf): TemplateResult {
  const pick = ({ currentTarget }: Event) => ((currentTarget as Element).nextElementSibling as HTMLInputElement).click();
  return html`<button type="button" part="attach" class="plain" aria-label=${label} title=${label} ?disabled=${!enabled} @click=${pick}
    ><slot name="attach">${icon}</slot></button><input type="file" multiple hidden tabindex="-1" @change=${({ target }: Event) => {
      const input = target as HTMLInputElement;
      shelf.send(input.files ?? []);
      input.value = '';
    }}>`;
}

export const dropStyles = css`
[part=drop] {
  position: absolute;
  inset: calc(6 * var(--_px));
  z-index: 2;
  display: none;
  place-items: center;
  padding: calc(16 * var(--_px));
  border: 2px dashed var(--_accent);
  border-radius: var(--_radius);
  background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
  font-weight: 550;
  text-align: center;
  pointer-events: none;
}
:host(:state(dropping)) [part=drop] { display: grid; }
`;
