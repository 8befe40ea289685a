import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { openPage, skipInFirefox, until } from '../support/browser.ts';
import { serveHtml } from '../support/serve-html.ts';
import { NO_LIMITS, useStage } from '../support/stage.ts';

/** Not in the libraries of TypeScript. */
interface LayoutShift extends PerformanceEntry {
  readonly sources: readonly { readonly node: Node | null; readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
}

const STYLES = '<link rel="stylesheet" href="RELAY/rtc.css">';
const BELOW = '<p>What stands below.</p>';
const ARRANGED = `<rtc-room name="lobby" lang="de"><rtc-grid></rtc-grid><rtc-controls></rtc-controls></rtc-room>`;
/** With the buttons in sight: what moves elsewhere counts for nothing. */
const ROOMY = '<style>:root { --rtc-density: 1.3 } rtc-grid { max-block-size: 300px }</style>';

describe('a page with a room', { skip: skipInFirefox('it tells nobody what moved (Layout Instability)') }, () => {
  const stage = useStage(NO_LIMITS);
  let pages: Awaited<ReturnType<typeof serveHtml>> | undefined;
  before(async () => { pages = await serveHtml(); });
  after(() => { pages?.stop(); });

  /** What moved (Layout Instability 2.2) until all is there. The script comes after the first paint, as on a slow line. */
  async function movedIn(body: string, head = ''): Promise<string[]> {
    const hold = async (page: Page): Promise<void> => {
      const hasPainted = () => performance.getEntriesByName('first-contentful-paint').length > 0;
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        if (request.url().endsWith('/rtc.js')) void until(page, hasPainted).then(() => request.continue());
        else void request.continue();
      });
    };
    pages?.put(documentOf(head, body, stage.relay.origin));
    const page = stage.own(await openPage(stage.browser, pages?.origin ?? '', hold));
    await until(page, () => {
      const all = (root: Document | ShadowRoot): Element[] => [...root.querySelectorAll('*')].flatMap((one) =>
        [one, ...one.shadowRoot ? all(one.shadowRoot) : []]);
      const room = document.querySelector('rtc-room');
      const elements = all(document);
      return elements.every((one) => one.matches(':defined')) && (!room?.autojoin || elements.some((one) => one.matches('[part=invite]')));
    });
    assert.deepEqual(page.problems, []);
    return page.evaluate(async () => {
      for (const element of document.querySelectorAll<HTMLElementTagNameMap['rtc-room']>('rtc-room, rtc-room > *')) await element.updateComplete;
      const moved: string[] = [];
      new PerformanceObserver((list) => {
        for (const { sources } of list.getEntries() as LayoutShift[]) {
          moved.push(...sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName}: ${JSON.stringify([previousRect, currentRect])}`));
        }
      }).observe({ type: 'layout-shift', buffered: true });
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      return moved;
    });
  }

  it('moves nothing in the two-line page', async () => {
    assert.deepEqual(await movedIn('<rtc-room name="lobby"></rtc-room>'), []);
  });

  it('moves nothing where it joins by itself', async () => {
    assert.deepEqual(await movedIn('<rtc-room name="lobby" autojoin></rtc-room>'), []);
  });

  it('moves nothing below it where rtc.css keeps the place', async () => {
    assert.deepEqual(await movedIn(`<rtc-room name="lobby"></rtc-room>${BELOW}`, STYLES), []);
    assert.notDeepEqual(await movedIn(`<rtc-room name="lobby"></rtc-room>${BELOW}`), [], 'without it something moves, and is seen to');
  });

  it('moves nothing in and below an arrangement, in a language that has to be loaded', async () => {
    assert.deepEqual(await movedIn(`${ARRANGED}${BELOW}`, STYLES), []);
  });

  it('moves nothing in and below one that is roomy', async () => {
    assert.deepEqual(await movedIn(`${ARRANGED}${BELOW}`, `${STYLES}${ROOMY}`), []);
  });
});

function documentOf(head: string, body: string, relay: string): string {
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Page</title>${head}
    <script type="module" src="RELAY/rtc.js"></script><h1>Page</h1>${body}`.replaceAll('RELAY', relay);
}
