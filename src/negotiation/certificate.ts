import { RoomError } from '../shared/errors.ts';
import { toBase64Url } from '../shared/ids.ts';
import { fingerprintFromHex } from './check-description.ts';

/** One join's key: every pc of the join uses it, and nothing ever stores it. */
export interface JoinCertificate {
  readonly certificate: RTCCertificate;
  /** SHA-256 of the certificate's DER form, base64url. */
  readonly fp: string;
}

/** @throws RoomError `unsupported` where WebRTC is missing or switched off. */
export async function makeCertificate(): Promise<JoinCertificate> {
  if (typeof RTCPeerConnection === 'undefined') throw new RoomError('unsupported', 'No WebRTC here.');
  const algorithm: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
  const certificate = await RTCPeerConnection.generateCertificate(algorithm);
  return { certificate, fp: await fingerprintOf(certificate) };
}

async function fingerprintOf(certificate: RTCCertificate): Promise<string> {
  // Firefox has no `getFingerprints` (W3C WebRTC 4.9.2); what it puts into its own description is the same value.
  const listed = (certificate as Partial<RTCCertificate>).getFingerprints?.().find(({ algorithm }) => algorithm === 'sha-256');
  if (listed?.value) return fingerprintFromHex(listed.value);
  const pc = new RTCPeerConnection({ certificates: [certificate] });
  try {
    pc.createDataChannel('');
    const { sdp = '' } = await pc.createOffer();
    return fingerprintFromHex(/a=fingerprint:sha-256 ([0-9A-F:]+)/i.exec(sdp)?.[1] ?? '');
  } finally {
    pc.close();
  }
}

/**
 * The fingerprints of the certificates that the far end really used, one for each DTLS transport; `undefined` where the
 * browser does not tell, or has no WebCrypto to hash with: there it has itself compared with the description that passed
 * the gate.
 */
export async function remoteFingerprints(pc: RTCPeerConnection): Promise<string[] | undefined> {
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  const transports = new Set([pc.sctp?.transport, ...pc.getTransceivers().map(({ sender }) => sender.transport)]);
  const prints: string[] = [];
  for (const transport of transports) {
    const [der] = (transport as Partial<RTCDtlsTransport> | null | undefined)?.getRemoteCertificates?.() ?? [];
    if (der && subtle) prints.push(toBase64Url(new Uint8Array(await subtle.digest('SHA-256', der))));
  }
  return prints.length > 0 ? prints : undefined;
}
