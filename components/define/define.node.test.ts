import assert from 'node:assert/strict';
import { it } from 'node:test';

it('rtc-elements/define is imported on a server, where it defines nothing', async () => {
  assert.deepEqual(['document' in globalThis, 'customElements' in globalThis], [false, false]);
  assert.deepEqual(Object.keys(await import('./all.ts')), []);
});
