import type { TestContext } from 'node:test';
import type { RelayOptions } from './index.ts';
import { startRelay, TestClient, type TestRelay } from './relay.testing.ts';
import type { Identity } from './types.ts';

export const HOST: Identity = { sub: 'hanna', name: 'Hanna', roles: ['host'] };
export const GUEST: Identity = { sub: 'gus', name: 'Gus' };

/** A relay that believes what anyone says of themselves: the token is the identity. */
export function startTrusting(t: TestContext, options: RelayOptions = {}): Promise<TestRelay> {
  return startRelay(t, { authenticate: ({ token = '{}' }) => JSON.parse(token) as Identity, ...options });
}

export function person(t: TestContext, relay: { port: number }, identity: Identity): TestClient {
  return new TestClient(t, relay, { auth: { token: JSON.stringify(identity) } });
}

/** One of each in `lobby`. */
export async function hostAndGuest(t: TestContext, relay: { port: number }): Promise<[TestClient, TestClient]> {
  const [host, guest] = [person(t, relay, HOST), person(t, relay, GUEST)];
  await host.join('lobby');
  await guest.join('lobby');
  return [host, guest];
}

/** As an rtc.io client does it: neither `engine` nor ack. */
export function joinPlainly(client: TestClient, roomId = 'lobby'): void {
  client.socket.emit('join-room', { roomId, name: 'rtc.io' });
}
