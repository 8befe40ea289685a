import { isJoined } from '../internal/room-button.ts';
import type { RoomSnapshot } from '../../src/index.ts';

/** The custom states that follow from the room alone. */
export function statesOf({ state, local, participants }: RoomSnapshot): Readonly<Record<string, boolean>> {
  const joined = isJoined(state);
  return {
    joined, joining: state === 'joining', waiting: state === 'waiting', reconnecting: state === 'reconnecting',
    empty: joined && participants.length === 0,
    microphone: local.microphone.state === 'on', camera: local.camera.state === 'on', screen: local.screen.state === 'on',
  };
}
