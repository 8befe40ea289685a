let server = '';

/** The relay of every `<rtc-room>` without a `server`. Set by the entry of `rtc.js`, which knows where it came from. */
export function setDefaultServer(url: string): void {
  server = url;
}

export function defaultServer(): string {
  return server;
}
