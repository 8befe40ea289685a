import { isPlainObject, isText } from '../protocol/parse.ts';
import { RoomError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';

/** An ack that says no, as an error; `undefined` for one that says yes. */
export function refusalOf(reply: unknown): RoomError | undefined {
  if (isPlainObject(reply) && reply['ok'] === true) return undefined;
  const error = isPlainObject(reply) && isPlainObject(reply['error']) ? reply['error'] : {};
  const { code, message } = error as { code?: unknown; message?: unknown };
  // A code we do not know is a newer relay's; it is passed on as it is.
  return new RoomError(isText(code, 64, 1) ? code as ErrorCode : 'relay-closed', isText(message, 500) ? message : 'The relay refused.');
}

/**
 * A browser does not tell a page why a WebSocket failed. What the relay's middleware said is in the error; for the rest
 * the relay's health page is asked, which every origin may read: a relay that lives and yet refused the handshake refused
 * this origin.
 */
export async function explainConnectError(server: string, error: Error): Promise<RoomError> {
  const data = (error as { data?: unknown }).data;
  if (isPlainObject(data) && isText(data['code'], 64, 1)) return new RoomError(data['code'] as ErrorCode, error.message, { cause: error });
  const alive = await fetch(relayUrl(server, 'health'), { signal: AbortSignal.timeout(3000), cache: 'no-store' }).then(({ ok }) => ok, () => false);
  return alive
    ? new RoomError('origin-refused', `The relay does not list the origin ${globalThis.location?.origin ?? '(none)'}.`, { cause: error })
    : new RoomError('relay-unreachable', `Nothing answers at ${server}.`, { cause: error });
}

/** A path of the relay, whose URL may have a prefix of its own and may be relative to the page. */
export function relayUrl(server: string, path: string): URL {
  return new URL(path, new URL(server.replace(/\/*$/, '/'), globalThis.location?.href));
}
