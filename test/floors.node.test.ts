import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { FLOORS, floorViolation } from '../scripts/lib/floors.mjs';
import { listFiles } from '../scripts/lib/files.mjs';
import { root } from '../scripts/lib/root.mjs';

const MAX_LINES = 250;

const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');
const importsOf = (file: string): string[] => ts.preProcessFile(read(file)).importedFiles.map(({ fileName }) => fileName);
const targetOf = (file: string, specifier: string): string => posix.join(posix.dirname(file), specifier);

const sources = ['src', 'components', 'server'].flatMap((folder) => listFiles(folder)).filter((file) => file.endsWith('.ts'));

/** The first cycle met by a depth-first walk, as the files it passes; `undefined` if there is none. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = walk(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = walk(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('floors', () => {
  it('hold for every import of every source file', () => {
    assert.ok(sources.length > 0);
    const violations = sources.flatMap((file) => importsOf(file).map((specifier) => floorViolation(file, specifier)));
    assert.deepEqual(violations.filter((violation) => violation !== undefined), []);
  });

  it('are stated for every source file', () => {
    const homeless = sources.filter((file) => !FLOORS.some(({ at }) => file === at || file.startsWith(`${at}/`)));
    assert.deepEqual(homeless, []);
  });

  it('refuse what the table does not allow', () => {
    const refused = [
      ['src/shared/a.ts', '../protocol/wire.ts'], ['src/media/a.ts', '../channels/b.ts'], ['src/room/a.ts', '../peer/b.ts'],
      ['src/room/a.ts', '../topology/mesh/b.ts'], ['components/rtc-chat/a.ts', '../../src/room/room.ts'],
      ['server/a.ts', '../src/signaling/b.ts'], ['src/protocol/a.ts', 'node:fs'], ['src/room/a.ts', 'lit'],
      ['src/media/a.ts', './b.test.ts'],
    ] as const;
    for (const [file, specifier] of refused) assert.ok(floorViolation(file, specifier), `${file} imports ${specifier}`);
    const allowed = [
      ['src/shared/a.ts', './b.ts'], ['src/peer/a.ts', '../media/b.ts'], ['src/index.ts', './peer/b.ts'],
      ['components/rtc-chat/a.ts', '../../src/index.ts'], ['server/a.ts', 'node:fs'], ['src/media/a.test.ts', '../peer/b.ts'],
    ] as const;
    for (const [file, specifier] of allowed) assert.equal(floorViolation(file, specifier), undefined);
  });
});

describe('source files', () => {
  it('import each other in no cycle', () => {
    const graph = new Map(sources.map((file) => [file, importsOf(file)
      .filter((specifier) => specifier.startsWith('.')).map((specifier) => targetOf(file, specifier))]));
    assert.equal(findCycle(graph)?.join(' -> '), undefined);
    assert.deepEqual(findCycle(new Map([['a', ['b']], ['b', ['c']], ['c', ['b']]])), ['b', 'c', 'b']);
  });

  it(`have at most ${String(MAX_LINES)} lines`, () => {
    const long = sources.map((file) => [file, read(file).trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > MAX_LINES);
    assert.deepEqual(long, []);
  });

  it('are named in kebab-case', () => {
    assert.deepEqual(sources.filter((file) => !/^[a-z0-9-]+(?:\.[a-z]+)*\.ts$/.test(posix.basename(file))), []);
  });
});

describe('the repository', () => {
  it('speaks of no path of a machine', () => {
    const machinePath = /(?<![\w.:])\/(?:work|root|home|Users)\/\w|\b\.\.\/shared\/(?:design|seed)\b/;
    const texts = listFiles('.').filter((file) => /\.(?:ts|m?js|json|md|html|css|sh)$/.test(file) && file !== 'package-lock.json');
    assert.deepEqual(texts.filter((file) => machinePath.test(read(file))), []);
  });
});
