import { css, html } from 'lit';
import type { TemplateResult } from 'lit';

type Take = (files: readonly File[]) => void;

/** Files that are dropped on an element or pasted into it. @param onDropping some are held over it, or no more */
export function takeFiles(element: HTMLElement, take: Take, onDropping: (dropping: boolean) => void): void {
  const filesOf = (transfer: DataTransfer | null) => [...transfer?.files ?? []];
  const isFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
  element.addEventListener('dragover', (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    onDropping(true);
  });
  element.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !element.contains(relatedTarget)) onDropping(false);
  });
  element.addEventListener('drop', (event) => {
    onDropping(false);
    if (!isFiles(event)) return;
    event.preventDefault();
    take(filesOf(event.dataTransfer));
  });
  element.addEventListener('paste', (event) => {
    const files = filesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}

/** A button that opens the browser's choice of files. */
export function attachButton(label: string, icon: TemplateResult, enabled: boolean, take: Take): TemplateResult {
  const pick = ({ currentTarget }: Event) => ((currentTarget as Element).nextElementSibling as HTMLInputElement).click();
  return html`<button type="button" part="attach" class="plain" aria-label=${label} title=${label} ?disabled=${!enabled} @click=${pick}
    ><slot name="attach">${icon}</slot></button><input type="file" multiple hidden tabindex="-1" @change=${({ target }: Event) => {
      const input = target as HTMLInputElement;
      take([...input.files ?? []]);
      input.value = '';
    }}>`;
}

export const dropStyles = css`
[part=drop] {
  position: absolute;
  inset: 6px;
  z-index: 2;
  display: none;
  place-items: center;
  padding: 16px;
  border: 2px dashed var(--_accent);
  border-radius: var(--_radius);
  background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
  font-weight: 550;
  text-align: center;
  pointer-events: none;
}
:host(:state(dropping)) [part=drop] { display: grid; }
`;
