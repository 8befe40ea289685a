import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** An IP address -> its 4 or 16 bytes; an IPv4 address mapped into IPv6 (RFC 4291 section 2.5.5.2) gives 4. */
export function addressBytes(address: string): Uint8Array | undefined {
  const text = address.split('%', 1)[0] ?? '';
  const family = isIP(text);
  if (family === 4) return Uint8Array.from(text.split('.'), Number);
  if (family !== 6) return undefined;
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const hex = (high = '0', low = '0') => (Number(high) * 256 + Number(low)).toString(16);
  const plain = dotted ? `${dotted[1] ?? ''}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}` : text;
  const [head = [], tail = []] = plain.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  const bytes = Uint8Array.from(groups.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  }));
  const mapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped ? bytes.slice(12) : bytes;
}

/** What counts as one address for limits: an IPv4 address, or the /64 of an IPv6 one, which is one household or machine. */
export function addressKey(address: string): string {
  const bytes = addressBytes(address);
  if (!bytes) return 'unknown';
  return bytes.length === 4 ? bytes.join('.') : Buffer.from(bytes.subarray(0, 8)).toString('hex');
}

/**
 * The client's address. With `trustedHops` proxies in front, the entry of `X-Forwarded-For` that the outermost of them wrote;
 * what stands to the left of it is the client's own word.
 */
export function clientAddress(request: IncomingMessage, trustedHops: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedHops === 0) return direct;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',').map((entry) => entry.trim()).filter(Boolean);
  return forwarded.at(-trustedHops) ?? direct;
}
