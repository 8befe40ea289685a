import { after, onEnd } from '../shared/scope.ts';

export interface Gathered {
  /** Each kind once. */
  readonly kinds: readonly RTCIceCandidateType[];
  /** A TURN server answered, and said no. */
  readonly isRefused: boolean;
}

const TIMEOUT_MS = 8000;
const ORDER: readonly RTCIceCandidateType[] = ['host', 'srflx', 'prflx', 'relay'];

/** Gathers candidates for a connection to nobody, until `until` of them is there, all are, or it has lasted long enough. */
export async function gather(
  configuration: RTCConfiguration, scope: AbortSignal, until?: RTCIceCandidateType,
): Promise<Gathered> {
  const kinds = new Set<RTCIceCandidateType>();
  let isRefused = false;
  const pc = new RTCPeerConnection(configuration);
  const end = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      onEnd(scope, resolve, end.signal);
      after(TIMEOUT_MS, end.signal, resolve);
      pc.onicecandidateerror = ({ errorCode }) => { isRefused ||= errorCode >= 400 && errorCode < 500; };
      pc.onicecandidate = ({ candidate }) => {
        if (candidate?.type) kinds.add(candidate.type);
        if (!candidate || candidate.type === until) resolve();
      };
      pc.createDataChannel('diagnosis');
      pc.setLocalDescription().catch(reject);
    });
  } finally {
    end.abort();
    pc.close();
  }
  return { kinds: ORDER.filter((kind) => kinds.has(kind)), isRefused };
}
