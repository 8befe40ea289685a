/** `rtc-elements/server`: the relay as a library. Importing it starts nothing. */
export { createRelay, type Relay, type RelayAddress } from './relay.ts';
export type { RelayOptions } from './options.ts';
export type { AuthRefusal, Authenticate, AuthAnswer, Handshake } from './auth/authenticate.ts';
export type { JwtAlgorithm, JwtOptions } from './auth/jwt-options.ts';
export { createIssuer, type Issuer, type IssuerOptions, type VouchSubject } from './identity/issuer.ts';
export { generateVouchKey } from './identity/signing-key.ts';
export type { RelayVouchOptions } from './identity/relay-issuer.ts';
export type { EventDefinition } from './events.ts';
export type { IceProvider, ProvidedIce } from './ice/source.ts';
export type { TurnOptions } from './ice/turn.ts';
export type { Rate, RelayLimits } from './limits.ts';
export type { Log, LogData, LogLevel } from './log.ts';
export type { StandardSchema } from '../src/protocol/event-rules.ts';
export type { Identity, Participant } from './types.ts';
