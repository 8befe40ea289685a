import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RoomController } from '../controllers/room-controller.ts';
import type { CaptureView, DeviceView } from '../../src/index.ts';
import type { Text } from './messages.ts';

const KINDS = { microphone: 'audioinput', camera: 'videoinput' } as const;

/**
 * Chooses among the devices of one kind. Shown while the device is on, or failed: choosing switches it on, which somebody
 * who is muted must not do by accident.
 */
export function deviceSelect(
  source: keyof typeof KINDS, { state, deviceId, error }: CaptureView, all: readonly DeviceView[], room: RoomController<unknown>,
  text: Text,
): TemplateResult | typeof nothing {
  const devices = all.filter((device) => device.kind === KINDS[source] && device.deviceId);
  if ((state === 'off' && !error) || devices.length === 0) return nothing;
  const choose = ({ target }: Event) => {
    const chosen = (target as HTMLSelectElement).value;
    return room.ask((host) => host.room.enable(source, { deviceId: chosen }));
  };
  return html`<label part="label">${text(source)}
    <select part="select ${source}-select" @change=${choose}>${devices.map((device) => html`
      <option value=${device.deviceId} ?selected=${device.deviceId === deviceId}>${device.label || text(source)}</option>`)}
    </select></label>`;
}

export const fieldStyles = css`
label { display: grid; gap: 4px; color: var(--_muted); font-size: .875rem; min-inline-size: 0; }
input, select, textarea {
  inline-size: 100%;
  min-inline-size: 0;
  min-block-size: 44px;
  padding: 9px 12px;
  border: 1px solid var(--_border);
  border-radius: 10px;
  background: var(--_surface);
  color: var(--_text);
  font: inherit;
  font-size: 1rem;
}
`;
