import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../types.ts';

/** What is known of who connects, or renews, before anything of it is believed. */
export interface Handshake {
  /** `auth.token`, 1 to 4,096 characters; a token in the URL is not looked at. */
  readonly token?: string;
  /** All of socket.io's `auth`, as the client wrote it. */
  readonly auth: Readonly<Record<string, unknown>>;
  /** The client's address, behind `trustedHops` proxies. */
  readonly address: string;
  readonly origin?: string;
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** Aborted when the relay waits no longer. */
  readonly signal: AbortSignal;
}

/** After `relay-unavailable` an engine tries again. */
export const AUTH_CODES = ['unauthorized', 'token-expired', 'forbidden', 'banned', 'relay-unavailable'] as const;
export type AuthCode = (typeof AUTH_CODES)[number];

export interface AuthRefusal {
  readonly code: AuthCode;
  /** For the client's developer. */
  readonly message: string;
}

/** `undefined` refuses, as `unauthorized`; so does what it throws, which only the log tells. */
export type Authenticate = (handshake: Handshake) => AuthAnswer | Promise<AuthAnswer>;
export type AuthAnswer = Identity | AuthRefusal | undefined;

export function isRefusal(answer: Identity | AuthRefusal): answer is AuthRefusal {
  return 'code' in answer;
}

export function unauthorized(message: string): AuthRefusal {
  return { code: 'unauthorized', message };
}
