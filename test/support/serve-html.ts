import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveFolder } from './serve-folder.ts';

/**
 * One page after the other, on an origin of its own. (A page that puppeteer makes up comes from no address, and Chromium lets it
 * connect to none of this machine.)
 */
export async function serveHtml(): Promise<{ origin: string; put: (html: string) => void; stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-elements-page-'));
  const { origin, stop } = await serveFolder(folder);
  return {
    origin,
    put: (html) => { writeFileSync(join(folder, 'index.html'), html); },
    stop: () => {
      stop();
      rmSync(folder, { recursive: true });
    },
  };
}
