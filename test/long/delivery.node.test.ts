import assert from 'node:assert/strict';
import { it } from 'node:test';
import { COUNTS_FILE } from '../../scripts/lib/counts.mjs';
import { runNode, toolArgs } from '../../scripts/lib/run.mjs';

it('what must arrive does, once and in order, with 200 seeds of what breaks', async () => {
  const args = toolArgs('wtr', '--files', 'test/long/delivery.test.ts');
  assert.equal(await runNode(args, { env: { [COUNTS_FILE]: '' }, timeoutMs: 600_000 }), 0);
});
