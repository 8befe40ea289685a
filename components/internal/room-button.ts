import { html, nothing } from 'lit';
import { icons } from './icons.ts';
import type { TemplateResult } from 'lit';
import type { CaptureView, RoomState } from '../../src/index.ts';
import type { RoomController } from '../controllers/room-controller.ts';
import type { MessageKey, Text } from './messages.ts';
import type { Panel, RoomAction } from './room-request.ts';

export const BUTTON_ACTIONS = ['microphone', 'camera', 'screen', 'hand', 'chat', 'participants', 'leave'] as const;
export type ButtonAction = (typeof BUTTON_ACTIONS)[number];

/** What of a room a button shows. */
export interface ButtonView {
  readonly state: RoomState;
  readonly microphone?: CaptureView;
  readonly camera?: CaptureView;
  readonly screen?: CaptureView;
  readonly hand?: number | undefined;
}

/** A button as it is at this moment. */
export interface RoomButton {
  readonly part: string;
  readonly label: MessageKey;
  /** Its slot; a button without an icon shows its label. */
  readonly slot: string;
  readonly icon?: TemplateResult;
  readonly tone: string;
  readonly pressed?: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly run: RoomAction;
}

export function buttonOf(action: ButtonAction, view: ButtonView): RoomButton {
  switch (action) {
    case 'microphone': case 'camera': case 'screen': return captureOf(action, view[action]?.state);
    case 'hand': return handOf(view.hand !== undefined, isJoined(view.state));
    case 'chat': case 'participants': return panelOf(action);
    case 'leave': return leaveOf(view.state);
  }
}

/** It shows what is, never what was only asked for. */
function captureOf(source: 'microphone' | 'camera' | 'screen', state: CaptureView['state'] = 'off'): RoomButton {
  const on = state === 'on';
  return {
    part: source, label: source, slot: `${source}-${on ? 'on' : 'off'}`, tone: source === 'screen' ? 'round' : 'round device',
    icon: on || source === 'screen' ? icons[source] : icons[`${source}-off`], pressed: on, busy: state === 'pending',
    run: (host) => host.toggle(source),
  };
}

function handOf(up: boolean, joined: boolean): RoomButton {
  return {
    part: 'hand', label: 'hand', slot: 'hand', icon: icons.hand, tone: 'round', pressed: up, disabled: !joined,
    run: ({ room }) => joined ? room.raiseHand(!up) : undefined,
  };
}

function panelOf(panel: Panel): RoomButton {
  const run: RoomAction = (host) => { host.togglePanel(panel); };
  return { part: panel, label: panel, slot: panel, icon: icons[panel], tone: 'round', run };
}

/** One button, never disabled: it keeps the focus of whoever joins or leaves by the keyboard. */
function leaveOf(state: RoomState): RoomButton {
  if (isJoined(state) || state === 'waiting') {
    return {
      part: 'leave', label: 'leave', slot: 'leave', icon: icons.leave, tone: 'round danger', run: (host) => host.leave(),
    };
  }
  const joining = state === 'joining';
  return {
    part: 'join', label: joining ? 'joining' : 'join', slot: 'join', tone: 'primary', disabled: joining,
    run: (host) => joining ? undefined : host.join(),
  };
}

export function isJoined(state: RoomState | undefined): boolean {
  return state === 'joined' || state === 'reconnecting';
}

/** Phones have none (Screen Capture 5.1 is not in their browsers). */
export function canShareScreen(): boolean {
  return 'getDisplayMedia' in ((navigator.mediaDevices as MediaDevices | undefined) ?? {});
}

/** @param content - In place of the icon in its slot. @param isNamed - The content says what the button does. */
export function renderButton(
  button: RoomButton, room: RoomController<unknown>, text: Text, content?: TemplateResult, isNamed = !button.icon,
): TemplateResult {
  const { part, label, slot, icon, tone, pressed, busy, disabled, run } = button;
  const words = text(label);
  return html`<button type="button" part="button ${part}" class=${isNamed ? tone.replace('round', 'labelled') : tone}
    aria-label=${isNamed ? nothing : words} title=${isNamed ? nothing : words} aria-pressed=${pressed ?? nothing}
    aria-busy=${busy ?? nothing} aria-disabled=${disabled ?? nothing} @click=${() => room.ask(run)}
    >${content ?? html`<slot name=${slot}>${icon ?? words}</slot>`}</button>`;
}
