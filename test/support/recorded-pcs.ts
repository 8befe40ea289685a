/** Wraps the page's RTCPeerConnection: everyone that is made is remembered, with its channels. */
export class RecordedPc extends RTCPeerConnection {
  static made: RecordedPc[] = [];
  readonly dcs: RTCDataChannel[] = [];

  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    RecordedPc.made.push(this);
  }

  override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
    const dc = super.createDataChannel(label, options);
    this.dcs.push(dc);
    return dc;
  }
}

const Native = globalThis.RTCPeerConnection;

/** From here to {@link stopRecording} every pc of the page is a recorded one. */
export function recordPcs(): void {
  RecordedPc.made = [];
  globalThis.RTCPeerConnection = RecordedPc;
}

export function stopRecording(): void {
  globalThis.RTCPeerConnection = Native;
}
