/** Rooms of real engines in one page, each in an `<rtc-room>` with elements of the test's choice. */
import { fixture, html } from '@open-wc/testing';
import { part } from '../internal/room.testing.ts';
import type { TemplateResult } from 'lit';
import type { RtcElement } from '../internal/rtc-element.ts';
import type { Guest, Party } from '../../test/support/guests.ts';

export interface Seat<E> { readonly guest: Guest; readonly element: E & RtcElement }

/** Two who have met, each before an element of this tag. */
export async function twoAt<K extends keyof HTMLElementTagNameMap>(
  party: Party, tag: K, content: () => TemplateResult,
): Promise<[Seat<HTMLElementTagNameMap[K]>, Seat<HTMLElementTagNameMap[K]>]> {
  const seats = [];
  for (const name of ['Ada', 'Bo']) {
    const guest = party.guest(name);
    const room = await fixture<HTMLElement>(html`<rtc-room .room=${guest.room}>${content()}</rtc-room>`);
    await guest.room.join();
    seats.push({ guest, element: await part(room, tag) });
  }
  await party.allMet();
  return seats as [Seat<HTMLElementTagNameMap[K]>, Seat<HTMLElementTagNameMap[K]>];
}

/** A file as somebody drops or pastes it. */
export function carried(type: 'drop' | 'paste', ...files: File[]): Event {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  return type === 'drop' ? new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true })
    : new ClipboardEvent('paste', { clipboardData: data, cancelable: true, bubbles: true });
}

/** One pixel. */
export function pngFile(name = 'pixel.png'): File {
  const bytes = atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==');
  return new File([Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))], name, { type: 'text/html' });
}
