import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJson, stringify } from './json.ts';

const lists = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const nested = (depth: number): unknown => JSON.parse(lists(depth));

describe('parseJson', () => {
  it('reads what is 128 deep and refuses what is deeper', () => {
    for (const text of [lists(128), objects(128)]) assert.equal(JSON.stringify(parseJson(text)), text);
    for (const text of [lists(129), objects(129), lists(30_000), `[${'[],'.repeat(500)}${lists(200)}]`, `["\\\\",${lists(200)}]`]) {
      assert.equal(parseJson(text), undefined);
    }
  });

  it('takes no bracket in a text for depth', () => {
    for (const value of ['['.repeat(5_000), `"${'{'.repeat(300)}\\`, ['\\'.repeat(3), '['.repeat(300)]]) {
      assert.deepEqual(parseJson(JSON.stringify(value)), value);
    }
  });

  it('counts what stands beside as no depth', () => {
    const wide = Array.from({ length: 5_000 }, () => [{}]);
    assert.deepEqual(parseJson(JSON.stringify(wide)), wide);
  });

  it('is undefined for what is not JSON, however it begins', () => {
    for (const text of ['', '{', '['.repeat(50_000), ']'.repeat(300), '"'.repeat(301), 'undefined']) assert.equal(parseJson(text), undefined);
  });
});

describe('stringify', () => {
  it('refuses what the far end would, the list and the envelope around it included', () => {
    assert.equal(stringify(nested(120)), lists(120));
    assert.ok(parseJson(`[{"e":"x","d":[${stringify(nested(120))}]}]`));
    assert.throws(() => stringify(nested(121)), { code: 'unserializable' });
    assert.throws(() => stringify({ toJSON: () => nested(200) }), { code: 'unserializable' });
    assert.throws(() => stringify(10n), { code: 'unserializable' });
  });
});
