import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { root } from '../scripts/lib/root.mjs';
import { npmInstall, packInto } from './support/tarball.ts';

/** Every way in, and something that stands there. */
const ENTRIES = {
  'rtc-elements': ['RtcRoomElement', 'createRoom', 'RoomError'],
  'rtc-elements/engine': ['createRoom', 'Room', 'RoomError'],
  'rtc-elements/debug': ['simulate'],
  'rtc-elements/server': ['createRelay'],
};

const APP = `import 'rtc-elements/define';
import { createRoom } from 'rtc-elements/engine';
document.body.append(String(createRoom({ name: 'lobby' })));
`;

const TYPED_APP = `import 'rtc-elements/define';
import 'rtc-elements/define/rtc-room';
import { RtcRoomElement } from 'rtc-elements';
import { createRoom, RoomError, type RoomSnapshot } from 'rtc-elements/engine';
import { createRelay } from 'rtc-elements/server';
const element: RtcRoomElement = document.createElement('rtc-room');
const snapshot: RoomSnapshot = createRoom<{ move: { x: number } }>({ name: 'lobby' }).snapshot;
const isRefusal = (error: unknown): boolean => error instanceof RoomError && error.code === 'room-full';
export { element, snapshot, isRefusal, createRelay };
`;

/** In JSX `onrtc-…` is unknown where the types of the tags are not there. */
const REACT_APP = `import type {} from 'rtc-elements/react';
export const app = <rtc-room name="lobby" relayOnly={false} onrtc-joined={({ detail }) => { detail.id.at(0); }} />;\n`;

describe('the packed tarball, installed in an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-elements-pack-'));
  const types = (file: string): string => join(root, 'node_modules/@types', `${file}.d.ts`);
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });

  before(async () => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    await npmInstall(folder, await packInto(folder));
  });
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  for (const [entry, names] of Object.entries(ENTRIES)) {
    it(`is imported as ${entry} in Node without a DOM`, () => {
      const script = `const entry = await import('${entry}');
        console.log(JSON.stringify([typeof document, ...${JSON.stringify(names)}.filter((name) => !(name in entry))]));`;
      assert.deepEqual(JSON.parse(run(process.execPath, '--input-type=module', '--eval', script)), ['undefined']);
    });
  }

  it('is imported in Node by every other entry too, but for files of browsers', () => {
    const entries = Object.keys((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object }).exports)
      .filter((entry) => !/\.\w+$/.test(entry)).map((entry) => `rtc-elements${entry.slice(1).replace('*', 'rtc-chat')}`);
    assert.ok(entries.includes('rtc-elements/define/rtc-chat'));
    run(process.execPath, '--input-type=module', '--eval', entries.map((entry) => `import '${entry}';`).join('\n'));
  });

  it('has browser files, a command and no tests in it', () => {
    const installed = join(folder, 'node_modules/rtc-elements');
    const expected = ['dist/rtc.js', 'dist/rtc.css', 'dist/engine.js', 'deploy/rtc-elements.service', 'LICENSE', 'README.md'];
    const missing = expected.filter((file) => !existsSync(join(installed, file)));
    assert.deepEqual(missing, []);
    assert.match(readFileSync(join(installed, 'dist/lib/server/main.js'), 'utf8'), /^#!\/usr\/bin\/env node\n/);
    assert.equal(existsSync(join(installed, 'dist/lib/test')), false);
    assert.equal(existsSync(join(installed, 'dist/.built')), false);
  });

  it('bundles with rollup', async () => {
    writeFileSync(join(folder, 'app.js'), APP);
    const warnings: string[] = [];
    const bundle = await rollup({
      input: join(folder, 'app.js'), plugins: [nodeResolve({ browser: true })], onwarn: ({ message }) => warnings.push(message),
    });
    const { output } = await bundle.generate({ format: 'es' });
    assert.deepEqual(warnings, []);
    const external = output.flatMap((chunk) => chunk.type === 'chunk' ? chunk.imports : [])
      .filter((name) => !output.some(({ fileName }) => fileName === name));
    assert.deepEqual(external, []);
    assert.match(output[0].code, /customElements\.define/);
  });

  it('leaves the elements out of an app that imports the engine only', async () => {
    writeFileSync(join(folder, 'engine-app.js'), "import { createRoom } from 'rtc-elements/engine';\nconsole.log(createRoom);\n");
    const bundle = await rollup({ input: join(folder, 'engine-app.js'), plugins: [nodeResolve({ browser: true })] });
    const { output } = await bundle.generate({ format: 'es' });
    assert.doesNotMatch(output.map((chunk) => chunk.type === 'chunk' ? chunk.code : '').join(''), /litElement|customElements/i);
  });

  for (const [module, moduleResolution] of [['esnext', 'bundler'], ['nodenext', 'nodenext']] as const) {
    it(`brings its types along (${moduleResolution})`, () => {
      writeFileSync(join(folder, 'app.ts'), TYPED_APP);
      writeFileSync(join(folder, 'react-app.tsx'), REACT_APP);
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
        compilerOptions: {
          module, moduleResolution, target: 'es2022', lib: ['ES2023', 'DOM', 'DOM.Iterable'], strict: true, noEmit: true,
          types: ['node'], typeRoots: [join(root, 'node_modules/@types')],
          jsx: 'react-jsx', paths: { 'react': [types('react/index')], 'react/jsx-runtime': [types('react/jsx-runtime')] },
        },
        files: ['app.ts', 'react-app.tsx'],
      }));
      run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.');
    });
  }
});
