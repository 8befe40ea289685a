/** A room without a network in an `<rtc-room>`, and what tests of elements ask of it. */
import { fixture, html } from '@open-wc/testing';
import { createRoom } from '../../src/index.ts';
import { FakeTopology } from '../../src/topology/fake-topology.ts';
import { until } from '../../test/support/until.ts';
import type { TemplateResult } from 'lit';
import type { Room, TrackView } from '../../src/index.ts';
import type { RtcElement } from './rtc-element.ts';
import type { RtcRoomElement } from '../rtc-room/rtc-room.ts';

export function fakeRoom(name = 'lobby'): Room {
  FakeTopology.joining = () => Promise.resolve();
  return createRoom({ server: 'http://relay.test', name, displayName: 'Me', topology: FakeTopology.factory });
}

/** The topology of the last join. */
export function network(): FakeTopology {
  if (!FakeTopology.latest) throw new Error('Nobody joined.');
  return FakeTopology.latest;
}

/** A `<rtc-room>` over a fake room, with what is to stand in it. */
export async function roomFixture(content: TemplateResult | string = '', room = fakeRoom()): Promise<RtcRoomElement> {
  return fixture<RtcRoomElement>(html`<rtc-room .room=${room}>${content}</rtc-room>`);
}

/** As that of Open Web Components, whose second is short for a machine that is busy. */
export const waitUntil = (condition: () => unknown, what = `this holds: ${String(condition)}`): Promise<void> => until(condition, what);

/** The element of this tag in the room's own shadow or in its light, once it has rendered. */
export async function part<K extends keyof HTMLElementTagNameMap>(
  host: Element, tag: K,
): Promise<HTMLElementTagNameMap[K] & RtcElement> {
  const find = () => host.querySelector(tag) ?? host.shadowRoot?.querySelector(tag) ?? undefined;
  await waitUntil(find, `<${tag}> appears`);
  await customElements.whenDefined(tag);
  const element = find() as HTMLElementTagNameMap[K] & RtcElement;
  await settled(element);
  return element;
}

export async function settled(...elements: { readonly updateComplete: Promise<boolean> }[]): Promise<void> {
  // The room tells of a change a microtask later; an update may ask for another one.
  await Promise.resolve();
  for (const element of elements) while (!await element.updateComplete);
}

/** What a person reads, nested shadows included. */
export function visibleText(node: Element): string {
  const root = node.shadowRoot ?? node;
  return [...root.childNodes].map((child) => child instanceof Element
    ? (child.matches('style, [hidden]') ? '' : visibleText(child)) : child.nodeType === Node.TEXT_NODE ? child.textContent : '')
    .join(' ').replace(/\s+/g, ' ').trim();
}

export function button(host: Element, partName: string): HTMLButtonElement {
  const found = host.shadowRoot?.querySelector<HTMLButtonElement>(`button[part~="${partName}"]`);
  if (!found) throw new Error(`There is no button "${partName}".`);
  return found;
}

/** A picture that changes, made by the page. */
export function pictureTrack(): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
  canvas.getContext('2d')?.fillRect(0, 0, 64, 36);
  return canvas.captureStream(5).getVideoTracks()[0]!;
}

export function soundTrack(): MediaStreamTrack {
  return new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0]!;
}

export function view(track: MediaStreamTrack, source: string, id = `${source}-1`): TrackView {
  return { id, source, kind: track.kind as 'audio' | 'video', live: true, track };
}

export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome: unknown = await promise.catch((error: unknown) => error);
  if (outcome instanceof Error) return outcome; // A DOMException is one, too.
  throw new Error('It did not fail.');
}

/** Where a room reads out, once what does it is loaded: whoever has joined hears of that at least. */
export async function readOut({ shadowRoot }: RtcRoomElement): Promise<Element> {
  const region = shadowRoot!.querySelector('[role=status].hidden')!;
  await waitUntil(() => region.childElementCount > 0, 'it reads out');
  return region;
}
