import { networkInterfaces } from 'node:os';
import { optionalPackage } from './optional-package.ts';

/** The IPv4 addresses under which others in the local network may reach this machine. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === 'IPv4' && !entry.internal).map((entry) => entry.address);
}

/**
 * A self-signed certificate for this machine, new at every start: browsers warn of it once and then give camera and microphone.
 * @throws Error that says what to install, where the optional package is missing.
 */
export async function selfSignedCertificate(): Promise<{ key: string; cert: string }> {
  const { generate } = await optionalPackage('selfsigned', '--https', () => import('selfsigned'));
  const names = ['localhost'].map((value) => ({ type: 2 as const, value }));
  const addresses = ['127.0.0.1', '::1', ...lanAddresses()].map((ip) => ({ type: 7 as const, ip }));
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'rtc-elements' }], {
    keyType: 'ec', algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: false }, { name: 'subjectAltName', altNames: [...names, ...addresses] }],
  });
  return { key, cert };
}
