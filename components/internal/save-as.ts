/** Until then the browser has taken it. */
const SAVED_MS = 60_000;

interface Pickers { showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle> }

/** The browser's own download, under this name. */
export function saveAs(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => { URL.revokeObjectURL(href); }, SAVED_MS);
}

/** Only Chromium can (File System Access 3.3). */
export function canAskWhere(): boolean {
  return 'showSaveFilePicker' in globalThis;
}

/** To be called by a click; `undefined` where the browser cannot. @throws AbortError where the person chose none. */
export async function askWhere(name: string): Promise<FileSystemFileHandle | undefined> {
  return (globalThis as Pickers).showSaveFilePicker?.({ suggestedName: name });
}
