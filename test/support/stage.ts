/** A relay and a browser for the tests of one `describe`, and pages that end with the test. */
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, LaunchOptions, Page } from 'puppeteer-core';
import { joinRoom, launch, openEngine } from './browser.ts';
import { startRelay } from './relay.ts';
import type { CreateRoomOptions } from '../../src/index.ts';
import type { TestPage } from './browser.ts';
import type { RelayProcess } from './relay.ts';

/** What one file's tests open comes from one address, and sooner than people would. */
export const NO_LIMITS = [
  'connects', 'joins', 'address-joins', 'rooms', 'messages', 'address-messages', 'room-messages', 'bytes', 'address-bytes',
  'room-bytes',
].flatMap((name) => [`--limits-${name}`, '1000000000,1000000000']);

export interface Person { page: TestPage; id: string }

export interface Stage {
  readonly relay: RelayProcess;
  readonly browser: Browser;
  /** One for each test: the relay holds the places of pages that were closed. */
  readonly room: string;
  /** Has a page end with the test. */
  own<P extends Page>(page: P): P;
  /** A page with the engine alone, which has joined. @param prepare runs before the page's own scripts do */
  enter(displayName: string, options?: Partial<CreateRoomOptions>, prepare?: (page: Page) => Promise<unknown>): Promise<Person>;
}

/** For the `describe` that calls it. @param flags for the relay @param options for the browser */
export function useStage(flags: readonly string[] = [], options?: LaunchOptions): Stage {
  let [relay, browser]: [RelayProcess?, Browser?] = [];
  let rooms = 0;
  const pages: Page[] = [];
  before(() => allStarted(
    startRelay(...flags).then((started) => { relay = started; }), launch(options).then((started) => { browser = started; }),
  ));
  after(() => Promise.all([relay?.stop(), browser?.close()]));
  beforeEach(() => { rooms++; });
  afterEach(() => Promise.all(pages.splice(0).map((page) => page.browserContext().close())));
  const stage: Stage = {
    get relay() { return there(relay); },
    get browser() { return there(browser); },
    get room() { return `room-${rooms}`; },
    own: (page) => { pages.push(page); return page; },
    enter: async (displayName, more, prepare) => {
      const page = stage.own(await openEngine(stage.browser, stage.relay.origin, prepare));
      return { page, id: await joinRoom(page, { name: stage.room, displayName, ...more }) };
    },
  };
  return stage;
}

/** Waits for all of them, also where one fails: whatever runs then can be ended, and no process is left to wait for. */
export async function allStarted(...starting: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(starting);
  await Promise.all(starting);
}

function there<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The stage is not set yet.');
  return thing;
}
