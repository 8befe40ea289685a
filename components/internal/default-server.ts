let server = '';
let isChecked = true;

/**
 * The relay of every `<rtc-room>` without a `server`. Set by the entry of `rtc.js`, which knows where it came from.
 * @param checked whether that is another place than this relay, or `integrity` was asked for
 */
export function setDefaultServer(url: string, checked = true): void {
  server = url;
  isChecked = checked;
}

export function defaultServer(): string {
  return server;
}

/**
 * Whether the default relay could have put anything into this page: the page or its code came from there. A page may know better,
 * or worse: what its other scripts are nobody can tell from inside.
 */
export function isCodeFromRelay(): boolean {
  return server !== '' && (!isChecked || new URL(server, document.baseURI).origin === location.origin);
}
