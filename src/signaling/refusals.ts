import { isPlainObject, isText } from '../protocol/primitives.ts';
import { RoomError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';

/** An ack that says no, as an error; `undefined` for one that says yes. */
export function refusalOf(reply: unknown): RoomError | undefined {
  if (isPlainObject(reply) && reply['ok'] === true) return undefined;
  const error = isPlainObject(reply) && isPlainObject(reply['error']) ? reply['error'] : {};
  const { code, message } = error as { code?: unknown; message?: unknown };
  // A code we do not know is a newer relay's; it is passed on as it is.
  const known = isText(code, 64, 1) ? code as ErrorCode : 'relay-closed';
  return new RoomError(known, isText(message, 500) ? message : 'The relay refused.');
}

/** What the relay's middleware said when it refused to connect us, if that is what happened. */
export function refusalIn(error: unknown): RoomError | undefined {
  const data = error instanceof Error ? (error as { data?: unknown }).data : undefined;
  if (!isPlainObject(data) || !isText(data['code'], 64, 1)) return undefined;
  return new RoomError(data['code'] as ErrorCode, String(error), { cause: error });
}

/**
 * A browser does not tell a page why a WebSocket failed. What the relay's middleware said is in the error; for the rest
 * the relay's health page is asked, which every origin may read and which tells what a handshake would be told.
 */
export async function explainConnectError(server: string, error: unknown): Promise<RoomError> {
  const refusal = refusalIn(error);
  if (refusal) return refusal;
  const { origin } = location;
  const health = relayUrl(server, `health?origin=${origin}`);
  const answer = await fetch(health, { signal: AbortSignal.timeout(3000), cache: 'no-store' })
    .then<unknown>((response) => response.json()).catch(() => undefined);
  if (!isPlainObject(answer)) return new RoomError('relay-unreachable', `Nothing answers at ${server}.`, { cause: error });
  const { admission } = answer;
  // A relay that would let us in by now refused an address that came too often, or was just starting.
  const code = isText(admission, 64) && admission !== 'open' ? admission as ErrorCode : 'relay-unreachable';
  return new RoomError(code, `The relay does not let ${origin} in.`, { cause: error });
}

/** A path of the relay, whose URL may have a prefix and may be relative to the page. @throws RoomError `no-server`. */
export function relayUrl(server: string, path: string): URL {
  if (!URL.canParse(server, location.href)) throw new RoomError('no-server', `"${server}" is no URL.`);
  return new URL(path, new URL(server.replace(/\/*$/, '/'), location.href));
}
