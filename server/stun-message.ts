import { crc32 } from 'node:zlib';
import { addressBytes } from './address.ts';

/** RFC 8489 section 5: type, length, magic cookie, 96-bit transaction id. */
const HEADER_BYTES = 20;
const MAGIC_COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_RESPONSE = 0x0101;
const BINDING_ERROR = 0x0111;
const ERROR_CODE = 0x0009;
const UNKNOWN_ATTRIBUTES = 0x000a;
const XOR_MAPPED_ADDRESS = 0x0020;
const FINGERPRINT = 0x8028;
/** Below this an attribute must be understood. These two are: credentials, which nobody here asks for. */
const COMPREHENSION_OPTIONAL = 0x8000;
const UNDERSTOOD: ReadonlySet<number> = new Set([0x0006, 0x0008]);
/** No honest binding request comes near it, and what is not answered is not reflected. */
const MAX_REQUEST_BYTES = 548;

/**
 * A datagram -> the response to it, or `undefined` for anything but a well-formed binding request. At most 52 bytes:
 * a request of 20 gets 32 (IPv4) or 44 (IPv6), so a forged source gains an attacker next to nothing.
 */
export function answerStun(request: Buffer, address: string, port: number): Buffer | undefined {
  if (port === 0) return undefined; // Forged: nothing can be sent there.
  if (request.length < HEADER_BYTES || request.length > MAX_REQUEST_BYTES || request.length % 4 !== 0) return undefined;
  if (request.readUInt16BE(0) !== BINDING_REQUEST || request.readUInt32BE(4) !== MAGIC_COOKIE) return undefined;
  if (request.readUInt16BE(2) !== request.length - HEADER_BYTES) return undefined;
  const types = attributeTypes(request);
  const mapped = addressBytes(address);
  if (!types || !mapped) return undefined;

  const unknown = types.filter((type) => type < COMPREHENSION_OPTIONAL && !UNDERSTOOD.has(type)).slice(0, 2);
  const body = unknown.length > 0
    ? unknownAttributes(unknown)
    : xorMappedAddress(mapped, port, request.subarray(4, HEADER_BYTES));
  const withFingerprint = types.includes(FINGERPRINT);
  const header = Buffer.from(request.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(unknown.length > 0 ? BINDING_ERROR : BINDING_RESPONSE, 0);
  header.writeUInt16BE(body.length + (withFingerprint ? 8 : 0), 2);
  const response = Buffer.concat([header, body]);
  return withFingerprint ? Buffer.concat([response, fingerprint(response)]) : response;
}

/** @returns `undefined` where an attribute reaches beyond the message (section 14). */
function attributeTypes(message: Buffer): number[] | undefined {
  const types: number[] = [];
  for (let at = HEADER_BYTES; at < message.length;) {
    const length = message.readUInt16BE(at + 2);
    types.push(message.readUInt16BE(at));
    at += 4 + Math.ceil(length / 4) * 4;
    if (at > message.length) return undefined;
  }
  return types;
}

/** Section 14.2; `key` is the magic cookie followed by the transaction id. */
function xorMappedAddress(address: Uint8Array, port: number, key: Buffer): Buffer {
  const attribute = Buffer.alloc(8 + address.length);
  attribute.writeUInt16BE(XOR_MAPPED_ADDRESS, 0);
  attribute.writeUInt16BE(4 + address.length, 2);
  attribute.writeUInt8(address.length === 4 ? 1 : 2, 5);
  attribute.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 6);
  address.forEach((byte, index) => attribute.writeUInt8(byte ^ key.readUInt8(index), 8 + index));
  return attribute;
}

/** 420 (Unknown Attribute) and their types: sections 14.8 and 14.9. */
function unknownAttributes(types: readonly number[]): Buffer {
  const attributes = Buffer.alloc(16);
  attributes.writeUInt16BE(ERROR_CODE, 0);
  attributes.writeUInt16BE(4, 2);
  attributes.writeUInt8(4, 6);
  attributes.writeUInt8(20, 7);
  attributes.writeUInt16BE(UNKNOWN_ATTRIBUTES, 8);
  attributes.writeUInt16BE(types.length * 2, 10);
  types.forEach((type, index) => attributes.writeUInt16BE(type, 12 + index * 2));
  return attributes;
}

/** Section 14.7: CRC-32 of what stands before it, XOR "STUN". */
function fingerprint(message: Buffer): Buffer {
  const attribute = Buffer.alloc(8);
  attribute.writeUInt16BE(FINGERPRINT, 0);
  attribute.writeUInt16BE(4, 2);
  attribute.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0, 4);
  return attribute;
}
