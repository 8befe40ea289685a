/** A chat in a room without a network, with Ada. */
import { html } from '@open-wc/testing';
import { network, part, roomFixture, settled } from '../internal/room.testing.ts';
import type { RtcChatElement } from './rtc-chat.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

export async function chatting(): Promise<{ room: RtcRoomElement; chat: RtcChatElement; input: HTMLTextAreaElement }> {
  const room = await roomFixture(html`<rtc-chat></rtc-chat>`);
  const chat = await part(room, 'rtc-chat');
  chat.style.blockSize = '300px';
  await room.join();
  network().arrive('a', 'Ada');
  await settled(chat);
  return { room, chat, input: chat.shadowRoot!.querySelector('textarea')! };
}

export const enter = (init: KeyboardEventInit = {}): KeyboardEvent => new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init });
