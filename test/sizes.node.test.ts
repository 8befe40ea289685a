import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { rollup } from 'rollup';
import { parseAst } from 'rollup/parseAst';
import ts from 'typescript';
import { oneFile } from '../rollup.config.mjs';
import { root } from '../scripts/lib/root.mjs';

/** Of what is on show from the first paint until somebody comes, writes or opens something. */
const WHOLE_LIMIT_KB = 60;
/** In kB of 1,000 bytes, gzip at its best level, as a server sends it. A file is an entry, or a chunk without its hash. */
const BUDGETS: readonly { what: string; files: readonly string[]; limitKb: number }[] = [
  { what: 'the first paint of `<rtc-room>`', files: ['rtc.js'], limitKb: 35 },
  { what: 'the engine alone', files: ['engine.js'], limitKb: 32 },
  { what: 'the lobby and a call', files: ['rtc.js', 'stage', 'create-mesh'], limitKb: 66 },
];

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

const gzippedBytes = (code: string): number => gzipSync(code, { level: 9 }).length;

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
  const chunks = readdirSync(`${root}/dist/chunks`);
  const built = (file: string): string => readFileSync(`${root}/dist/${file}`, 'utf8');
  const entry = (name: string): string =>
    (name.endsWith('.js') ? name : `chunks/${chunks.find((chunk) => chunk.startsWith(`${name}-`)) ?? name}`);

  for (const { what, files, limitKb } of BUDGETS) {
    it(`is at most ${limitKb} kB for ${what}`, (context) => {
      const loaded = new Set<string>();
      for (const file of files) loadedAtOnce(entry(file), built, loaded);
      const bytes = [...loaded].map((file) => gzippedBytes(built(file))).reduce((sum, size) => sum + size, 0);
      context.diagnostic(`${[...loaded].join(', ')}: ${(bytes / 1000).toFixed(1)} kB`);
      assert.ok(bytes <= limitKb * 1000, `${[...loaded].join(' + ')} take ${(bytes / 1000).toFixed(1)} kB.`);
    });
  }

  it(`is at most ${WHOLE_LIMIT_KB} kB for the lobby, the stage and what connects them, in one file`, async (context) => {
    const { output, ...options } = oneFile('test/fixtures/whole-interface.ts', 'whole', false);
    const bundle = await rollup(options);
    const { output: [{ code, imports }] } = await bundle.generate(output);
    const kB = gzippedBytes(code) / 1000;
    context.diagnostic(`${kB.toFixed(2)} kB`);
    assert.deepEqual(imports, [], 'all of it');
    assert.ok(kB <= WHOLE_LIMIT_KB, `It takes ${kB.toFixed(1)} kB.`);
  });
});
