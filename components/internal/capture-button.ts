import { html } from 'lit';
import { icons } from './icons.ts';
import type { TemplateResult } from 'lit';
import type { RoomController } from '../controllers/room-controller.ts';
import type { CaptureSource, CaptureView } from '../../src/index.ts';
import type { Text } from './messages.ts';

/** Switches one's microphone, camera or screen. It shows what is, never what was only asked for. */
export function captureButton(
  source: CaptureSource, { state }: CaptureView, room: RoomController<unknown>, text: Text,
): TemplateResult {
  const on = state === 'on';
  const icon = on || source === 'screen' ? icons[source] : icons[`${source}-off`];
  return html`<button type="button" part="button ${source}" class="round ${source === 'screen' ? '' : 'device'}"
    aria-label=${text(source)} title=${text(source)} aria-pressed=${String(on)} aria-busy=${String(state === 'pending')}
    @click=${() => room.ask((host) => host.toggle(source))}
    ><slot name=${`${source}-${on ? 'on' : 'off'}`}>${icon}</slot></button>`;
}
