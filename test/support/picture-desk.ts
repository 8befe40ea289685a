import type { Browser, Page } from 'puppeteer-core';

/** Two colours are alike whose channels differ by no more; antialiasing and rounding differ from machine to machine. */
const NEAR = 40;
/** In the languages of the stories. */
const PROBE = 'Hamburgefonstiv 0123456789 – Ж الغرفة 部屋';

/**
 * Compares pictures where they were made: the browser reads them, so that no library for that is needed. A pixel is
 * different where nothing near to its colour is found within a pixel around it in the other picture, either way.
 */
export class PictureDesk {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(browser: Browser): Promise<PictureDesk> {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument('globalThis.__name = (target) => target');
    await page.goto('about:blank');
    return new PictureDesk(page);
  }

  /** How wide a text is here. */
  fonts(): Promise<string> {
    return this.#page.evaluate((probe) => {
      const pen = new OffscreenCanvas(1, 1).getContext('2d');
      return ['system-ui', 'sans-serif', 'monospace'].map((font) => {
        if (pen) pen.font = `100px ${font}`;
        return `${font} ${pen?.measureText(probe).width.toFixed(1) ?? ''}\n`;
      }).join('');
    }, PROBE);
  }

  /** @returns how many pixels differ, and a drawing: what was, what is, and where */
  async compare(picture: string, reference: string): Promise<{ different: number; drawing: Buffer }> {
    const { different, drawing } = await this.#page.evaluate(async (near, ...both) => {
      const images = await Promise.all(both.map(async (base64) =>
        createImageBitmap(await (await fetch(`data:;base64,${base64}`)).blob())));
      const [width, height] = [Math.max(...images.map((image) => image.width)), Math.max(...images.map((image) => image.height))];
      const canvas = Object.assign(document.createElement('canvas'), { width: width * 3, height });
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      if (!pen) throw new Error('This browser does not draw.');
      const [is, was] = images.map((image, index) => {
        pen.drawImage(image, (1 - index) * width, 0);
        return pen.getImageData((1 - index) * width, 0, width, height).data;
      });
      if (!is || !was) throw new Error('Two pictures are compared.');
      const isAlike = (a: Uint8ClampedArray, at: number, b: Uint8ClampedArray, of: number) => [0, 1, 2].every((channel) =>
        Math.abs((a[at + channel] ?? 0) - (b[of + channel] ?? 0)) <= near);
      const isAround = (a: Uint8ClampedArray, x: number, y: number, b: Uint8ClampedArray) => {
        for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) {
          const [nx, ny] = [Math.min(width - 1, Math.max(0, x + dx)), Math.min(height - 1, Math.max(0, y + dy))];
          if (isAlike(a, (y * width + x) * 4, b, (ny * width + nx) * 4)) return true;
        }
        return false;
      };
      let different = 0;
      pen.fillStyle = '#f0f';
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 4;
        if (isAlike(is, at, was, at) || (isAround(is, x, y, was) && isAround(was, x, y, is))) continue;
        different++;
        pen.fillRect(2 * width + x, y, 1, 1);
      }
      return { different, drawing: canvas.toDataURL('image/webp', 0.9).split(',')[1] ?? '' };
    }, NEAR, picture, reference);
    return { different, drawing: Buffer.from(drawing, 'base64') };
  }
}
