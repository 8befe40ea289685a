import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

describe('rtc-elements', () => {
  it('is imported without a DOM, and defines nothing', async () => {
    assert.equal('document' in globalThis, false);
    const api = await import('./index.ts');
    assert.equal(typeof api.RtcRoomElement, 'function');
    assert.equal(typeof api.createRoom, 'function');
    const error = new api.RoomError('internal', 'nothing');
    assert.equal(new api.RtcErrorEvent({ code: error.code, message: '', hint: error.hint, error }).type, 'rtc-error');
    assert.equal((globalThis as { customElements?: CustomElementRegistry }).customElements?.get('rtc-room'), undefined);
  });
});
