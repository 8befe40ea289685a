import { LinkKeys } from './link-keys.ts';
import { SealedSignaling } from './sealed-signaling.ts';
import type { Signaling } from '../signaling/signaling.ts';

export interface Link {
  /** What the relay knows the room by. */
  readonly roomId: string;
  /** @param onStranger someone was announced who does not hold the link */
  over(signaling: Signaling, onStranger: (id: string) => void): Signaling;
}

/** @throws RoomError `invalid-link-secret`, `unsupported`. */
export async function openLink({ secret, hidesName }: { secret: string; hidesName: boolean }, name: string): Promise<Link> {
  const keys = await LinkKeys.from(secret);
  const roomId = hidesName ? await keys.roomId(name) : name;
  return { roomId, over: (signaling, onStranger) => new SealedSignaling(signaling, { keys, roomId, onStranger }) };
}
