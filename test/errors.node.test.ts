import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('docs/errors.md has every error code, and no other', () => {
  const type = /export type ErrorCode =([^;]*);/.exec(read('src/shared/errors.ts'))?.[1] ?? '';
  const codes = [...type.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code);
  const documented = [...read('docs/errors.md').matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code);
  assert.ok(codes.length > 40);
  assert.deepEqual(documented, codes);
});
