import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { endWith, SECURITY_HEADERS } from './end-with.ts';

export interface StaticOptions {
  /** Where `rtc.js`, `rtc-<version>.js`, `rtc.css`, `engine.js`, `debug.js` and `chunks/` stand. */
  distDir: string;
  /** Where the demo's pages and `assets/` stand; absent: no demo. */
  demoDir?: string | undefined;
}

interface Route { file: string; headers: OutgoingHttpHeaders }
interface CachedFile { changed: string; etag: string; plain: Buffer; packed: Buffer }

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.html': 'text/html; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp', '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Strict, with Trusted Types; lit makes the policy `lit-html`. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'",
  "img-src 'self' data: blob:", "media-src 'self' blob: mediastream:",
  "connect-src 'self' ws: wss:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'",
  "require-trusted-types-for 'script'", 'trusted-types rtc-elements lit-html',
].join('; ');

/** Scripts, and the style sheet, are there to be loaded by pages of other origins. */
const SCRIPT: OutgoingHttpHeaders = {
  'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'no-cache',
};
/** Whose name changes with what is in it. */
const PINNED: OutgoingHttpHeaders = { ...SCRIPT, 'cache-control': 'public, max-age=31536000, immutable' };
const ASSET: OutgoingHttpHeaders = { 'cache-control': 'no-cache', 'cross-origin-resource-policy': 'same-origin' };
const PAGE: OutgoingHttpHeaders = { ...ASSET, 'content-security-policy': CONTENT_SECURITY_POLICY };
const PAGES: Readonly<Record<string, string>> = { '/': 'index.html', '/layout': 'layout.html', '/headless': 'headless.html' };

/** No segment can begin with a full stop or hold a percent sign: there is no way out of the folder. */
const PINNED_PATH = /^\/(?:chunks\/|rtc-)[A-Za-z0-9_-][A-Za-z0-9_.-]*\.js$/;
const ASSET_PATH = /^\/assets(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/;

const SCRIPT_PATHS = new Set(['/rtc.js', '/rtc.css', '/engine.js', '/debug.js']);

const compress = promisify(gzip);

/** Serves `rtc.js`, its chunks, the same in one file, its style sheet, the engine's file and the demo, and nothing else. */
export class StaticFiles {
  readonly #options: StaticOptions;
  /** By file; grows no further than the folders do. */
  readonly #cache = new Map<string, CachedFile>();

  constructor(options: StaticOptions) {
    this.#options = options;
  }

  /** @returns whether the path is served here; then the response is under way. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const route = this.#route(request.url ?? '/');
    if (!route) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      endWith(response, 405, 'Method not allowed', { allow: 'GET, HEAD' });
      return true;
    }
    this.#send(route, request, response).catch(() => { endWith(response, 404, 'Not found'); });
    return true;
  }

  #route(url: string): Route | undefined {
    const { distDir, demoDir } = this.#options;
    const [path = '/'] = url.split('?', 1);
    if (SCRIPT_PATHS.has(path)) return { file: join(distDir, path), headers: SCRIPT };
    if (PINNED_PATH.test(path)) return { file: join(distDir, path), headers: PINNED };
    if (demoDir === undefined) return undefined;
    if (Object.hasOwn(PAGES, path)) return { file: join(demoDir, PAGES[path] ?? ''), headers: PAGE };
    const isAsset = ASSET_PATH.test(path) && Object.hasOwn(TYPES, extname(path));
    return isAsset ? { file: join(demoDir, path), headers: ASSET } : undefined;
  }

  async #send({ file, headers }: Route, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { etag, plain, packed } = await this.#read(file);
    const packs = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(request.headers['accept-encoding'] ?? '');
    const tag = packs ? `"${etag}-gz"` : `"${etag}"`;
    const all: OutgoingHttpHeaders = {
      ...SECURITY_HEADERS, ...headers, etag: tag, vary: 'Accept-Encoding', 'content-type': TYPES[extname(file)],
    };
    if (matches(request.headers['if-none-match'], tag)) {
      response.writeHead(304, all).end();
      return;
    }
    const body = packs ? packed : plain;
    response.writeHead(200, { ...all, 'content-length': body.length, ...(packs && { 'content-encoding': 'gzip' }) });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #read(file: string): Promise<CachedFile> {
    const { mtimeMs, size } = await stat(file);
    const changed = `${mtimeMs}/${size}`;
    const cached = this.#cache.get(file);
    if (cached?.changed === changed) return cached;
    const plain = await readFile(file);
    const packed = await compress(plain);
    const fresh = { changed, plain, packed, etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22) };
    this.#cache.set(file, fresh);
    return fresh;
  }
}

/** RFC 9110 section 13.1.2: a list, compared weakly. */
function matches(header: string | undefined, tag: string): boolean {
  return header !== undefined && header.split(',').some((entry) => ['*', tag].includes(entry.trim().replace(/^W\//, '')));
}
