/**
 * What snippets may use without saying: the parts of the room and the relay that their page speaks of, and what every app has. A
 * snippet that needs more says so in a comment above it.
 */
export const GIVEN = `
import type * as Engine from 'rtc-elements/engine';
import type * as Relay from 'rtc-elements/server';
import type * as Http from 'node:http';

type Channel = Awaited<ReturnType<Engine.Room['openChannel']>>;
interface Account { id: string; name: string; isTeacher: boolean; rooms: string[] }

declare global {
  var createRoom: typeof Engine.createRoom, watch: typeof Engine.watch, room: Engine.Room, channel: Channel;
  var createRelay: typeof Relay.createRelay, createServer: typeof Http.createServer;
  var v: typeof import('valibot');
  var server: string, displayName: string, token: string, relayOnly: boolean, privateName: boolean;
  var getToken: () => Promise<string>, events: Engine.EventRules, sources: string[], limits: Partial<Engine.PeerLimits>, log: Engine.Log;
  var id: string, participant: string, participantId: string, to: string, signal: AbortSignal, metadata: string;
  var bytes: Uint8Array<ArrayBuffer>, blob: Blob, file: File, readable: ReadableStream<Uint8Array>, somewhere: WritableStream<Uint8Array>;
  var width: number, height: number, visible: boolean, badge: HTMLElement, meter: HTMLElement, input: HTMLInputElement;
  var draw: (from: string, point: unknown) => void, greet: (name: string) => void;
  var save: (roomId: string, note: unknown) => void, notes: { save(roomId: string, author: string, text: string): void };
  var sessions: { get(token: string): Account; find(token: string | undefined, options: { signal: AbortSignal }): Promise<Account> };
  var bookings: { has(roomId: string, subject: string | undefined): boolean }, app: Http.RequestListener, relay: Relay.Relay;
  var secret: Uint8Array<ArrayBuffer>;
  var TURN_KEY_ID: string, TURN_KEY_API_TOKEN: string, ACCOUNT_SID: string, AUTH_TOKEN: string;
}
`;
