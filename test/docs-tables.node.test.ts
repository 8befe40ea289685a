import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { TABLES, withTables } from '../scripts/lib/docs-tables.ts';
import { root } from '../scripts/lib/root.mjs';

describe('the tables of the documentation', () => {
  for (const [path, tables] of Object.entries(TABLES)) {
    it(`are those of the code in ${path}`, () => {
      const text = readFileSync(`${root}/${path}`, 'utf8');
      assert.equal(text, withTables(text, tables), 'stale: npm run docs:tables');
    });
  }

  it('have one place each', () => {
    assert.equal(withTables('a\n<!-- table: x -->\nold\n<!-- end -->\nb', { x: () => 'new\n' }), 'a\n<!-- table: x -->\nnew\n<!-- end -->\nb');
    assert.throws(() => withTables('<!-- table: y -->\n<!-- end -->', {}), /no table is called y/);
    assert.throws(() => withTables('', { x: () => '' }), /no place for the tables x/);
  });
});
