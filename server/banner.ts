import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lanAddresses } from './certificate.ts';
import * as paths from './paths.ts';
import type { RelayAddress } from './relay.ts';

export interface BannerFacts extends RelayAddress {
  https: boolean;
  demo: boolean;
  /** Listens for others than this machine. */
  reachable: boolean;
  stunWanted: boolean;
  /** Whether a page of this origin may connect. */
  allows(origin: string): boolean;
}

/** What an operator sees once the relay runs: links, what to paste, what is missing. */
export function banner({ port, stunPort, https, demo, reachable, stunWanted, allows }: BannerFacts): string {
  const scheme = https ? 'https' : 'http';
  const room = randomBytes(12).toString('base64url');
  const here = `${scheme}://localhost:${port}`;
  const lan = reachable ? lanAddresses().map((address) => `${scheme}://${address}:${port}`).filter(allows) : [];
  const link = (origin: string) => `${origin}/?room=${room}`;
  const integrity = integrityOf(join(paths.distDir, paths.pinnedFile));
  return [
    `rtc-elements ${paths.version}`,
    '', demo && allows(here) ? `  Open:      ${link(here)}` : `  Relay:     ${here}`,
    ...(demo ? lanLines(lan.map(link), https) : []),
    ...(demo && !allows(here) ? [`  Demo:      not among the origins; to open it here, add --origin ${here}`] : []),
    ...(stunPort === undefined
      ? [stunWanted ? '  STUN:      UDP could not be had: only participants of one network find each other' : '  STUN:      off']
      : [`  STUN:      UDP port ${stunPort}`]),
    '', '  Paste into a page (list its origin: --origin https://your.page):', '',
    `    <script type="module" src="${here}/rtc.js"></script>`,
    `    <rtc-room name="${room}"></rtc-room>`,
    ...(integrity === undefined ? [] : [
      '', '  The same in one file, of which the browser refuses any other version:', '',
      `    <script type="module" src="${here}/${paths.pinnedFile}" crossorigin="anonymous"`,
      `      integrity="${integrity}"></script>`,
      `    <rtc-room name="${room}"></rtc-room>`,
    ]),
    '',
  ].join('\n');
}

function lanLines(links: readonly string[], https: boolean): string[] {
  if (links.length === 0) return [];
  const note = https
    ? 'the browser warns of the self-signed certificate: accept it once'
    : 'browsers give camera and microphone to https pages only: start with --https';
  return [...links.map((link, index) => `  ${index === 0 ? 'On phones:' : '          '} ${link}`), `             (${note})`];
}

/** Subresource Integrity (W3C SRI section 3.1); `undefined` before the first build. */
function integrityOf(file: string): string | undefined {
  try {
    return `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;
  } catch {
    return undefined; // Not built: there is no file to vouch for.
  }
}
