/** Waits for a condition, never for a time. @throws when it does not come true; the time given is for a loaded machine. */
export async function until(condition: () => unknown, what: string, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`It never came true that ${what}.`);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}
