import type { Browser } from 'puppeteer-core';

/** The processes that run a browser's pages: without scripts of their own they crash, freeze and wake as the system does it. */
export async function signalRenderers(browser: Browser, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, signal);
}
