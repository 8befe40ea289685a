/** In Node: what given.ts declares. Relays are as the snippet wants them, on a port that is free. */
import { createServer } from 'node:http';
import * as v from 'valibot';
import { createRelay, generateVouchKey } from '../../server/index.ts';

const account = { id: 'ann', name: 'Ann', isTeacher: true, rooms: ['lobby'] };
process.env['JWT_SECRET'] = 'a'.repeat(48);
process.env['VOUCH_KEY'] = generateVouchKey();
type Options = Parameters<typeof createRelay>[0];
Object.assign(globalThis, {
  createServer, v, createRelay: (options: Options) => createRelay({ ...(!options?.server && { port: 0 }), ...options }),
  save: () => undefined, notes: { save: () => undefined }, sessions: { get: () => account, find: () => Promise.resolve(account) },
  bookings: { has: () => true }, app: () => undefined, secret: new Uint8Array(32), participant: 'lobby',
  TURN_KEY_ID: 'id', TURN_KEY_API_TOKEN: 'token', ACCOUNT_SID: 'sid', AUTH_TOKEN: 'token',
});
