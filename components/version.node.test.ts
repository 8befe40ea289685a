import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { root } from '../scripts/lib/root.mjs';
import { VERSION } from './version.ts';

it('VERSION is that of the package', () => {
  const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
  assert.equal(VERSION, version);
});
