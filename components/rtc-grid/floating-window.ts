/** The stage in a window of its own, over all others (Document Picture-in-Picture), else its picture alone. */
import { ContextEvent } from '@lit/context';
import { roomContext } from '../context/room-context.ts';
import { RoomRequestEvent } from '../internal/room-request.ts';
import type { Room } from '../../src/index.ts';
import type { ViewHost } from './view-host.ts';

interface DocumentPictureInPicture { requestWindow(size: { width: number; height: number }): Promise<Window> }

const TOKENS = [
  'accent', 'on-accent', 'danger', 'surface', 'surface-sunken', 'text', 'text-muted', 'border', 'focus', 'stage', 'tile',
  'on-stage', 'radius', 'gap', 'density', 'font',
].map((name) => `--rtc-${name}`);

/** A frame may not open one. */
function windows(): DocumentPictureInPicture | undefined {
  const { documentPictureInPicture } = window as { documentPictureInPicture?: DocumentPictureInPicture };
  return window === window.top ? documentPictureInPicture : undefined;
}

/** Of one picture. Absent in Firefox, which has the other kind since (seen in 153). */
const hasVideoWindow = () => (document as { pictureInPictureEnabled?: boolean }).pictureInPictureEnabled === true;

export function canFloat(): boolean {
  return windows() !== undefined || hasVideoWindow();
}

/** @param grid - Whose people are shown. @throws DOMException where the browser refuses. */
export async function floatStage(grid: ViewHost, room: Room): Promise<void> {
  const opener = windows();
  if (opener) furnish(await opener.requestWindow({ width: 480, height: 340 }), grid, room);
  else await floatVideo(grid);
}

/** Elements of its own, so that nothing of the page is taken out of it; they belong to the grid's room. */
function furnish(opened: Window, grid: ViewHost, room: Room): void {
  const { document: page } = opened;
  const around = getComputedStyle(grid);
  const { documentElement, body } = page;
  const lang = grid.speech.locale;
  Object.assign(documentElement, { lang, dir: around.direction });
  for (const token of ['color-scheme', ...TOKENS]) documentElement.style.setProperty(token, around.getPropertyValue(token));
  Object.assign(body.style, {
    display: 'grid', grid: 'minmax(0, 1fr) auto / minmax(0, 1fr)', justifyItems: 'center', blockSize: '100vh', margin: '0',
    containerType: 'inline-size', // By which the controls know that it is narrow.
    background: around.backgroundColor,
  });
  passOn(documentElement, grid.shadowRoot?.firstElementChild ?? grid);
  const stage = Object.assign(document.createElement('rtc-grid'), { layout: 'spotlight', inWindow: true });
  Object.assign(stage.style, { blockSize: '100%', borderRadius: '0' });
  const elements = [stage, document.createElement('rtc-controls')];
  body.append(...elements);
  const end = new AbortController();
  room.subscribe(({ state }) => { if (state === 'idle') opened.close(); }, end);
  opened.addEventListener('pagehide', () => {
    end.abort();
    for (const element of elements) element.remove();
  }, { once: true });
}

/** What is asked in the window is asked where the grid stands. */
function passOn(page: HTMLElement, target: Element): void {
  page.addEventListener('context-request', (event) => {
    const { context, contextTarget, callback, subscribe } = event;
    if (context === roomContext) target.dispatchEvent(new ContextEvent(context, contextTarget, callback, subscribe));
  });
  page.addEventListener('rtc-request', (event) => {
    const copy = new RoomRequestEvent(event.action, event.isQuestion);
    target.dispatchEvent(copy);
    event.outcome = copy.outcome;
  });
}

async function floatVideo(grid: HTMLElement): Promise<void> {
  const tiles = [...grid.shadowRoot?.querySelectorAll('rtc-video:not([hidden])') ?? []];
  tiles.sort((one, other) => other.clientWidth - one.clientWidth);
  const video = tiles.map((tile) => tile.shadowRoot?.querySelector<HTMLVideoElement>('video:not([hidden])')).find(Boolean);
  if (!video) return;
  video.disablePictureInPicture = false;
  video.addEventListener('leavepictureinpicture', () => { video.disablePictureInPicture = true; }, { once: true });
  await video.requestPictureInPicture();
}
