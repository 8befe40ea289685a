/** What somebody called themselves last, on pages of this origin. */
const KEY = 'rtc-elements:name';

export function keptName(): string {
  return inStorage((storage) => storage.getItem(KEY)) ?? '';
}

export function keepName(name: string): void {
  inStorage((storage) => { storage.setItem(KEY, name); });
}

/** Where the browser keeps nothing for this page (HTML 12.2.3: SecurityError, or a full quota), nothing is kept. */
function inStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}
