import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'rollup/parseAst';
import ts from 'typescript';
import { root } from '../scripts/lib/root.mjs';

/** kB of 1,000 bytes, gzip at its best level, as a server sends it. */
const LIMITS_KB = { 'rtc.js': 60, 'engine.js': 32 };

/** The file and everything that it imports statically: what a page loads before it can do anything. */
function loadedAtOnce(file: string, codeOf: (file: string) => string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const node of parseAst(codeOf(file)).body) {
    const source = 'source' in node ? node.source?.value : undefined;
    if (typeof source === 'string' && source.startsWith('.')) loadedAtOnce(posix.join(posix.dirname(file), source), codeOf, seen);
  }
  return seen;
}

const built = (file: string): string => readFileSync(`${root}/dist/${file}`, 'utf8');
/** Without its types, and so without imports of types. */
const transpiled = (file: string): string => ts.transpileModule(readFileSync(`${root}/${file}`, 'utf8'), {
  compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext, verbatimModuleSyntax: true },
}).outputText;

describe('what proves who somebody is', () => {
  for (const entry of ['src/index.ts', 'components/define/rtc-js.ts']) {
    it(`costs who does not use it nothing: ${entry}`, () => {
      const files = [...loadedAtOnce(entry, transpiled)];
      assert.ok(files.includes('src/topology/mesh/lazy-vouches.ts'), 'the seams are there');
      assert.deepEqual(files.filter((file) => /^src\/(?:identity|link)\/|verify-panel|about-identity|\/words\//.test(file)), []);
    });
  }
});

it('rooms without a relay cost who has one nothing', () => {
  const files = [...loadedAtOnce('components/define/rtc-js.ts', transpiled)];
  assert.ok(files.includes('src/topology/mesh/create-mesh.ts'), 'the seam is there');
  assert.deepEqual(files.filter((file) => file.includes('/loopback-')), []);
});

it('rtc.js brings no tag that is loaded when it appears, and no diagnosis', () => {
  const files = [...loadedAtOnce('components/define/rtc-js.ts', transpiled)];
  assert.ok(files.includes('components/define/lazy.ts'), 'the seam is there');
  assert.deepEqual(files.filter((file) => /on-demand|rtc-(?:doctor|invite|quality|stats)\/|src\/diagnosis/.test(file)), []);
});

it('rtc.js brings no language but English', () => {
  const files = [...loadedAtOnce('components/define/rtc-js.ts', transpiled)];
  assert.ok(files.includes('components/internal/languages.ts'), 'the seam is there');
  assert.deepEqual(files.filter((file) => file.startsWith('components/languages/')), []);
});

describe('the size of what a page loads', () => {
  for (const [file, limitKb] of Object.entries(LIMITS_KB)) {
    it(`is at most ${limitKb} kB for ${file}`, (context) => {
      const files = [...loadedAtOnce(file, built)];
      const bytes = files.map((name) => gzipSync(readFileSync(`${root}/dist/${name}`), { level: 9 }).length)
        .reduce((sum, size) => sum + size, 0);
      context.diagnostic(`${files.join(', ')}: ${(bytes / 1000).toFixed(1)} kB`);
      assert.ok(bytes <= limitKb * 1000, `${files.join(' + ')} take ${(bytes / 1000).toFixed(1)} kB.`);
    });
  }
});
