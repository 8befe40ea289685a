import { html, nothing } from 'lit';
import { deviceWords } from './english-devices.ts';
import { addMessages } from './messages.ts';
import { canChooseSpeaker, DEFAULT_SPEAKER, speakerOf } from './speaker.ts';
import type { TemplateResult } from 'lit';
import type { RoomController } from '../controllers/room-controller.ts';
import type { CaptureView, DeviceView } from '../../src/index.ts';
import type { Text } from './messages.ts';

addMessages(deviceWords);

export const DEVICE_KINDS = { microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' } as const;
export type DeviceSource = keyof typeof DEVICE_KINDS;

/** What devices are called, for when one is gone. */
const labels = new Map<string, string>();

/**
 * Chooses among the devices of one kind. Shown while the device is on, or failed: choosing switches it on, which somebody
 * who is muted must not do by accident. One that is unplugged stays in the list until another is in use, and is called so.
 */
export function deviceSelect(
  source: 'microphone' | 'camera', { state, deviceId = '', error }: CaptureView, all: readonly DeviceView[],
  room: RoomController<unknown>, text: Text,
): TemplateResult | typeof nothing {
  if (state === 'off' && !error) return nothing;
  return select(source, all, deviceId, deviceId, room, text);
}

/** Chooses what a room's sound is played by, where the browser can. */
export function speakerSelect(
  all: readonly DeviceView[], room: RoomController<unknown>, text: Text,
): TemplateResult | typeof nothing {
  if (!room.room || !canChooseSpeaker()) return nothing;
  const { chosen, inUse } = speakerOf(room.room);
  return select('speaker', all, chosen, inUse, room, text);
}

function select(
  source: DeviceSource, all: readonly DeviceView[], chosen: string, inUse: string, room: RoomController<unknown>, text: Text,
): TemplateResult | typeof nothing {
  const devices = all.filter(({ kind, deviceId }) => kind === DEVICE_KINDS[source] && deviceId);
  for (const { deviceId, label } of devices) labels.set(deviceId, label);
  const isGone = chosen !== '' && !devices.some(({ deviceId }) => deviceId === chosen);
  if (devices.length === 0 && !isGone) return nothing;
  const hasDefault = devices.some(({ deviceId }) => deviceId === 'default');
  const current = inUse || (hasDefault ? 'default' : DEFAULT_SPEAKER);
  const choose = async ({ target }: Event) => {
    const list = target as HTMLSelectElement;
    const deviceId = list.value;
    const isDone = await room.ask((host) =>
      source === 'speaker' ? speakerOf(host.room).choose(deviceId) : host.room.enable(source, { deviceId }));
    if (!isDone) list.value = current; // What was in use still is.
  };
  const option = (value: string, label: string, isChosen: boolean) =>
    html`<option value=${value} .selected=${isChosen}>${label}</option>`;
  return html`<label part="label">${text(source)}
    <select part="select ${source}-select" @change=${choose}>
      ${source === 'speaker' && !hasDefault
        ? option(DEFAULT_SPEAKER, text('speaker-default'), current === DEFAULT_SPEAKER) : nothing}
      ${devices.map(({ deviceId, label }) => option(deviceId, label || text(source), deviceId === current))}
      ${isGone ? html`<option value=${chosen} disabled .selected=${chosen === inUse}>${
        text('device-gone', { name: labels.get(chosen) ?? text(source) })}</option>` : nothing}
    </select></label>`;
}
