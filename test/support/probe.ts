/** What a page did with the browser, noted from before its first script on. */
export interface Probe {
  /** How often a device was asked for: each time a person could have been prompted. */
  captures: number;
  /** Every track that came of it. */
  readonly tracks: MediaStreamTrack[];
  /** Every connection that was ever made. */
  readonly pcs: RTCPeerConnection[];
  /** What the Content-Security-Policy objected to. */
  readonly violations: string[];
  /** Codes of `rtc-error`. */
  readonly errors: string[];
}

declare global {
  /** In a page prepared with {@link installProbe}. */
  var probe: Probe;
  /** In such a page: elements of a tag, those in open shadow roots included. */
  var deepAll: <T extends keyof HTMLElementTagNameMap>(tag: T, root?: ParentNode) => HTMLElementTagNameMap[T][];
}

/** For `page.evaluateOnNewDocument`: needs nothing from outside. */
export function installProbe(): void {
  const probe: Probe = (globalThis.probe = { captures: 0, tracks: [], pcs: [], violations: [], errors: [] });
  globalThis.deepAll = (tag, root = document) => [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.localName === tag ? [element as HTMLElementTagNameMap[typeof tag]] : []),
    ...(element.shadowRoot ? deepAll(tag, element.shadowRoot) : []),
  ]);
  const noted = <A extends unknown[]>(capture: (...args: A) => Promise<MediaStream>) => async (...args: A) => {
    probe.captures++;
    const stream = await capture(...args);
    probe.tracks.push(...stream.getTracks());
    return stream;
  };
  const devices = navigator.mediaDevices as MediaDevices | undefined; // Absent in an insecure context.
  if (devices) {
    devices.getUserMedia = noted(devices.getUserMedia.bind(devices));
    devices.getDisplayMedia = noted(devices.getDisplayMedia.bind(devices));
  }
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      probe.pcs.push(this);
    }
  };
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    probe.violations.push(`${violatedDirective} ${blockedURI} ${sample}`);
  });
  document.addEventListener('rtc-error', (event) => { probe.errors.push((event as CustomEvent<{ code: string }>).detail.code); });
}
